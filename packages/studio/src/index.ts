/** @module An OpenAI-compatible image server, and the Studio web page. */
export { publicAddress } from "./http/public-url.js";
export * from "./serve.js";
