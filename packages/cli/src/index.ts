/** @module The `dalle` command as a function, for programs and tests that want it in their own process. */
export type { Io } from "./io.js";
export { run } from "./run.js";
