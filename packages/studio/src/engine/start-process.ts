/**
 * @file Starts the model's process, from JavaScript or, in tests and from sources, from TypeScript. A process and not a
 * thread: should native code crash, the server and its library go on.
 */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** hash: of the model that must be in the folder. @default any */
export function startModelProcess(model: string, hash?: string): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const program = new URL(`./model-process.${isSource ? "ts" : "js"}`, import.meta.url);
  return fork(fileURLToPath(program), hash === undefined ? [model] : [model, hash], {
    execArgv: isSource ? ["--conditions=@dalle-ts/source", "--import=tsx"] : [],
    serialization: "advanced", // pictures are typed arrays
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}
