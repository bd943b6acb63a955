/**
 * @file Changes to a recipe from the command line: `model.width=128`. A key must exist, and its new value must be of
 * the old one's type, so a typing error is an error and never a run with other settings than meant.
 */
import { familyNames } from "@dalle-ts/data";
import { DalleError } from "@dalle-ts/tensor";
import { nearest } from "./nearest.js";

/** What a recipe is made of. */
type Value = number | string | boolean | readonly string[] | readonly number[];

/** Every setting as `dotted.key → value`, in the order of the recipe. */
export function listSettings(recipe: object): Map<string, Value> {
  const settings = new Map<string, Value>();
  const visit = (part: object, prefix: string): void => {
    for (const [name, value] of Object.entries(part)) {
      if (isBranch(value)) visit(value, `${prefix}${name}.`);
      else settings.set(prefix + name, value);
    }
  };
  visit(recipe, "");
  return settings;
}

/** A copy of the recipe with each "key=value" applied, in order; the recipe itself is not changed. */
export function applySettings<Recipe extends object>(
  recipe: Recipe,
  settings: readonly string[],
): Recipe {
  const changed = structuredClone(recipe);
  for (const setting of settings) {
    const split = setting.indexOf("=");
    if (split < 1) {
      throw refuse(setting, "key=value, such as steps=10", JSON.stringify(setting));
    }
    const key = setting.slice(0, split).trim();
    const old = listSettings(recipe).get(key);
    if (old === undefined) throw unknownKey(recipe, key);
    assign(changed, key, parseValue(key, old, setting.slice(split + 1).trim()));
  }
  return changed;
}

/** Only called with keys of `listSettings`, so every branch on the way exists and is the recipe's own. */
function assign(recipe: object, key: string, value: Value): void {
  const path = key.split(".");
  const last = path.pop()!;
  const branch = path.reduce((part, name) => part[name] as Branch, recipe as Branch);
  branch[last] = value;
}

type Branch = Record<string, unknown>;

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseValue(key: string, old: Value, text: string): Value {
  if (typeof old === "number") return parseNumber(key, text);
  if (typeof old === "boolean") {
    if (text !== "true" && text !== "false") throw refuse(key, "true or false", text);
    return text === "true";
  }
  if (typeof old !== "string") return parseList(key, old, text);
  // The kind says which trainer runs; another one is another recipe.
  if (key === "kind" && text !== old) throw refuse(key, old, text);
  return parseWord(key, text);
}

/** A list of names may have any length; one of numbers, such as a value for each colour, keeps its own. */
function parseList(key: string, old: readonly (string | number)[], text: string): Value {
  const words = text.split(",").map((word) => word.trim());
  if (typeof old[0] !== "number") return words.map((word) => parseWord(key, word));
  if (words.length !== old.length) throw refuse(key, `${old.length} numbers`, text);
  return words.map((word) => parseNumber(key, word));
}

/** No device has memory for more pictures at once, and JavaScript no array for them. */
const LARGEST_BATCH = 2 ** 16;

/** A checkpoint's name has eight digits. */
const MOST_STEPS = 10 ** 8 - 1;

/** What the numbers of some settings may be. */
interface NumberRange {
  readonly keys: RegExp;
  readonly expected: string;
  /** value: NaN for text that is no number. */
  readonly accepts: (value: number) => boolean;
}

/** From top to bottom, the first whose keys match decides: an exception stands above what it is excepted from. */
const ranges: readonly NumberRange[] = [
  {
    keys: /(^|\.)batch$/,
    expected: `an integer in [1, ${LARGEST_BATCH}]`,
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= LARGEST_BATCH,
  },
  {
    keys: /^steps$/,
    expected: `an integer in [1, ${MOST_STEPS}]`,
    accepts: (value) => Number.isInteger(value) && value >= 1 && value <= MOST_STEPS,
  },
  // Numbers that count something.
  {
    keys: /(^|\.)(steps|pictures|captions|vocabularySize|every|checkpointEvery|sampleEvery|alike)$/,
    expected: "an integer >= 1",
    accepts: (value) => Number.isSafeInteger(value) && value >= 1,
  },
  {
    keys: /(^|\.)seed$/,
    expected: "an integer in [0, 2^53)",
    accepts: (value) => Number.isSafeInteger(value) && value >= 0,
  },
  {
    keys: /(^|\.)warmUp$/,
    expected: "a whole number of steps >= 0",
    accepts: (value) => Number.isSafeInteger(value) && value >= 0,
  },
  // Unlike other shares: at 0 all steps behind the warm-up would have the last, smallest rate.
  {
    keys: /^learningRate\.share$/,
    expected: "a number in (0, 1]",
    accepts: (value) => value > 0 && value <= 1,
  },
  // Parts of a whole of which something must be left: of the past, of the merges, of the steps.
  {
    keys: /(^|\.)(momentum|beta1|beta2|averageDecay|dropout|autoencoderShare)$/,
    expected: "a number in [0, 1)",
    accepts: (value) => value >= 0 && value < 1,
  },
  // Parts of a whole that may be all of it.
  {
    keys: /(^|\.)(emptyCaptions|share)$/,
    expected: "a number in [0, 1]",
    accepts: (value) => value >= 0 && value <= 1,
  },
  // Divisors.
  {
    keys: /(^|\.)(clipNorm|epsilon|smallestScale|temperature\.(start|end))$/,
    expected: "a finite number > 0",
    accepts: (value) => Number.isFinite(value) && value > 0,
  },
  // All others.
  {
    keys: /./,
    expected: "a finite number >= 0",
    accepts: (value) => Number.isFinite(value) && value >= 0,
  },
];

function parseNumber(key: string, text: string): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  const { expected, accepts } = ranges.find(({ keys }) => keys.test(key))!;
  if (!accepts(value)) throw refuse(key, expected, text);
  return value;
}

/** Words with a fixed choice, by the last part of their key. */
const choices: Readonly<Record<string, readonly string[]>> = {
  precision: ["f32", "bf16"],
  families: familyNames,
};

function parseWord(key: string, word: string): string {
  const allowed = choices[key.split(".").at(-1)!];
  if (allowed && !allowed.includes(word)) throw refuse(key, `one of ${allowed.join(", ")}`, word);
  if (word === "") throw refuse(key, "some text", '""');
  return word;
}

function unknownKey(recipe: object, key: string): DalleError {
  const known = nearest(key, [...listSettings(recipe).keys()], 3).join(", ");
  return new DalleError(
    "bad_option",
    `The recipe has no setting ${JSON.stringify(key)}; the nearest are ${known}.`,
  );
}

function refuse(key: string, expected: string, got: string): DalleError {
  return new DalleError("bad_option", `--set ${key}: expected ${expected}, got ${got}`);
}
