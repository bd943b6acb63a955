/**
 * @file Draws one image code from one row of logits. Knows nothing about text, models or devices.
 * logits: (V,) float32, V = image codes. Result: an integer in [0, V). `logits` is read, never written.
 * In order: temperature, top-k, top-p, draw. The paper samples at temperature 1 with neither (section 2.6).
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { exponential } from "./exponential.js";

export interface SampleOptions {
  /** Softmax temperature, >= 0; 1 leaves the logits as they are, 0 takes the most likely code. @default 1 */
  readonly temperature?: number | undefined;
  /** Keep only the k most likely codes; an integer in [1, V]. @default V */
  readonly topK?: number | undefined;
  /** Then keep the fewest codes whose probabilities reach p; a number in (0, 1]. @default 1 */
  readonly topP?: number | undefined;
}

/** Checks options once, before any computing; `sampleCode` trusts them. */
export function checkSampleOptions(options: SampleOptions, codeCount: number): void {
  const { temperature = 1, topK = codeCount, topP = 1 } = options;
  if (!Number.isFinite(temperature) || temperature < 0) {
    throw badOption("temperature", "a number >= 0 (0 takes the most likely code)", temperature);
  }
  if (!Number.isInteger(topK) || topK < 1 || topK > codeCount) {
    throw badOption("topK", `an integer in [1, ${codeCount}]`, topK);
  }
  if (typeof topP !== "number" || !(topP > 0 && topP <= 1)) {
    throw badOption("topP", "a number in (0, 1]", topP);
  }
}

/** ln 2^-32: `random` is a multiple of 2^-32, so a code that is less likely by this than the best is as good as never drawn. */
const NEVER_DRAWN = -32 * Math.LN2;

// Room for one row, reused because a row is drawn for every code of every image; no state survives a call.
/** The codes that may be drawn, ascending, and the softmax numerator of each. */
let kept = new Uint32Array(0);
let weights = new Float64Array(0);
let sorting = new Float64Array(0);
let rangeOf = new Uint16Array(0);
/** Enough that few logits of a row share one, and few enough to clear each time. */
const RANGES = 1024;
/** How many logits lie in each. */
const inRange = new Uint32Array(RANGES);

/** `random` returns numbers in [0, 1), one per call; pass a seeded one to repeat an image. */
export function sampleCode(
  logits: Float32Array,
  random: () => number,
  { temperature = 1, topK = logits.length, topP = 1 }: SampleOptions = {},
): number {
  const best = mostLikely(logits);
  if (temperature === 0) return best;
  if (weights.length < logits.length) {
    kept = new Uint32Array(logits.length);
    weights = new Float64Array(logits.length);
    sorting = new Float64Array(logits.length);
    rangeOf = new Uint16Array(logits.length);
  }
  const largest = logits[best]!;
  const { smallest, equals } = leastOfTopK(logits, largest, topK);
  const least = largest + NEVER_DRAWN * temperature;
  let equalsToKeep = equals;
  let count = 0;
  let mass = 0;
  for (let code = 0; code < logits.length; code++) {
    const logit = logits[code]!;
    if (logit < least || logit < smallest) continue;
    if (logit === smallest && equalsToKeep-- <= 0) continue;
    kept[count] = code;
    mass += weights[count++] = exponential((logit - largest) / temperature);
  }
  if (topP < 1) ({ count, mass } = keepTopP(count, mass, topP * mass));
  return drawByWeight(count, random() * mass) ?? best;
}

/**
 * Classifier-free guidance: out = unconditional + scale * (conditional - unconditional), written into `out`, which may
 * be one of the inputs. scale 1 gives the conditional logits, a larger one follows the caption more closely.
 */
export function mixGuidance(
  conditional: Float32Array,
  unconditional: Float32Array,
  scale: number,
  out: Float32Array,
): void {
  if (conditional.length !== unconditional.length || out.length !== conditional.length) {
    const lengths = `${conditional.length}, ${unconditional.length} and ${out.length}`;
    throw new DalleError(
      "bad_shape",
      `Guidance mixes rows of one length, got ${lengths}; pass logits of the same model.`,
    );
  }
  for (let code = 0; code < out.length; code++) {
    const base = unconditional[code]!;
    out[code] = base + (conditional[code]! - base) * scale;
  }
}

/** Index of the largest logit, the first of equals. -Infinity is a code ruled out; NaN and +Infinity are broken logits. */
function mostLikely(logits: Float32Array): number {
  let best = 0;
  for (let code = 0; code < logits.length; code++) {
    const logit = logits[code]!;
    if (!(logit < Number.POSITIVE_INFINITY)) throw brokenLogits(logit, code);
    if (logit > logits[best]!) best = code;
  }
  if (!(logits[best]! > Number.NEGATIVE_INFINITY)) throw brokenLogits(logits[best], best);
  return best;
}

/** The k-th largest logit, and how many of those equal to it are among the k largest. */
function leastOfTopK(
  logits: Float32Array,
  largest: number,
  k: number,
): { smallest: number; equals: number } {
  if (k >= logits.length) return { smallest: Number.NEGATIVE_INFINITY, equals: k };
  // It lies in one of many equal ranges, found by counting; only the logits of that one need sorting.
  let least = largest;
  for (let code = 0; code < logits.length; code++) {
    const logit = logits[code]!;
    if (logit < least && logit !== Number.NEGATIVE_INFINITY) least = logit;
  }
  const perLogit = (RANGES - 1) / (largest - least);
  inRange.fill(0);
  for (let code = 0; code < logits.length; code++) {
    const range = ((logits[code]! - least) * perLogit) | 0; // 0 for −∞
    inRange[range]!++;
    rangeOf[code] = range;
  }
  let range = RANGES - 1;
  let equals = k;
  while (inRange[range]! < equals) equals -= inRange[range--]!;
  let candidates = 0;
  for (let code = 0; code < logits.length; code++) {
    if (rangeOf[code] === range) sorting[candidates++] = logits[code]!;
  }
  const smallest = cutValue(sorting, candidates, equals, one);
  for (let place = 0; place < candidates; place++) if (sorting[place]! > smallest) equals--;
  return { smallest, equals };
}

/**
 * Of `count` weights that sum to `whole`, leaves out the smallest as long as the rest still sums to `target`: how many places are
 * left, some of them with weight 0, and their sum.
 */
function keepTopP(count: number, whole: number, target: number): { count: number; mass: number } {
  // Weights below an even share of what may go all go; most are. The largest weight is 1, and always stays.
  const light = Math.min(1, (whole - target) / count);
  let heavy = 0;
  for (let place = 0; place < count; place++) {
    const weight = weights[place]!;
    if (weight < light) continue;
    kept[heavy] = kept[place]!;
    sorting[heavy] = weight;
    weights[heavy++] = weight;
  }
  const smallest = cutValue(sorting, heavy, target, itself);
  let mass = 0;
  for (let place = 0; place < heavy; place++) {
    const weight = weights[place]!;
    if (weight > smallest) mass += weight;
    else if (weight < smallest) weights[place] = 0;
  }
  for (let place = 0; place < heavy; place++) {
    if (weights[place] !== smallest) continue;
    if (mass < target) mass += smallest;
    else weights[place] = 0;
  }
  return { count: heavy, mass };
}

/** The code in whose stretch of the cumulative weights `point` lies; undefined if rounding puts it past the end. */
function drawByWeight(count: number, point: number): number | undefined {
  let reached = 0;
  for (let place = 0; place < count; place++) {
    reached += weights[place]!;
    if (point < reached) return kept[place]!;
  }
  return undefined;
}

const one = (): number => 1;
const itself = (value: number): number => value;

/**
 * Going down from the largest of the first `length` values and adding up `massOf` each, the value at which the sum
 * reaches `target`. Quickselect: reorders `values`, and takes linear time on average, also when many values are equal.
 */
function cutValue(
  values: Float64Array,
  length: number,
  target: number,
  massOf: (value: number) => number,
): number {
  let start = 0;
  let end = length;
  let missing = target;
  for (;;) {
    const pivot = values[(start + end) >> 1]!;
    // [start, above) are larger than the pivot, [above, next) equal, [below, end) smaller.
    let above = start;
    let below = end;
    let massAbove = 0;
    let massEqual = 0;
    for (let next = start; next < below; ) {
      const value = values[next]!;
      if (value > pivot) {
        values[next++] = values[above]!;
        values[above++] = value;
        massAbove += massOf(value);
      } else if (value < pivot) {
        values[next] = values[--below]!;
        values[below] = value;
      } else {
        massEqual += massOf(value);
        next++;
      }
    }
    if (missing <= massAbove) {
      end = above;
      continue;
    }
    missing -= massAbove + massEqual;
    // Nothing smaller left although mass is missing: the sum was rounded in another order.
    if (missing <= 0 || below === end) return pivot;
    start = below;
  }
}

function brokenLogits(logit: number | undefined, code: number): DalleError {
  return new DalleError(
    "bad_model",
    `The model gave ${logit} as the logit of token ${code}; check the weights, or run it in float32.`,
  );
}
