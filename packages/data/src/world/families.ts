/** @file The registry: every family of the painted world. A new family is one folder and one line here. */
import { badOption } from "@dalle-ts/tensor";
import { type BlocksScene, blocks } from "./blocks/index.js";
import { type CountingScene, counting } from "./counting/index.js";
import { type EmojiScene, emoji } from "./emoji/index.js";
import { type GarmentsScene, garments } from "./garments/index.js";
import { type HybridsScene, hybrids } from "./hybrids/index.js";
import { type MediaScene, media } from "./media/index.js";
import { type MixesScene, mixes } from "./mixes/index.js";
import { type ObjectsScene, objects } from "./objects/index.js";
import { type PairsScene, pairs } from "./pairs/index.js";
import type { Family } from "./scene.js";
import { type ScenesScene, scenes } from "./scenes/index.js";
import { type SectionsScene, sections } from "./sections/index.js";

/** Any scene of the world, told apart by `family`. */
export type Scene =
  | BlocksScene
  | ObjectsScene
  | CountingScene
  | GarmentsScene
  | SectionsScene
  | EmojiScene
  | ScenesScene
  | HybridsScene
  | PairsScene
  | MediaScene
  | MixesScene;
export type FamilyName = Scene["family"];

const registry: { readonly [Name in FamilyName]: Family<Extract<Scene, { family: Name }>> } = {
  blocks,
  objects,
  counting,
  garments,
  sections,
  emoji,
  scenes,
  hybrids,
  pairs,
  media,
  mixes,
};

export const familyNames = Object.keys(registry) as FamilyName[];

/** The families whose pictures a judge can read; the others are judged by retrieval. */
export const judgedFamilyNames = familyNames.filter((name) => registry[name].read !== undefined);

/** The family of this name, seen as one that takes any scene: callers pass it only scenes of its own. */
export function familyOf(name: string): Family<Scene> {
  if (!Object.hasOwn(registry, name))
    throw badOption("family", `one of ${familyNames.join(", ")}`, name);
  return registry[name as FamilyName] as unknown as Family<Scene>;
}
