/**
 * @file In what the settings of two runs differ, apart from where the user's own pictures lie, and from when it is
 * saved and shown.
 */
import { isOwnData } from "./own-data.js";

/** A sentence part for each setting that differs: "steps was 10 and is 20". Both are what JSON keeps of them. */
export function differences(before: object, now: object): string[] {
  const [old, fresh] = [before, now].map((settings) => leavesOf(settings)) as [Leaves, Leaves];
  const otherKind = otherKindOfData(dataOf(before), dataOf(now));
  const others = [...new Set([...old.keys(), ...fresh.keys()])]
    .filter((key) => old.get(key) !== fresh.get(key))
    .filter((key) => otherKind.length === 0 || !ofData.test(key))
    .map((key) => {
      if (/(^|\.)data\.identity$/.test(key)) return OTHER_PICTURES;
      const [was, is] = [old.get(key), fresh.get(key)];
      const same = commonStart(was ?? "", is ?? "");
      return `${nameOf(key)} was ${told(was, same)} and is ${told(is, same)}`;
    });
  return [...otherKind, ...others];
}

/** What comes with one's own data or with the painted world. */
const ofData = /^(recipe\.)?data\.|^(heldOut|world)$/;

/** Of a recipe, which transformers and CLIP keep as a part of their settings. */
function dataOf(settings: { readonly recipe?: object; readonly data?: object }): object {
  const { data = {} }: { readonly data?: object } = settings.recipe ?? settings;
  return data;
}

/** Every setting of the data would differ, and none would say that --data was forgotten. */
function otherKindOfData(before: object, now: object): string[] {
  if (isOwnData(before) === isOwnData(now)) return [];
  return [
    isOwnData(before) ? `it was begun with --data ${before.source}` : "it was begun without --data",
  ];
}

/** Two hashes would say nothing to anyone. */
const OTHER_PICTURES = "the pictures or captions were others, or their files have changed since";

type Leaves = ReadonlyMap<string, string>;

function leavesOf(settings: object): Leaves {
  const leaves = new Map<string, string>();
  const visit = (value: unknown, key: string): void => {
    if (typeof value !== "object" || value === null || isPlainList(value)) {
      leaves.set(key, JSON.stringify(value));
      return;
    }
    // Pictures are known by their identity: the same ones may be named by another path, or have moved.
    const entries = Object.entries(value).filter(
      ([name]) => !isRhythm(name) && !(isName(name) && isOwnData(value)),
    );
    if (entries.length === 0) leaves.set(key, "{}");
    for (const [name, part] of entries) visit(part, key === "" ? name : `${key}.${name}`);
  };
  visit(JSON.parse(JSON.stringify(settings)), "");
  return leaves;
}

/** Of own data, for people. */
const isName = (name: string): boolean => name === "source" || name === "encodedFrom";

/** When a run saves and shows changes nothing that it learns. */
const isRhythm = (name: string): boolean => name === "checkpointEvery" || name === "sampleEvery";

const isPlainList = (value: object): boolean =>
  Array.isArray(value) && value.every((each) => typeof each !== "object");

/** As `--set` knows it. */
const nameOf = (key: string): string => key.replace(/^recipe\./, "");

const LONGEST = 40;

/** same: characters at the beginning that both have; what follows must be seen. */
function told(value: string | undefined, same: number): string {
  if (value === undefined) return "not there";
  const start = same < LONGEST / 2 ? 0 : same - LONGEST / 4;
  const part = value.slice(start, start + LONGEST);
  return `${start > 0 ? "…" : ""}${part}${start + part.length < value.length ? "…" : ""}`;
}

function commonStart(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
