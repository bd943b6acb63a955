/**
 * @file OpenAI's dVAE [SPEC §7.1]: whole pickled modules, or the same weights inside a DALLE-pytorch checkpoint, as the dVAE of
 * packages/models. Its architecture is ours with the paper's settings; only names differ, and the code book is transposed.
 */
import {
  checkDvaeConfig,
  type DvaeConfig,
  decoderSize,
  decoderSpecs,
  encoderSpecs,
  paperDvae,
} from "@dalle-ts/models";
import { branchSpecs, type CheckpointFile, DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { Weights } from "../weights.js";

export interface ImportedDvae {
  readonly config: DvaeConfig;
  /** Of `dvaeSpecs`; read from the open files when they are needed. */
  readonly parameters: readonly GraphParameter[];
}

/** The first convolution of either half: 7 × 7 in the encoder, 1 × 1 in the decoder. */
const inputWeight = "blocks.input.w";

/**
 * files: the encoder's and the decoder's in any order, or one that holds both; they must stay open until the parameters
 * were read. A `DalleError` names what does not fit.
 */
export function importOpenAiDvae(files: readonly CheckpointFile[]): ImportedDvae {
  const halves = files.flatMap(findHalves);
  const encoders = halves.filter((half) => kernel(half) > 1);
  const decoders = halves.filter((half) => kernel(half) === 1);
  if (encoders.length !== 1 || decoders.length !== 1) {
    throw new DalleError(
      "bad_file",
      `openai-dvae: expected one encoder and one decoder, found ${encoders.length} and ${decoders.length} in ` +
        `${files.length} files; give encoder.pkl and decoder.pkl, or one file that holds both.`,
    );
  }
  const [encoder, decoder] = [encoders[0]!, decoders[0]!];
  const config = inferConfig(encoder, decoder);
  return {
    config,
    parameters: [
      ...parametersOf("encoder", encoder, branchSpecs("encoder", encoderSpecs(config))),
      ...parametersOf("decoder", decoder, branchSpecs("decoder", decoderSpecs(config))).map(
        (parameter) => withDecoderGain(config, parameter),
      ),
    ],
  };
}

/** The halves that a file holds, each below the prefix of its names. */
function findHalves(file: CheckpointFile): Weights[] {
  return [...file.tensors.keys()]
    .filter((name) => name === inputWeight || name.endsWith(`.${inputWeight}`))
    .map((name) => new Weights(file, name.slice(0, -inputWeight.length)));
}

function kernel(half: Weights): number {
  return half.shape(inputWeight)[2] ?? 0;
}

/** Every dimension from the shapes. The size of pictures is in no file: the networks are convolutions all through. */
function inferConfig(encoder: Weights, decoder: Weights): DvaeConfig {
  const [hidden, channels] = encoder.shape(inputWeight) as [number, number];
  const [codeWidth, codes] = decoder.shape(inputWeight) as [number, number];
  // Counted from 1 in the names.
  const groups = encoder.count(/^blocks\.group_(\d+)\./) - 1;
  const blocksPerGroup = blocksOf(encoder);
  encoder.requireColours(channels);
  const own = {
    hidden: decoder.shape("blocks.output.conv.w")[1]!,
    blocksPerGroup: blocksOf(decoder),
  };
  const isAlike = own.hidden === hidden && own.blocksPerGroup === blocksPerGroup;
  return encoder.sized(checkDvaeConfig, {
    ...paperDvae,
    channels,
    codes,
    hidden,
    codeWidth,
    groups,
    blocksPerGroup,
    ...(isAlike ? {} : { decoder: own }),
    residualGain: 1 / (groups * blocksPerGroup) ** 2,
  });
}

function blocksOf(half: Weights): number {
  return half.count(/^blocks\.group_1\.block_(\d+)\./) - 1;
}

/** Each half divides its blocks by their own number; the config has one gain, so the last convolution makes up for the rest. */
function withDecoderGain(config: DvaeConfig, parameter: GraphParameter): GraphParameter {
  const factor = (config.blocksPerGroup / decoderSize(config).blocksPerGroup) ** 2;
  const { name, data } = parameter;
  if (factor === 1 || !name.includes(".residual.conv_4.")) return parameter;
  return {
    ...parameter,
    async data() {
      const values = typeof data === "function" ? await data() : data;
      return values.map((value) => value * factor);
    },
  };
}

/** One half's parameters. Refuses weights that are missing, left over or of another shape. */
function parametersOf(
  branch: string,
  half: Weights,
  specs: readonly ParameterSpec[],
): GraphParameter[] {
  const sources = specs.map((spec) => ({
    spec,
    source: sourceName(spec.name.slice(branch.length + 1)),
  }));
  const known = new Set(sources.map(({ source }) => source));
  const extra = half.names.find((name) => name.startsWith("blocks.") && !known.has(name));
  if (extra !== undefined) throw half.refuse(`has the weight "${extra}", which its dVAE does not`);
  return sources.map(({ spec, source }) =>
    // A row a code: [E, K, 1, 1] → [K, E].
    spec.name === "decoder.codebook.weight"
      ? half.parameter(spec, source, (tensor) => tensor.permute([2, 3, 1, 0]).at(0).at(0))
      : half.parameter(spec, source),
  );
}

/** group_1.block_1.residual.conv_2.weight → blocks.group_1.block_1.res_path.conv_2.w */
function sourceName(name: string): string {
  const renamed = name
    .replace(/^codebook\./, "input.")
    .replace(/^output\./, "output.conv.")
    .replace(".identity.", ".id_path.")
    .replace(".residual.", ".res_path.")
    .replace(/\.weight$/, ".w")
    .replace(/\.bias$/, ".b");
  return `blocks.${renamed}`;
}
