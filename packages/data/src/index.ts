/**
 * @module Pictures and captions: the painted world and its judges, and the toy task.
 *
 * ```ts
 * const { scene, caption } = worldSample(7, 0); // "a small red block sitting on a large green block"
 * const pixels = paint(scene, 64); //             64 × 64 × 3 bytes: height, width, RGB
 * judge(scene, pixels, 64); //                    { "first.colour": true, relation: true, … }
 * ```
 *
 * Seeds and indices are integers in [0, 2^53). Wrong options throw `DalleError` with code "bad_option",
 * pixels of the wrong length one with "bad_shape".
 */
export { Random } from "./random.js";
export { type ToySample, toyCount, toySample, toySize } from "./toy/toy.js";
export { type FamilyName, familyNames, judgedFamilyNames, type Scene } from "./world/families.js";
export type { Attributes } from "./world/grammar.js";
export { isHeldOut, type Verdict } from "./world/scene.js";
export {
  compositionKey,
  judge,
  paint,
  parseCaption,
  readCaption,
  readPicture,
  refuseHeldOut,
  type Split,
  sampleScene,
  sceneOf,
  type WorldOptions,
  type WorldSample,
  worldSample,
} from "./world/world.js";
