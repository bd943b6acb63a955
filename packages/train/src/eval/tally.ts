/** @file Adds verdicts up: wholly right, and right attribute by attribute, for each family. */
import { type FamilyName, judgedFamilyNames, type Split, type Verdict } from "@dalle-ts/data";
import { type Share, wilson } from "./wilson.js";

export interface FamilyScore {
  readonly family: FamilyName;
  /** Pictures with every attribute right. */
  readonly whole: Share;
  /** By attribute, of the pictures whose caption tells it. */
  readonly attributes: Readonly<Record<string, Share>>;
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

interface Counter {
  right: number;
  count: number;
}

interface FamilyCounters {
  readonly whole: Counter;
  readonly attributes: Map<string, Counter>;
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

  /** Counts one picture and says whether it is wholly right. */
  add(family: FamilyName, verdict: Verdict): boolean {
    const { whole, attributes } = this.#families.get(family)!;
    for (const [name, right] of Object.entries(verdict)) {
      const counter = attributes.get(name) ?? newCounter();
      attributes.set(name, counter);
      count(counter, right);
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
      const sorted = [...attributes].sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        family,
        whole: share(whole),
        attributes: Object.fromEntries(sorted.map(([name, counter]) => [name, share(counter)])),
      };
    });
    return { split: this.#split, whole: share(all), fromPixels: share(read), families };
  }
}

const newCounter = (): Counter => ({ right: 0, count: 0 });
const share = ({ right, count }: Counter): Share => wilson(right, count);

function count(counter: Counter, right: boolean): void {
  counter.count++;
  if (right) counter.right++;
}
