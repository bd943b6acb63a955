/** @file Which of the user's own pictures are never trained on, so that learning by heart shows. */

/** Some of the records of a source, in its order. */
export interface Records {
  readonly count: number;
  /** index in [0, count) → the record's number in the source. */
  at(index: number): number;
}

/** One record in so many is held out … */
const SPACING = 20;
/** … but no more than these in all, which tell a loss well enough … */
const MOST_HELD_OUT = 512;
/** … and none of sources that are smaller than this. */
const SMALLEST_SPLIT = 40;

/** How many of so many records are held out: a twentieth, evenly spaced. */
export function heldOutCount(count: number): number {
  return count < SMALLEST_SPLIT ? 0 : Math.floor(count / spacing(count));
}

/**
 * The same for every part of a model that learns from the same records: what the transformer has never seen, its dVAE has not
 * seen either. Codes that `dalle data encode` made with pictures left out are other records, and are split by themselves.
 */
export function splitRecords(count: number): { training: Records; heldOut: Records } {
  const every = spacing(count);
  const heldOut = heldOutCount(count);
  // Record every − 1 of each run of `every` is held out; behind the last of them there is none to leap over.
  const leaps = (index: number) => Math.min(heldOut, Math.floor(index / (every - 1)));
  return {
    training: { count: count - heldOut, at: (index) => index + leaps(index) },
    heldOut: { count: heldOut, at: (index) => (index + 1) * every - 1 },
  };
}

/** What `of` makes of the records that are trained on, with what it makes of the others, if there are any. */
export function splitInto<Part extends object>(
  count: number,
  of: (records: Records) => Part,
): Part & { readonly heldOut?: Part } {
  const { training, heldOut } = splitRecords(count);
  return { ...of(training), ...(heldOut.count > 0 && { heldOut: of(heldOut) }) };
}

/** Those that sample sheets show: held-out ones, or any where none are held out. */
export function shownRecords(count: number): Records {
  const { training, heldOut } = splitRecords(count);
  return heldOut.count > 0 ? heldOut : training;
}

function spacing(count: number): number {
  return Math.max(SPACING, Math.ceil(count / MOST_HELD_OUT));
}

/** `most` of `count` indices, or all if they are fewer, evenly spaced. */
export function evenly(count: number, most: number): number[] {
  const length = Math.min(most, count);
  return Array.from({ length }, (_, index) => Math.floor((index * count) / length));
}
