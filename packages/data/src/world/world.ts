/**
 * @file The painted world as a stream: scene and caption number `index` of `seed`, the same everywhere, in the
 * training or the held-out split. Pictures are painted apart, at the size the caller wants.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { Random } from "../random.js";
import {
  type FamilyName,
  familyNames,
  familyOf,
  judgedFamilyNames,
  type Scene,
} from "./families.js";
import type { Attributes } from "./grammar.js";
import { lookAt } from "./judge/picture.js";
import { neighbourOf } from "./neighbour.js";
import { rasterise } from "./paint/raster.js";
import { isHeldOut, keyOf, type Verdict } from "./scene.js";

export type Split = "train" | "held-out";

export interface WorldOptions {
  /** Which compositions to draw from. @default "train" */
  readonly split?: Split;
  /** Families to draw from, by their weights; not empty. One that is named twice is drawn twice as often. @default all of them */
  readonly families?: readonly FamilyName[];
  /** Samples come in groups of so many, which differ from the group's first in one attribute. @default 1 */
  readonly alike?: number;
}

export interface WorldSample {
  readonly scene: Scene;
  readonly caption: string;
}

/** A random scene of one family, of either split. */
export function sampleScene(family: FamilyName, random: Random): Scene {
  const { draw, build } = familyOf(family);
  return build(draw(random), random);
}

/** Names the scene's composition: its family and attributes, without nuisance. */
export function compositionKey(scene: Scene): string {
  const family = familyOf(scene.family);
  return keyOf(family, family.attributes(scene));
}

/**
 * Which of a scene's attributes another scene of its family has too: `"animal" → true`. What a caption leaves open ("any")
 * is shared with all; all are, where the scene's captions describe the other one as well.
 */
export function sharedAttributes(scene: Scene, other: Scene): Verdict {
  const its = canonicalAttributes(other);
  return Object.fromEntries(
    Object.entries(canonicalAttributes(scene)).map(([name, value]) => [
      name,
      value === "any" || its[name] === value,
    ]),
  );
}

/** Do the scene's captions describe the other scene as well? */
export function describes(scene: Scene, other: Scene): boolean {
  if (scene.family !== other.family) return false;
  const its = canonicalAttributes(other);
  return Object.entries(canonicalAttributes(scene)).every(
    ([name, value]) => value === "any" || its[name] === value,
  );
}

function canonicalAttributes(scene: Scene): Attributes {
  const family = familyOf(scene.family);
  const attributes = family.attributes(scene);
  return family.canonical?.(attributes) ?? attributes;
}

/** Sample `index` of the stream `seed`; both are integers in [0, 2^53). Depends on nothing but its arguments. */
export function worldSample(
  seed: number,
  index: number,
  { split = "train", families = familyNames, alike = 1 }: WorldOptions = {},
): WorldSample {
  if (split !== "train" && split !== "held-out")
    throw badOption("split", '"train" or "held-out"', split);
  if (families.length === 0) throw badOption("families", "at least one family", "none");
  const member = index % alike;
  let random = new Random(seed, (index - member) / alike);
  const family = random.weighted(weightsOf(families)) as FamilyName;
  let scene = inSplit(split, () => sampleScene(family, random));
  if (member > 0) {
    const first = scene;
    random = new Random(seed, index);
    scene = inSplit(split, () => neighbourOf(first, random));
  }
  const sample = { scene, caption: captionOf(scene, random) };
  if (split === "train") refuseHeldOut(sample);
  return sample;
}

/** One composition in ten is held out, so this ends soon. */
function inSplit(split: Split, draw: () => Scene): Scene {
  let scene = draw();
  while (isHeldOut(compositionKey(scene)) !== (split === "held-out")) scene = draw();
  return scene;
}

function weightsOf(families: readonly FamilyName[]): Record<string, number> {
  const weights: Record<string, number> = {};
  for (const name of families) weights[name] = (weights[name] ?? 0) + familyOf(name).weight;
  return weights;
}

/** Words a scene anew: another caption of the same composition. */
export function captionOf(scene: Scene, random: Random): string {
  return familyOf(scene.family).caption(scene, random);
}

/** Throws if the scene, or what its caption says, is a held-out composition. */
export function refuseHeldOut({ scene, caption }: WorldSample): void {
  const told = parseCaption(caption);
  for (const key of [compositionKey(scene), ...(told === undefined ? [] : [told])]) {
    if (isHeldOut(key)) {
      throw new DalleError(
        "bad_data",
        `the held-out composition ${key} reached the training stream; draw training scenes with worldSample only`,
      );
    }
  }
}

/**
 * Paints a scene to size × size RGB bytes (height, width, channel). Sizes 64, 128 and 256 are the tested
 * ones; any in [8, 2048] works.
 */
export function paint(scene: Scene, size: number): Uint8Array {
  const { drawing, pixels } = familyOf(scene.family);
  return pixels ? pixels(scene, size) : rasterise(drawing(scene), size);
}

/** Family and attributes told by a caption of the world's grammar; undefined for any other text. */
export function readCaption(
  caption: string,
): { family: FamilyName; attributes: Attributes } | undefined {
  for (const family of familyNames) {
    const attributes = familyOf(family).parse(caption);
    if (attributes) return { family, attributes };
  }
  return undefined;
}

/** The composition key of a caption of the world's grammar; undefined for any other text. */
export function parseCaption(caption: string): string | undefined {
  const told = readCaption(caption);
  return told && keyOf(familyOf(told.family), told.attributes);
}

/** A scene that the caption describes, its nuisance drawn from `random`; undefined for any other text. */
export function sceneOf(caption: string, random: Random): Scene | undefined {
  const told = readCaption(caption);
  return told && familyOf(told.family).build(told.attributes, random);
}

/**
 * Is the scene in the picture? Attribute by attribute, from pixels alone: `"first.colour" → true`. The keys
 * are those of the scene's attributes. `pixels`: size × size RGB bytes, size a multiple of 64.
 */
export function judge(scene: Scene, pixels: Uint8Array, size: number): Verdict {
  const claim = familyOf(scene.family).attributes(scene);
  return readPicture(scene.family, pixels, size)(claim);
}

/**
 * Reads a picture once, to judge any number of claims about it: attributes of this family, as `readCaption`
 * gives them. Reading takes tens of milliseconds, judging a claim none.
 */
export function readPicture(
  family: FamilyName,
  pixels: Uint8Array,
  size: number,
): (claim: Attributes) => Verdict {
  const { read } = familyOf(family);
  if (!read) {
    throw new DalleError(
      "unsupported",
      `The family ${family} has no judge that reads pixels; judge one of ${judgedFamilyNames.join(", ")}.`,
    );
  }
  return read(lookAt(pixels, size));
}
