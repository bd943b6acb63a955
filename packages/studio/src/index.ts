/** @module An OpenAI-compatible image server, and the Studio web page. */
export * from "./serve.js";
