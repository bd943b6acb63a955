/** @file Draws the codes of a batch of pictures, one after the other, with some of them known beforehand or none. */
import type { SeededRandom } from "../random.js";
import type { CodeWalker, NextPictures } from "../runtime/code-walker.js";
import type { SampleOptions } from "../sample.js";
import { Candidates, type KnownCodes } from "./candidates.js";

export interface CodesRequest extends SampleOptions {
  readonly tokens: readonly number[];
  readonly guidance?: number;
  /** Share of the codes to draw that are guided, in (0, 1]. @default 1 */
  readonly guidanceEnd?: number;
  /** Of this picture alone, so that it does not depend on the others of the batch. */
  readonly random: SeededRandom;
  /** @default nothing is known */
  readonly known?: KnownCodes;
  readonly candidates: number;
  /** Gives up this picture, and no other, at the next code. */
  readonly signal?: AbortSignal;
}

interface DrawnPicture {
  /** Place among the requests. */
  readonly index: number;
  readonly candidates: Candidates;
}

export interface DrawnCodes {
  /** The state that was read last. */
  readonly state: number;
  /** The last state that will be. */
  readonly lastState: number;
  /** Those not given up, as they are now: the same objects every time. */
  readonly pictures: readonly DrawnPicture[];
}

/**
 * Yields after every state. Candidates are scored by codes after the hole too; a single one stops at its last drawn code.
 * `signal` ends the whole batch with an error.
 */
export async function* drawCodes(
  walker: CodeWalker,
  requests: readonly CodesRequest[],
  signal?: AbortSignal,
): AsyncGenerator<DrawnCodes, void, undefined> {
  const { codeCount } = walker;
  let pictures = requests.map(({ candidates, random, known }, index) => ({
    index,
    candidates: new Candidates(codeCount, candidates, random, known),
  }));
  const walk = walker.walk(
    pictures.flatMap(({ index, candidates }) => {
      const { tokens, guidance = 1, guidanceEnd = 1 } = requests[index]!;
      const guided = guidanceEnd < 1 ? { guidedCodes: candidates.statesFor(guidanceEnd) } : {};
      return candidates.codes.map((codes) => ({ tokens, codes, guidance, ...guided }));
    }),
    { shared: sharedCodes(requests), signal },
  );
  const lastOf = ({ candidates }: DrawnPicture) =>
    candidates.codes.length > 1 ? codeCount - 1 : candidates.lastDrawn;
  try {
    let next: NextPictures = {};
    for (let state = 0; ; state++) {
      const { value: logits } = await walk.next(next);
      if (!logits) return;
      const sources = readLogits(pictures, state, logits, requests);
      const going = pictures.filter(({ index }) => !requests[index]!.signal?.aborted);
      if (going.length === 0) return;
      next = { sources, staying: placesOf(going, pictures) };
      pictures = going;
      const lastState = Math.max(...pictures.map(lastOf));
      yield { state, lastState, pictures };
      if (state >= lastState) return;
    }
  } finally {
    await walk.return();
  }
}

/** How many first codes are kept, and the same in all pictures, whose captions are one. */
function sharedCodes(requests: readonly CodesRequest[]): number {
  const [first] = requests;
  // By what the captions say: each order has tokens of its own.
  const caption = first!.tokens.join();
  const isOneCaption = requests.every(
    ({ tokens, guidance }) => guidance === first!.guidance && tokens.join() === caption,
  );
  if (!isOneCaption) return 0;
  const isShared = (index: number) =>
    requests.every(
      ({ known }) => known?.kept[index] === 1 && known.codes[index] === first!.known?.codes[index],
    );
  let count = 0;
  while (isShared(count)) count++;
  return count;
}

/** Each picture reads its own rows; places of all pictures are counted through, as the walk counts them. */
function readLogits(
  pictures: readonly DrawnPicture[],
  state: number,
  logits: readonly Float32Array[],
  requests: readonly CodesRequest[],
): number[] | undefined {
  let changed = false;
  let start = 0;
  const taken = pictures.flatMap(({ index, candidates }) => {
    const first = start;
    start += candidates.codes.length;
    const places = candidates.read(state, logits.slice(first, start), requests[index]!);
    changed ||= places !== undefined;
    return candidates.codes.map((_, place) => first + (places?.[place] ?? place));
  });
  return changed ? taken : undefined;
}

/** The places of these pictures among all, counted through as the walk counts them; undefined if they are all. */
function placesOf(
  going: readonly DrawnPicture[],
  pictures: readonly DrawnPicture[],
): number[] | undefined {
  if (going.length === pictures.length) return undefined;
  let start = 0;
  return pictures.flatMap((picture) => {
    const first = start;
    start += picture.candidates.codes.length;
    return going.includes(picture) ? picture.candidates.codes.map((_, place) => first + place) : [];
  });
}
