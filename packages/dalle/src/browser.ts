/** @module A caption becomes a picture, in a page. Bundlers find this by the "browser" condition. */
export * from "./isomorphic.js";
export { imageDataOf } from "./platform/browser/images.js";
