/** @file Pairs as the transformer sees them: ids and positions of the whole stream, and what each state must predict. */
import { imageStates, streamStates, type TransformerConfig, wholeStream } from "@dalle-ts/models";
import { type TorchTensor, tensor } from "@dalle-ts/torch";
import { IGNORED } from "./loss.js";

/** A caption's tokens, of which those that have no state are not read, and the picture's codes in raster order. */
export interface Pair {
  readonly tokens: ArrayLike<number>;
  readonly codes: ArrayLike<number>;
}

export interface StreamBatch {
  /** [N, S] each, i64. */
  readonly ids: TorchTensor;
  readonly positions: TorchTensor;
  /** [N, T]: text state k predicts token k; the last token's state predicts the end, unless the caption goes on behind it. */
  readonly textTargets: TorchTensor;
  /** [N, I] */
  readonly imageTargets: TorchTensor;
}

export function streamBatch(
  config: TransformerConfig,
  pairs: readonly Pair[],
  device: string,
): StreamBatch {
  const matrix = (columns: number, rowOf: (pair: Pair, index: number) => readonly number[]) =>
    tensor(
      BigInt64Array.from(pairs.flatMap(rowOf), BigInt),
      [pairs.length, columns],
      "i64",
      device,
    );
  const streams = pairs.map(({ tokens, codes }) => wholeStream(config, tokens, codes));
  return {
    ids: matrix(streamStates(config), (_, index) => streams[index]!.ids),
    positions: matrix(streamStates(config), (_, index) => streams[index]!.positions),
    textTargets: matrix(config.textStates, ({ tokens }) =>
      Array.from({ length: config.textStates }, (_, state) => textTarget(config, tokens, state)),
    ),
    imageTargets: matrix(imageStates(config), ({ codes }) => Array.from(codes)),
  };
}

function textTarget(config: TransformerConfig, tokens: ArrayLike<number>, state: number): number {
  if (state === tokens.length) return config.textVocabulary;
  const read = Math.min(tokens.length, config.textStates - 1);
  return state < read ? tokens[state]! : IGNORED;
}
