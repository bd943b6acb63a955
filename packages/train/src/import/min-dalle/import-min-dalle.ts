/** @file min-dalle's encoder.pt and decoder.pt [SPEC §7.3, §7.9] as the encoder-decoder of packages/models. */
import {
  checkEncoderDecoderConfig,
  type EncoderDecoderConfig,
  imageDecoderSpecs,
  textEncoderSpecs,
} from "@dalle-ts/models";
import { branchSpecs, DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { familyHeads, HEADS_STEP } from "../family-heads.js";
import { type ImportedVqgan, importVqgan, vqganImageSize } from "../vqgan/import-vqgan.js";
import { type WeightSource, Weights } from "../weights.js";

export interface ImportedEncoderDecoder {
  readonly config: EncoderDecoderConfig;
  /** Below "encoder" and "decoder"; read from the open files when they are needed. */
  readonly parameters: readonly GraphParameter[];
  readonly vqgan: ImportedVqgan;
}

/** The family's heads, which no file tells the number of, are of this size. */
export const MIN_DALLE_HEAD_SIZE = 64;

/** Logits that the family draws codes from, at most. */
export const MOST_CODES = 2 ** 14;

/** What no weight tells. */
export interface MinDalleFacts {
  /** @default by the family's size of 64 */
  readonly heads?: number | undefined;
  /** Of the VQGAN's group norms. @default 1e-5 */
  readonly normEpsilon?: number;
  /** Image token that drawing starts from. @default the number of codes, as the released models were trained */
  readonly start?: number;
  /** Whether the end of a caption that is too long stays. @default false */
  readonly keepsTextEnd?: boolean;
  /** Text id in front of a caption. @default 0, the published vocabularies' */
  readonly textStart?: number;
  /** Text id behind a caption. @default 2, the published vocabularies' */
  readonly textEnd?: number;
}

/** files: the encoder's, the decoder's and the VQGAN's, in any order; they must stay open until the parameters were read. */
export function importMinDalle(
  files: readonly WeightSource[],
  { normEpsilon = 1e-5, ...facts }: MinDalleFacts = {},
): ImportedEncoderDecoder {
  const encoder = find(
    files,
    "encoder",
    (names) => names.has("embed_tokens.weight") && !names.has("lm_head.weight"),
  );
  const decoder = find(files, "decoder", (names) => names.has("lm_head.weight"));
  const detoker = find(files, "VQGAN", (names) => names.has("decoder.conv_in.weight"));
  const imageSize = vqganImageSize(detoker, gridSide(decoder));
  const vqgan = importVqgan(detoker, { imageSize, normEpsilon, pixelRange: "unit" });
  const config = inferConfig(encoder, decoder, vqgan.config.codes, facts);
  return {
    config,
    parameters: [
      ...parametersOf(encoder, branchSpecs("encoder", textEncoderSpecs(config))),
      ...parametersOf(decoder, branchSpecs("decoder", imageDecoderSpecs(config))),
    ],
    vqgan,
  };
}

/** Codes along one side of the picture. */
function gridSide(decoder: Weights): number {
  const positions = decoder.shape("embed_positions.weight")[0]!;
  const side = Math.sqrt(positions);
  if (Number.isInteger(side)) return side;
  throw decoder.refuse(`has ${positions} image positions, which are no square`);
}

function find(
  files: readonly WeightSource[],
  what: string,
  is: (names: { has(name: string): boolean }) => boolean,
): Weights {
  const found = files.filter((file) => is(file.tensors));
  if (found.length === 1) return new Weights(found[0]!);
  throw new DalleError(
    "bad_file",
    `min-dalle: expected one ${what} among the files, found ${found.length}; give encoder.pt, decoder.pt and detoker.pt.`,
  );
}

function inferConfig(
  encoder: Weights,
  decoder: Weights,
  codes: number,
  {
    heads: said,
    start,
    textStart = 0,
    textEnd = 2,
    keepsTextEnd,
  }: Omit<MinDalleFacts, "normEpsilon">,
): EncoderDecoderConfig {
  const [textVocabulary, width] = encoder.shape("embed_tokens.weight") as [number, number];
  const heads = said ?? familyHeads(width, MIN_DALLE_HEAD_SIZE);
  const imageVocabulary = decoder.shape("embed_tokens.weight")[0]!;
  const imageCodes = Math.min(MOST_CODES, codes);
  // Without a start that says how many, every row is a code's but the last, which is the start's own.
  const drawn = Math.min(MOST_CODES, start ?? imageVocabulary - 1);
  // A vocabulary may be filled up to a size that machines like; one of twice the codes has those of another VQGAN.
  if (codes * 2 <= drawn)
    throw new DalleError(
      "bad_file",
      `min-dalle: the VQGAN has ${codes} codes, and the decoder draws ${drawn}; give the VQGAN that it was trained with.`,
    );
  const sizes = {
    width,
    heads,
    feedForward: encoder.shape("layers.0.glu.fc0.weight")[0]!,
    encoderLayers: encoder.count(/^layers\.(\d+)\./),
    decoderLayers: decoder.count(/^layers\.(\d+)\./),
    textVocabulary,
    textStates: encoder.shape("embed_positions.weight")[0]!,
    textStart,
    textEnd,
    padding: 1,
    ...(keepsTextEnd ? { keepsTextEnd } : {}),
    imageCodes,
    imageVocabulary,
    start: start ?? imageCodes,
    imageStates: decoder.shape("embed_positions.weight")[0]!,
  };
  return decoder.sized(checkEncoderDecoderConfig, sizes, HEADS_STEP);
}

/** One half's parameters. Refuses weights that are missing, left over or of another shape. */
function parametersOf(half: Weights, specs: readonly ParameterSpec[]): GraphParameter[] {
  const source = ({ name }: ParameterSpec) => sourceName(name.replace(/^(en|de)coder\./, ""));
  const known = new Set(specs.map(source));
  const extra = half.names.find((name) => !known.has(name));
  if (extra !== undefined) throw half.refuse(`has the weight "${extra}", which its model does not`);
  return specs.map((spec) => parameter(half, spec, source(spec)));
}

/** A parameter; norms whose weight the file leaves out have ones. */
function parameter(half: Weights, spec: ParameterSpec, source: string): GraphParameter {
  const isNorm = spec.shape.length === 1 && source.endsWith(".weight");
  if (isNorm && !half.has(source)) {
    half.shape(source.replace(/weight$/, "bias")); // that the norm is there at all
    return { ...spec, data: () => new Float32Array(spec.shape[0]!).fill(1) };
  }
  return half.parameter(spec, source);
}

/** layers.0.attention.query.weight → layers.0.self_attn.q_proj.weight */
function sourceName(name: string): string {
  return name
    .replace(/^tokens\./, "embed_tokens.")
    .replace(/^positions\./, "embed_positions.")
    .replace(/^embedding_norm\./, "layernorm_embedding.")
    .replace(/^norm\./, "final_ln.")
    .replace(/^logits\./, "lm_head.")
    .replace(/\.(attention|text_attention)\.(.*)$/, (_, attention, rest: string) => {
      const own = attention === "attention" ? "self" : "encoder";
      if (rest.startsWith("norm_before.")) return `.pre_${own}_attn_layer_norm.${rest.slice(12)}`;
      if (rest.startsWith("norm_after.")) return `.${own}_attn_layer_norm.${rest.slice(11)}`;
      return `.${own}_attn.${rest.replace(/^(\w)\w*\./, (word, letter) =>
        word === "output." ? "out_proj." : `${letter}_proj.`,
      )}`;
    })
    .replace(".feed_forward.", ".glu.")
    .replace(".glu.norm.", ".glu.ln0.")
    .replace(".glu.inner_norm.", ".glu.ln1.")
    .replace(".glu.gate.", ".glu.fc0.")
    .replace(".glu.value.", ".glu.fc1.")
    .replace(".glu.output.", ".glu.fc2.");
}
