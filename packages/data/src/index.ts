/** @module Pictures and captions: the painted world and its judges. */
export { Random } from "./random.js";
export { type ToySample, toyCount, toySample, toySize } from "./toy/toy.js";
export { type FamilyName, familyNames, type Scene } from "./world/families.js";
export type { Attributes } from "./world/grammar.js";
export { isHeldOut } from "./world/scene.js";
export {
  compositionKey,
  paint,
  parseCaption,
  readCaption,
  type Split,
  sampleScene,
  sceneOf,
  type WorldOptions,
  type WorldSample,
  worldSample,
} from "./world/world.js";
