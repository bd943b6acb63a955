/**
 * @file The judges' two figures, printed and held: how often every attribute of a true scene is found right
 * (99 % painted, 97 % after blur and noise), and how often a changed attribute is found wrong (95 %).
 */
import { describe, expect, test } from "vitest";
import {
  type FamilyName,
  judge,
  judgedFamilyNames,
  paint,
  Random,
  readPicture,
  sampleScene,
} from "../src/index.js";
import { familyOf } from "../src/world/families.js";
import { degrade } from "./degrade.js";
import { falseClaims } from "./mutate.js";

/** Right and asked, per attribute. */
type Tally = Map<string, { right: number; asked: number }>;

function note(tally: Tally, key: string, right: boolean): void {
  const entry = tally.get(key) ?? { right: 0, asked: 0 };
  tally.set(key, { right: entry.right + (right ? 1 : 0), asked: entry.asked + 1 });
}

const share = ({ right, asked }: { right: number; asked: number }) => right / asked;
const percent = (tally: Tally) =>
  [...tally]
    .map(([key, entry]) => `${key} ${(100 * share(entry)).toFixed(1)} (${entry.asked})`)
    .join(", ");

/** Pictures a figure rests on; a fixed seed, so it is the same figure in every run. */
const counts: Readonly<Partial<Record<FamilyName, number>>> = {
  blocks: 200,
  objects: 100,
  counting: 300,
  garments: 300,
  sections: 300,
  pairs: 300,
};

function measure(family: FamilyName, size: number, count: number, degraded: boolean) {
  const { attributes } = familyOf(family);
  const accepted: Tally = new Map();
  const rejected: Tally = new Map();
  for (let index = 0; index < count; index++) {
    const random = new Random(20210105, index);
    const scene = sampleScene(family, random);
    const painted = paint(scene, size);
    const read = readPicture(family, degraded ? degrade(painted, size, random) : painted, size);
    const verdict = read(attributes(scene));
    for (const [key, right] of Object.entries(verdict)) note(accepted, key, right);
    note(accepted, "all", Object.values(verdict).every(Boolean));
    for (const { changed, claim } of falseClaims(scene, attributes(scene), random)) {
      note(rejected, changed, read(claim)[changed] === false);
    }
  }
  const title = `${family}, ${size} px, ${degraded ? "blur and noise" : "painted"}`;
  console.log(`${title}\n  right, %: ${percent(accepted)}\n  rejected, %: ${percent(rejected)}`);
  return { accepted, rejected };
}

describe.each(judgedFamilyNames)("the judge of %s", (family) => {
  test.each([
    { size: 64, degraded: false, least: 0.99, part: 1 },
    { size: 64, degraded: true, least: 0.97, part: 1 },
    { size: 128, degraded: false, least: 0.98, part: 0.25 },
  ])("at $size px, degraded: $degraded", ({ size, degraded, least, part }) => {
    const { accepted, rejected } = measure(family, size, counts[family]! * part, degraded);
    expect(share(accepted.get("all")!)).toBeGreaterThanOrEqual(least);
    for (const [key, entry] of rejected) expect(share(entry), key).toBeGreaterThanOrEqual(0.95);
  });

  test("finds nothing in an empty picture", () => {
    const scene = sampleScene(family, new Random(1, 0));
    const verdict = judge(scene, new Uint8Array(64 * 64 * 3).fill(200), 64);
    expect(Object.values(verdict)).not.toContain(true);
  });
});

test("a judge says which pixels it can look at", () => {
  const scene = sampleScene("blocks", new Random(1, 0));
  expect(() => judge(scene, paint(scene, 96), 96)).toThrow("size: expected a multiple of 64");
  expect(() => judge(scene, new Uint8Array(64 * 64 * 4), 64)).toThrow("pass RGB without alpha");
});

test("a family without a judge says so", () => {
  const scene = sampleScene("emoji", new Random(1, 0));
  expect(() => judge(scene, new Uint8Array(64 * 64 * 3), 64)).toThrow(
    "The family emoji has no judge that reads pixels",
  );
});
