/** @module What of this package runs in a page: no files, no recorder. Bundlers find it by the "browser" condition. */
export * from "./errors.js";
export { isLasting, lastingArray } from "./lasting.js";
export * from "./parameters.js";
export * from "./tensor.js";
