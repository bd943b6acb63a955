/**
 * @file The painted world as a stream: scene and caption number `index` of `seed`, the same everywhere, in the
 * training or the held-out split. Pictures are painted apart, at the size the caller wants.
 */
import { badOption, DalleError } from "@dalle-ts/tensor";
import { Random, requirePositive } from "../random.js";
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

/**
 * Of all that decides which scenes a stream has: raised where any family draws otherwise. What was taught the stream of another
 * version saw other pictures.
 */
export const WORLD_VERSION = 3;

export type Split = "train" | "held-out";

export interface WorldOptions {
  /** Which compositions to draw from. @default "train" */
  readonly split?: Split;
  /** Families to draw from, by their weights; not empty. One that is named twice is drawn twice as often. @default all of them */
  readonly families?: readonly FamilyName[];
  /** Samples come in groups of so many, which differ from the group's first in one attribute; an integer >= 1. @default 1 */
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

/** What the scene's captions tell: `{ count: "3", noun: "apple", … }`. */
export function attributesOf(scene: Scene): Attributes {
  return familyOf(scene.family).attributes(scene);
}

/** Names the scene's composition: its family and attributes, without nuisance. */
export function compositionKey(scene: Scene): string {
  return keyOf(familyOf(scene.family), attributesOf(scene));
}

/** Compositions that a scene belongs to: what its captions say, and, where they leave something open, what it shows. */
function compositionsOf(scene: Scene): string[] {
  const family = familyOf(scene.family);
  const told = compositionKey(scene);
  return family.shown ? [told, keyOf(family, family.shown(scene))] : [told];
}

/** Compositions of other families that a picture of the scene shows and its captions tell of. */
function compositionsIn(scene: Scene): string[] {
  const parts = familyOf(scene.family).parts?.(scene) ?? [];
  return parts.map(({ family, attributes }) => keyOf(familyOf(family), attributes));
}

/** What tells whether captions are true of pictures. */
export interface Claim {
  readonly family: FamilyName;
  /** What the scene's captions say, in the one spelling. */
  readonly told: Attributes;
  /** What its picture shows, in the one spelling. */
  readonly shown: Attributes;
}

export function claimOf(scene: Scene): Claim {
  const family = familyOf(scene.family);
  const attributes = attributesOf(scene);
  const told = family.canonical?.(attributes) ?? attributes;
  return { family: scene.family, told, shown: family.shown?.(scene) ?? told };
}

/** Do the captions of the one describe the picture of the other as well? */
export function describes({ family, told }: Claim, other: Claim): boolean {
  if (family !== other.family) return false;
  for (const name in told) if (!agrees(told[name]!, other.shown[name])) return false;
  return true;
}

/**
 * Which of a scene's attributes the picture of another scene of its family shows too: `"animal" → true`. What a caption leaves
 * open ("any") is shared with all; all are, where the scene's captions describe the other one as well.
 */
export function sharedAttributes(scene: Scene, other: Scene): Verdict {
  const [{ told }, { shown }] = [claimOf(scene), claimOf(other)];
  return Object.fromEntries(
    Object.entries(told).map(([name, value]) => [name, agrees(value, shown[name])]),
  );
}

const agrees = (told: string, shown: string | undefined) => told === "any" || told === shown;

/** Sample `index` of the stream `seed`; both are integers in [0, 2^53). Depends on nothing but its arguments. */
export function worldSample(
  seed: number,
  index: number,
  { split = "train", families = familyNames, alike = 1 }: WorldOptions = {},
): WorldSample {
  if (split !== "train" && split !== "held-out")
    throw badOption("split", '"train" or "held-out"', split);
  if (families.length === 0) throw badOption("families", "at least one family", "none");
  requirePositive("alike", alike);
  const member = index % alike;
  const random = new Random(seed, (index - member) / alike);
  const family = random.weighted(weightsOf(families)) as FamilyName;
  let scene = inSplit(split, () => sampleScene(family, random));
  const first = scene;
  for (let neighbour = 0; neighbour < member; neighbour++) {
    scene = inSplit(split, () => neighbourOf(first, random));
  }
  let caption = captionOf(scene, random);
  if (split === "train") {
    // Words that two families share may tell of a held-out composition of the other one.
    while (tellsHeldOut(caption)) caption = captionOf(scene, random);
    refuseHeldOut({ scene, caption });
  }
  return { scene, caption };
}

/**
 * A scene all of whose compositions are in the split; in training, those of other families that it shows are too. One
 * composition in ten is held out, so this ends soon.
 */
function inSplit(split: Split, draw: () => Scene): Scene {
  const belongs = (scene: Scene) =>
    split === "held-out"
      ? compositionsOf(scene).every(isHeldOut)
      : ![...compositionsOf(scene), ...compositionsIn(scene)].some(isHeldOut);
  for (;;) {
    const scene = draw();
    if (belongs(scene)) return scene;
  }
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

function tellsHeldOut(caption: string): boolean {
  const told = compositionKeyOfCaption(caption);
  return told !== undefined && isHeldOut(told);
}

/** Throws if what the scene shows, or what its caption says, is a held-out composition. */
export function refuseHeldOut({ scene, caption }: WorldSample): void {
  const told = compositionKeyOfCaption(caption);
  const keys = [...compositionsOf(scene), ...compositionsIn(scene)];
  for (const key of told === undefined ? keys : [...keys, told]) {
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
export function compositionKeyOfCaption(caption: string): string | undefined {
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
  return readPicture(scene.family, pixels, size)(attributesOf(scene));
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
