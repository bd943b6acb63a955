/** @file The drawings: all of the catalogue's are there, under licences we may use, and rooms for faces are found. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { emojiNames, emojiOf } from "../src/art/catalogue.js";
import { iconBody, iconNames, iconsPath } from "../src/art/icons.js";
import { artStyles } from "../src/art/sets.js";
import { faceDrawing, roomFor } from "../src/world/emoji/face.js";
import { canFeel, moodful, moods } from "../src/world/emoji/mood.js";
import { newLayer } from "../src/world/paint/layer.js";
import { emojiSprite } from "../src/world/paint/sprite.js";

describe.each(artStyles)("the set of style %s", (style) => {
  test("has every drawing that the catalogue names", () => {
    const icons = new Set(iconNames(style));
    for (const name of emojiNames) {
      const icon = emojiOf(name).drawings.get(style);
      if (icon !== undefined) expect(icons.has(icon), `${style} ${name}`).toBe(true);
    }
  });

  test("allows use and change without share-alike", () => {
    const { license } = JSON.parse(
      readFileSync(iconsPath(style).replace(/icons\.json$/, "info.json"), "utf8"),
    );
    expect(["MIT", "Apache-2.0", "CC-BY-4.0"]).toContain(license.spdx);
  });
});

test("every drawing can be drawn: resvg ends the process over one that cannot", () => {
  for (const name of emojiNames) {
    for (const style of emojiOf(name).drawings.keys()) {
      const { pixels } = emojiSprite(name, style, 32).layers[0]!;
      expect(
        pixels.some((value) => value > 0),
        `${style} ${name}`,
      ).toBe(true);
    }
  }
});

test("drawings are read whole, and a missing one is named", () => {
  expect(iconBody("flat", "fox")).toMatch(/^<g .*<\/g>$/);
  expect(() => iconBody("flat", "gryphon")).toThrow('has no drawing "gryphon"');
});

test("things with moods are in the catalogue, and animals keep their own faces", () => {
  expect(moodful.length).toBeGreaterThan(100);
  expect(canFeel("avocado")).toBe(true);
  expect(canFeel("fox")).toBe(false);
  for (const mood of moods) if (mood !== "none") expect(faceDrawing(mood)).toContain("<ellipse");
});

test("a face goes to the middle of the widest part", () => {
  const layer = newLayer(32);
  // A disc of radius 8 around (20, 22), and a thin stalk up to the edge.
  for (let at = 0; at < 32 * 32; at++) {
    const [x, y] = [at % 32, Math.floor(at / 32)];
    if (Math.hypot(x - 20, y - 22) < 8 || (x === 20 && y < 22)) layer.pixels[at * 4 + 3] = 255;
  }
  const { x, y, radius } = roomFor(layer);
  expect(x).toBeCloseTo(20.5 / 32, 1);
  expect(y).toBeCloseTo(22.5 / 32, 1);
  expect(radius).toBeCloseTo(8 / 32, 1);
});
