/**
 * @file Opens a model folder in Node: config.json and the files it lists, each present, of the right size and with the
 * right SHA-256. A download that stopped or a flipped bit is found here and named, before any weight is used.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { CONFIG_FILE, type FileRecord, type ModelConfig, parseModelConfig } from "./config.js";

export interface ReadModelFolderOptions {
  /** "full" reads every byte to compare SHA-256, "size" only compares sizes. @default "full" */
  readonly verify?: "full" | "size";
}

/** A folder whose files were checked. */
export interface ModelFolder {
  readonly directory: string;
  readonly config: ModelConfig;
  /** Names the model in the metadata of its pictures; changes when any file or field does. */
  readonly hash: string;
  /** Path of a file the config lists; a file it does not list was not checked and is refused. */
  path(fileName: string): string;
}

export async function readModelFolder(
  directory: string,
  { verify = "full" }: ReadModelFolderOptions = {},
): Promise<ModelFolder> {
  const configText = await readConfigText(directory);
  const config = parseModelConfig(configText, join(directory, CONFIG_FILE));
  const files = Object.entries(config.files);
  for (const [name, record] of files) await checkSize(join(directory, name), record);
  if (verify === "full") {
    for (const [name, record] of files) await checkHash(join(directory, name), record);
  }
  return {
    directory,
    config,
    hash: hashModelFolder(configText),
    path(fileName) {
      if (Object.hasOwn(config.files, fileName)) return join(directory, fileName);
      throw new DalleError(
        "bad_model",
        `${join(directory, CONFIG_FILE)} lists no file ${fileName}; use a model that has this part, or export it again.`,
      );
    },
  };
}

/** The first 12 hexadecimal digits of the SHA-256 of config.json, which itself holds the SHA-256 of every other file. */
export function hashModelFolder(configText: string): string {
  return createHash("sha256").update(configText, "utf8").digest("hex").slice(0, 12);
}

/** SHA-256 in hex and size of a file of any length, in constant memory. */
export async function describeFile(path: string): Promise<FileRecord> {
  const hash = createHash("sha256");
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk);
      bytes += chunk.length;
    }
  } catch (cause) {
    throw cannotRead(path, cause as Error);
  }
  return { sha256: hash.digest("hex"), bytes };
}

async function readConfigText(directory: string): Promise<string> {
  const path = join(directory, CONFIG_FILE);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new DalleError(
        "not_found",
        `${directory} is not a model folder (it has no ${CONFIG_FILE}); check the path.`,
        { cause },
      );
    }
    throw cannotRead(path, cause as Error);
  }
}

async function checkSize(path: string, expected: FileRecord): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    throw new DalleError("bad_model", `${path} is missing; copy or download the model again.`);
  }
  if (found.size !== expected.bytes) {
    throw new DalleError(
      "bad_model",
      `${path} has ${found.size} bytes, ${CONFIG_FILE} says ${expected.bytes}; copy or download it again.`,
    );
  }
}

async function checkHash(path: string, expected: FileRecord): Promise<void> {
  const { sha256 } = await describeFile(path);
  if (sha256 !== expected.sha256) {
    throw new DalleError(
      "bad_model",
      `${path} is damaged or changed (its SHA-256 is not the one in ${CONFIG_FILE}); copy or download it again.`,
    );
  }
}

function cannotRead(path: string, cause: Error): DalleError {
  return new DalleError(
    "io",
    `${path} cannot be read: ${cause.message}; check the file and its permissions.`,
    { cause },
  );
}
