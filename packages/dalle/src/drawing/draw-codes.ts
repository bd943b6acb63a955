/** @file Draws the codes of a batch of pictures, one after the other, with some of them known beforehand or none. */
import { imageStates } from "@dalle-ts/models";
import type { SeededRandom } from "../random.js";
import type { CodeDecoder, WalkOptions } from "../runtime/code-decoder.js";
import type { SampleOptions } from "../sample.js";
import { Candidates, type KnownCodes } from "./candidates.js";

export interface DrawCodesOptions extends SampleOptions, Omit<WalkOptions, "codes"> {
  readonly pictures: readonly {
    /** Of this picture alone, so that it does not depend on the others of the batch. */
    readonly random: SeededRandom;
    /** @default nothing is known */
    readonly known?: KnownCodes;
  }[];
  /** For each picture. */
  readonly candidates: number;
}

export interface DrawnCodes {
  /** The state that was read last. */
  readonly state: number;
  /** The last state that will be. */
  readonly lastState: number;
  /** As they are now: the same objects every time. */
  readonly pictures: readonly Candidates[];
}

/** Yields after every state. Candidates are scored by codes after the hole too; a single one stops at its last drawn code. */
export async function* drawCodes(
  decoder: CodeDecoder,
  options: DrawCodesOptions,
): AsyncGenerator<DrawnCodes, void, undefined> {
  const { candidates } = options;
  const states = imageStates(decoder.config);
  const pictures = options.pictures.map(
    ({ random, known }) => new Candidates(states, candidates, random, known),
  );
  const lastState =
    candidates > 1 ? states - 1 : Math.max(...pictures.map(({ lastDrawn }) => lastDrawn));
  const codes = pictures.flatMap((picture) => picture.codes);
  const walk = decoder.walk({ ...options, codes, shared: sharedCodes(options.pictures) });
  try {
    let taken: number[] | undefined;
    for (let state = 0; state <= lastState; state++) {
      const { value: logits } = await walk.next(taken);
      if (!logits) return;
      taken = readLogits(pictures, state, logits, options);
      yield { state, lastState, pictures };
    }
  } finally {
    await walk.return();
  }
}

/** How many first codes are kept, and the same in all pictures. */
function sharedCodes(pictures: DrawCodesOptions["pictures"]): number {
  const [first] = pictures;
  const isShared = (index: number) =>
    pictures.every(
      ({ known }) => known?.kept[index] === 1 && known.codes[index] === first?.known?.codes[index],
    );
  let count = 0;
  while (isShared(count)) count++;
  return count;
}

/** Each picture reads its own rows; places of all pictures are counted through, as the walk counts its batch. */
function readLogits(
  pictures: readonly Candidates[],
  state: number,
  logits: readonly Float32Array[],
  options: SampleOptions,
): number[] | undefined {
  let changed = false;
  let start = 0;
  const taken = pictures.flatMap((picture) => {
    const first = start;
    start += picture.codes.length;
    const places = picture.read(state, logits.slice(first, start), options);
    changed ||= places !== undefined;
    return picture.codes.map((_, place) => first + (places?.[place] ?? place));
  });
  return changed ? taken : undefined;
}
