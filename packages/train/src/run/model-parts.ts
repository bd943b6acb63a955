/**
 * @file The parts of a model folder, to train on from: what is shipped is enough to teach a model more. Its linear layers
 * come back from 8 bits, which a run that begins with them mends within its first steps.
 */
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { clipSpecs, dvaeSpecs, transformerSpecs } from "@dalle-ts/models";
import { DalleError, GraphWeights, type ParameterSpec } from "@dalle-ts/tensor";
import { seedGenerator, type TorchTensor, tensor } from "@dalle-ts/torch";
import type { ModelConfig } from "dalle-ts";
import { CLIP_TOKENIZER_FILE, CONFIG_FILE, readModelFolder } from "dalle-ts/parts";
import { initialiseParameters, type TorchParameters } from "../parameters.js";
import {
  openTokenizerRun,
  type TrainedClip,
  type TrainedDvae,
  type TrainedTransformer,
} from "./run-folder.js";

export async function isModelFolder(folder: string): Promise<boolean> {
  return (await stat(join(folder, CONFIG_FILE)).catch(() => undefined)) !== undefined;
}

/** Whether a folder is a model that is nothing but a dVAE, such as OpenAI's. */
export async function isDvaeModel(folder: string): Promise<boolean> {
  if (!(await isModelFolder(folder))) return false;
  const { dvae, transformer } = (await readModelFolder(folder, { verify: "size" })).config;
  return dvae !== undefined && transformer === undefined;
}

/** Of the run that the dVAE was trained in, so that both are known to be the same; else of its encoder's weights. */
export function dvaeHash(config: Pick<ModelConfig, "files" | "dvaeHash">): string {
  return config.dvaeHash ?? encoderHash(config);
}

/** Graph and weights are files of their own. */
function encoderHash({ files }: Pick<ModelConfig, "files">): string {
  return files["dvae-encoder.weights-0.bin"]!.sha256;
}

export async function openDvaeModel(directory: string, device: string): Promise<TrainedDvae> {
  const { config } = await readModelFolder(directory);
  const { dvae } = config;
  if (!dvae || dvae.family !== undefined) throw untrainable(directory, "dVAE");
  const parameters = await readGraphs(
    [join(directory, "dvae-encoder.onnx"), join(directory, "dvae-decoder.onnx")],
    dvaeSpecs(dvae),
    device,
  );
  return { config: dvae, parameters, hash: dvaeHash(config), encoderHash: encoderHash(config) };
}

export async function openTransformerModel(
  directory: string,
  device: string,
): Promise<TrainedTransformer> {
  const { config } = await readModelFolder(directory);
  const { transformer } = config;
  if (!transformer || transformer.family !== undefined) {
    throw untrainable(directory, "transformer");
  }
  const { hash: tokenizer } = await openTokenizerRun(directory);
  const specs = transformerSpecs(transformer);
  // A model that continues no captions may lack the head that predicts words after words: it begins anew.
  const isTextHead = ({ name }: ParameterSpec) => name.startsWith("text.head.");
  seedGenerator(0);
  const fresh = (spec: ParameterSpec) =>
    isTextHead(spec) ? initialiseParameters([spec], device).get(spec.name) : undefined;
  const graphs = ["transformer.onnx", "transformer-text.onnx"].filter((name) => config.files[name]);
  const paths = graphs.map((name) => join(directory, name));
  return {
    config: transformer,
    parameters: await readGraphs(paths, specs, device, fresh),
    hashes: { dvae: dvaeHash(config), tokenizer },
    hash: config.files["transformer.weights-0.bin"]!.sha256,
    data: [{ trainedOn: config.trainedOn, world: config.world }],
  };
}

export async function openClipModel(
  directory: string,
  device: string,
): Promise<Omit<TrainedClip, "recipe">> {
  const { config } = await readModelFolder(directory);
  const { clip } = config;
  if (!clip || clip.image.family !== undefined) throw untrainable(directory, "CLIP");
  const specs = clipSpecs(clip);
  // The graphs give vectors of length 1, so the scale of their cosines is not in them: it begins anew.
  const isScale = ({ name }: ParameterSpec) => name === "log_scale";
  const fresh = (spec: ParameterSpec) =>
    isScale(spec) ? initialiseParameters([spec], device).get(spec.name) : undefined;
  const paths = ["clip-image.onnx", "clip-text.onnx"].map((name) => join(directory, name));
  const ownWords = config.files[CLIP_TOKENIZER_FILE];
  return {
    config: clip,
    parameters: await readGraphs(paths, specs, device, fresh),
    hashes: { tokenizer: ownWords?.sha256 ?? (await openTokenizerRun(directory)).hash },
    hash: config.files["clip-image.weights-0.bin"]!.sha256,
  };
}

function untrainable(directory: string, part: string): DalleError {
  return new DalleError(
    "unsupported",
    `The model ${directory} has no ${part} of the paper's kind, which is what is trained here; name one that has.`,
  );
}

/** Each parameter from the first graph that stores it, else from `otherwise`. */
async function readGraphs(
  paths: readonly string[],
  specs: readonly ParameterSpec[],
  device: string,
  otherwise: (spec: ParameterSpec) => TorchTensor | undefined = () => undefined,
): Promise<TorchParameters> {
  const graphs = await Promise.all(paths.map((path) => GraphWeights.open(path)));
  const parameters: TorchParameters = new Map();
  for (const spec of specs) {
    const { name, shape } = spec;
    let data: Float32Array | undefined;
    for (const graph of graphs) data ??= await graph.parameter(name, shape);
    const parameter = data ? tensor(data, shape, "f32", device) : otherwise(spec);
    if (!parameter) {
      throw new DalleError(
        "bad_model",
        `${paths.join(" and ")}: no "${name}" is stored; export the model again.`,
      );
    }
    parameters.set(name, parameter);
  }
  return parameters;
}
