/**
 * @file One stream of text and image states [SPEC §2.2, paper Fig. 10]:
 *
 *     start-of-text, t0, t1, …, padding …, start-of-image, z0, z1, …
 *
 * State k is the sum of a token's vector and a position's vector, and predicts the token of state k + 1.
 * Text tokens, one padding vector per text position, image codes and the two start tokens share one id space here;
 * paddings take no position vector; image state i takes its row's and its column's, those of the code it predicts.
 * The start states are among the paper's 256 + 1024, as its Fig. 10 reads: the last text state predicts no code.
 */
import type { ParameterTree, Tensor } from "@dalle-ts/tensor";
import { imageStates, type TransformerConfig } from "./config.js";

/** Ids of the joint token table. */
export function streamIds(config: TransformerConfig) {
  const { textVocabulary, textStates, imageCodes } = config;
  const startOfText = textVocabulary + textStates;
  return {
    /** Padding in text state `state`, counted from 0. */
    padding: (state: number) => textVocabulary + state,
    startOfText,
    imageCode: (code: number) => startOfText + 1 + code,
    startOfImage: startOfText + 1 + imageCodes,
  };
}

/** The ids and position ids of states of the stream. */
export interface StreamInputs {
  /** An entry a state into the joint token table. */
  readonly ids: number[];
  /** An entry a state into the position table; paddings point at its zero row. */
  readonly positions: number[];
}

/** The text states of a caption. tokens: any number, of which textStates − 1 are read. */
export function textStream(config: TransformerConfig, tokens: ArrayLike<number>): StreamInputs {
  const stream = streamIds(config);
  const used = Math.min(tokens.length, config.textStates - 1) + 1;
  const states = Array.from({ length: config.textStates }, (_, state) => state);
  return {
    ids: states.map((state) =>
      state === 0 ? stream.startOfText : state < used ? tokens[state - 1]! : stream.padding(state),
    ),
    positions: states.map((state) => (state < used ? state : config.textStates)),
  };
}

/** The token id of image state `index` given the codes before it. */
export function imageStateId(
  config: TransformerConfig,
  codes: ArrayLike<number>,
  index: number,
): number {
  const stream = streamIds(config);
  return index === 0 ? stream.startOfImage : stream.imageCode(codes[index - 1]!);
}

/** Position id of image state `index`. */
export function imagePosition(config: TransformerConfig, index: number): number {
  return config.textStates + 1 + index;
}

/** Ids and position ids of all states of a caption and a whole picture, its codes in raster order. */
export function wholeStream(
  config: TransformerConfig,
  tokens: ArrayLike<number>,
  codes: ArrayLike<number>,
): StreamInputs {
  const text = textStream(config, tokens);
  const images = Array.from({ length: imageStates(config) }, (_, index) => index);
  return {
    ids: [...text.ids, ...images.map((index) => imageStateId(config, codes, index))],
    positions: [...text.positions, ...images.map((index) => imagePosition(config, index))],
  };
}

/** ids: [N, L] of the joint table; positions: [L] or [N, L], both i64 → states [N, L, d]. */
export function embedStates<T extends Tensor<T>>(
  params: ParameterTree<T>,
  config: TransformerConfig,
  ids: T,
  positions: T,
): T {
  const width = config.width;
  const tokens = params.get("text.embedding").concat(
    ["text.padding", "text.start", "image.embedding", "image.start"].map((name) =>
      params.get(name),
    ),
    0,
  );
  const textPositions = params.get("text.position");
  const none = textPositions.constant(new Float32Array(width), [1, width], "f32");
  const rows = params.get("image.row").reshape([config.gridRows, 1, width]);
  const columns = params.get("image.column").reshape([1, config.gridColumns, width]);
  const grid = rows.add(columns).reshape([imageStates(config), width]);
  return tokens.lookup(ids).add(textPositions.concat([none, grid], 0).lookup(positions));
}
