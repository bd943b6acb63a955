/**
 * @module Pictures and captions: the painted world and its judges, captioned pictures of the user's own, and the toy task.
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

export { CodeShards } from "./codes/code-shards.js";
export {
  type EncodeOptions,
  type EncodeResult,
  encodeSource,
  type PictureEncoder,
} from "./codes/encode.js";
export {
  type PaintedStretch,
  type PaintWorldOptions,
  paintWorld,
} from "./painters/paint-world.js";
export { areaResize } from "./pictures/area-resize.js";
export {
  type CutName,
  type Cutter,
  centreCut,
  cutters,
  dvaeCut,
  transformerCut,
} from "./pictures/cut.js";
export { type DecodedPicture, decodePicture, MOST_PIXELS } from "./pictures/decode.js";
export * from "./pictures/filters.js";
export type { RgbImage } from "./pictures/rgb-image.js";
export { Random } from "./random.js";
export { type BuildWorldOptions, buildWorld } from "./shards/build-world.js";
export { type PackOptions, type PackResult, packSource } from "./shards/pack.js";
export type { WrittenShard } from "./shards/shard-writer.js";
export type { SquareOptions } from "./shards/squares.js";
export { captionedSheet, type SheetCell } from "./sheet/captioned-sheet.js";
export { sourceCells, worldCells } from "./sheet/cells.js";
export { captionLines, drawCaption } from "./source/caption-lines.js";
export type { ColumnNames } from "./source/columns.js";
export { isWithin } from "./source/file-names.js";
export type { CaptionsFrom } from "./source/folder.js";
export { type OpenSourceOptions, openSource } from "./source/open.js";
export {
  type CaptionRecord,
  isProblem,
  type PictureRecord,
  type PictureSource,
  type Problem,
} from "./source/record.js";
export { type MapRecordsOptions, mapRecords, requireRecords } from "./source/records.js";
export { type Survey, type SurveyOptions, surveySource } from "./survey/survey.js";
export { type ToySample, toyCount, toySample, toySize } from "./toy/toy.js";
export { type FamilyName, familyNames, judgedFamilyNames, type Scene } from "./world/families.js";
export type { Attributes } from "./world/grammar.js";
export { isHeldOut, type Verdict } from "./world/scene.js";
export {
  attributesOf,
  type Claim,
  captionOf,
  claimOf,
  compositionKey,
  compositionKeyOfCaption,
  describes,
  judge,
  paint,
  readCaption,
  readPicture,
  refuseHeldOut,
  type Split,
  sampleScene,
  sceneOf,
  sharedAttributes,
  WORLD_VERSION,
  type WorldOptions,
  type WorldSample,
  worldSample,
} from "./world/world.js";
