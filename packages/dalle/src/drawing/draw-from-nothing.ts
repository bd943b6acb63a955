/** @file The codes of pictures of one caption of which nothing is known, where nobody looks on. */
import type { SeededRandom } from "../random.js";
import type { CodeWalker } from "../runtime/code-walker.js";
import type { SampleOptions } from "../sample.js";
import { drawCodes } from "./draw-codes.js";

export interface DrawOptions extends SampleOptions {
  readonly tokens: readonly number[];
  readonly guidance?: number;
  /** One generator per picture of the batch. */
  readonly randoms: readonly SeededRandom[];
  /** Checked before every state. */
  readonly signal?: AbortSignal;
  /** Called after each state with the number of codes known. */
  readonly onCode?: (known: number) => void;
}

/** → the codes of `randoms.length` pictures, in raster order. */
export async function drawFromNothing(
  walker: CodeWalker,
  { randoms, onCode, signal, ...options }: DrawOptions,
): Promise<Int32Array[]> {
  let codes: Int32Array[] = [];
  const asked = randoms.map((random) => ({ ...options, random, candidates: 1 }));
  for await (const drawn of drawCodes(walker, asked, signal)) {
    codes = drawn.pictures.map(({ candidates }) => candidates.best.codes);
    onCode?.(drawn.state + 1);
  }
  return codes;
}
