/** @module An OpenAI-compatible image server, and the Studio web page. */
export { usableKey } from "./http/keys.js";
export { publicAddress } from "./http/public-url.js";
export * from "./serve.js";
