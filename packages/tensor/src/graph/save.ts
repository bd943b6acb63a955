/**
 * @file Graphs as files: one `.onnx` each, and weight files that they share. Tensors are streamed one at a time,
 * so memory holds no more than the largest of them; files appear whole or not at all.
 */
import { basename, dirname, join, resolve } from "node:path";
import { badOption } from "../errors.js";
import { type NewFile, replaceFiles } from "../files/replace-files.js";
import { encodeModel } from "./encode.js";
import type { Graph } from "./graph.js";
import {
  alignment,
  byteLength,
  placeTensors,
  uniqueTensors,
  type WeightFile,
} from "./weight-files.js";

export interface SaveOptions {
  /** Weight files are called `<weights>.weights-0.bin`, …, and lie beside the model. @default the first model's name */
  readonly weights?: string;
  /** Largest size of one weight file, in bytes; at least that of the largest tensor. @default 512_000_000 */
  readonly fileBytes?: number;
  /** Tensors of more bytes than this go into the weight files. @default 1024 */
  readonly inlineBytes?: number;
  /** Written into each model as ONNX metadata. @default {} */
  readonly metadata?: Readonly<Record<string, string>>;
}

export interface GraphFile {
  readonly graph: Graph;
  /** Where to write, with or without the ending ".onnx". */
  readonly path: string;
}

/**
 * Writes graphs into one folder; tensors of the same name are stored once for all of them.
 * Resolves to the paths of all files written, the models last.
 */
export async function saveGraphs(
  files: readonly GraphFile[],
  { weights, fileBytes = 512_000_000, inlineBytes = 1024, metadata = {} }: SaveOptions = {},
): Promise<string[]> {
  const models = files.map(({ graph, path }) => ({
    path: `${resolve(path).replace(/\.onnx$/, "")}.onnx`,
    record: graph.record(),
  }));
  const folder = commonFolder(models.map((model) => model.path));
  const tensors = uniqueTensors(models.flatMap((model) => model.record.tensors));
  const weightFiles = placeTensors(
    tensors.filter((tensor) => byteLength(tensor) > inlineBytes),
    weights ?? basename(models[0]!.path, ".onnx"),
    fileBytes,
  );
  const places = new Map(
    weightFiles.flatMap((file) => file.contents.map(({ tensor, place }) => [tensor.name, place])),
  );
  const newFiles = [
    ...weightFiles.map((file) => weightFile(folder, file)),
    ...models.map(({ path, record }): NewFile => {
      const encode = () =>
        encodeModel(record, { metadata, place: (tensor) => places.get(tensor.name) });
      return { path, fill: async (writer) => writer.write(await encode()) };
    }),
  ];
  await replaceFiles(newFiles);
  return newFiles.map((file) => file.path);
}

function weightFile(folder: string, { name, contents }: WeightFile): NewFile {
  return {
    path: join(folder, name),
    async fill(writer) {
      for (const { tensor } of contents) {
        await writer.align(alignment);
        await writer.write(await tensor.read());
      }
    },
  };
}

function commonFolder(paths: readonly string[]): string {
  const folders = new Set(paths.map((path) => dirname(path)));
  const [folder] = folders;
  if (folder === undefined || folders.size > 1)
    throw badOption("saveGraphs", "one or more graphs in one folder", [...folders].join(", "));
  return folder;
}
