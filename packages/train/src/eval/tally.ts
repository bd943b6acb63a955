/** @file Adds verdicts up: wholly right, and right attribute by attribute, for each family. */
import {
  type Attributes,
  type FamilyName,
  judgedFamilyNames,
  type Split,
  type Verdict,
} from "@dalle-ts/data";
import { type Share, wilson } from "./wilson.js";

export interface AttributeScore extends Share {
  /** By what the caption tells of it ("3" of count), in the order of the alphabet. */
  readonly values: Readonly<Record<string, Counter>>;
}

export interface FamilyScore {
  readonly family: FamilyName;
  /** Pictures with every attribute right. */
  readonly whole: Share;
  /** By attribute, of the pictures whose caption tells it. */
  readonly attributes: Readonly<Record<string, AttributeScore>>;
}

export interface SplitScore {
  readonly split: Split;
  /** Over all families. */
  readonly whole: Share;
  /** Over the families that a program reads from pixels, in whose verdicts CLIP has no part. */
  readonly fromPixels: Share;
  readonly families: readonly FamilyScore[];
}

/** Whether a program judges the family; the others are judged by CLIP. */
export const isReadFromPixels = (family: FamilyName): boolean => judgedFamilyNames.includes(family);

export interface Counter {
  right: number;
  count: number;
}

interface AttributeCounters {
  readonly all: Counter;
  readonly values: Map<string, Counter>;
}

interface FamilyCounters {
  readonly whole: Counter;
  readonly attributes: Map<string, AttributeCounters>;
}

export class Tally {
  readonly #split: Split;
  readonly #families: ReadonlyMap<FamilyName, FamilyCounters>;

  constructor(split: Split, families: readonly FamilyName[]) {
    this.#split = split;
    this.#families = new Map(
      families.map((family) => [family, { whole: newCounter(), attributes: new Map() }]),
    );
  }

  /** Counts one picture, whose caption tells `told`, and says whether it is wholly right. */
  add(family: FamilyName, verdict: Verdict, told: Attributes): boolean {
    const { whole, attributes } = this.#families.get(family)!;
    for (const [name, right] of Object.entries(verdict)) {
      const { all, values } = kept(attributes, name, () => ({
        all: newCounter(),
        values: new Map<string, Counter>(),
      }));
      count(all, right);
      const value = told[name];
      if (value !== undefined) count(kept(values, value, newCounter), right);
    }
    const right = Object.values(verdict).every(Boolean);
    count(whole, right);
    return right;
  }

  score(): SplitScore {
    const [all, read] = [newCounter(), newCounter()];
    const families = [...this.#families].map(([family, { whole, attributes }]): FamilyScore => {
      for (const sum of isReadFromPixels(family) ? [all, read] : [all]) {
        sum.right += whole.right;
        sum.count += whole.count;
      }
      return {
        family,
        whole: share(whole),
        attributes: sorted(attributes, ({ all, values }) => ({
          ...share(all),
          values: sorted(values, (counter) => counter),
        })),
      };
    });
    return { split: this.#split, whole: share(all), fromPixels: share(read), families };
  }
}

/** What the map has under the name; made and put there where it has nothing. */
function kept<Value>(map: Map<string, Value>, name: string, make: () => Value): Value {
  const value = map.get(name) ?? make();
  map.set(name, value);
  return value;
}

function sorted<From, To>(map: ReadonlyMap<string, From>, to: (value: From) => To) {
  const entries = [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, to(value)]));
}

const newCounter = (): Counter => ({ right: 0, count: 0 });
const share = ({ right, count }: Counter): Share => wilson(right, count);

function count(counter: Counter, right: boolean): void {
  counter.count++;
  if (right) counter.right++;
}
