/**
 * @file Takes things apart that touch. A painter leaves room between things, but who draws from words may not, and to the
 * eye two apples side by side stay two.
 */
import { side } from "../judge/picture.js";

export interface TouchingOptions {
  /** A mask nearer than this to some kind of thing is one thing. */
  readonly whole: number;
  /** Fewer pixels than this are no thing. */
  readonly speck: number;
}

/** Two parts must be this much nearer to things than the whole was, or they are none. */
const gain = 0.75;
/** Where a part may be cut, as shares of its width or height: around its half and its thirds. */
const middles = [1 / 3, 1 / 2, 2 / 3];
const around = 0.1;
/** Cuts in a row: up to eight things. */
const deepest = 3;

/** Indices of pixels. */
type Part = readonly number[];

interface TakenApart {
  readonly things: readonly Part[];
  /** Mean unlikeness of the things. */
  readonly cost: number;
}

/**
 * The masks (64 × 64) of the things in one connected mask: itself, unless parts of it look more like things.
 * unlikeness: to the nearest kind of thing.
 */
export function takenApart(
  mask: Uint8Array,
  unlikeness: (mask: Uint8Array) => number,
  { whole, speck }: TouchingOptions,
): Uint8Array[] {
  const known = new Map<string, TakenApart>(); // different cuts in a row leave the same part
  const all = [...mask.keys()].filter((at) => mask[at]);
  return bestCut(all, deepest).things.map(maskOf);

  function bestCut(part: Part, depth: number): TakenApart {
    const key = [depth, part.length, part[0], part.at(-1), ...spanOf(part, column)].join();
    const best = known.get(key) ?? cutAnew(part, depth);
    known.set(key, best);
    return best;
  }

  function cutAnew(part: Part, depth: number): TakenApart {
    let best: TakenApart = { things: [part], cost: unlikeness(maskOf(part)) };
    if (best.cost < whole || depth === 0) return best;
    const wanted = best.cost * gain;
    for (const halves of [...halvesOf(part, column), ...halvesOf(part, row)]) {
      if (halves.some((half) => half.length < speck)) continue;
      const cuts = halves.map((half) => bestCut(half, depth - 1));
      const things = cuts.flatMap((cut) => cut.things);
      const sum = cuts.reduce((total, cut) => total + cut.cost * cut.things.length, 0);
      const cost = sum / things.length;
      if (cost < Math.min(wanted, best.cost)) best = { things, cost };
    }
    return best;
  }
}

const column = (at: number): number => at % side;
const row = (at: number): number => Math.floor(at / side);

/** The part cut in two along one axis, each time where it is thinnest around one of the places. */
function halvesOf(part: Part, placeOf: (at: number) => number): [Part, Part][] {
  const thickness = new Uint16Array(side);
  for (const at of part) thickness[placeOf(at)]!++;
  const [from, to] = spanOf(part, placeOf);
  const places = middles.map((middle) => {
    const first = Math.max(from + 1, Math.round(from + (middle - around) * (to - from)));
    const last = Math.min(to - 1, Math.round(from + (middle + around) * (to - from)));
    let thinnest = first;
    for (let place = first; place <= last; place++)
      if (thickness[place]! < thickness[thinnest]!) thinnest = place;
    return thinnest;
  });
  return [...new Set(places)].map((place) => [
    part.filter((at) => placeOf(at) < place),
    part.filter((at) => placeOf(at) >= place),
  ]);
}

/** The first place of a part on one axis, and the one behind its last. */
function spanOf(part: Part, placeOf: (at: number) => number): [from: number, to: number] {
  let [from, to] = [side, 0];
  for (const at of part) {
    from = Math.min(from, placeOf(at));
    to = Math.max(to, placeOf(at) + 1);
  }
  return [from, to];
}

function maskOf(part: Part): Uint8Array {
  const mask = new Uint8Array(side * side);
  for (const at of part) mask[at] = 1;
  return mask;
}
