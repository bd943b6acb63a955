/** @file Runs `dalle` in this process, with everything it prints caught and interrupts at hand. */
import { EventEmitter } from "node:events";
import { readdir } from "node:fs/promises";
import { PassThrough } from "node:stream";
import { run } from "../src/index.js";

export { temporaryFolder } from "../../../test/temporary-folder.js";

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface DalleOptions {
  /** Pretend that stdout and stderr are a terminal. */
  readonly terminal?: boolean;
  /** Interrupts as soon as the command listens. */
  readonly interrupt?: boolean;
}

/** One command line in this process. */
export async function dalle(argv: readonly string[], options: DalleOptions = {}): Promise<Outcome> {
  let stdout = "";
  let stderr = "";
  const stream = new PassThrough({ encoding: "utf8" });
  stream.on("data", (text: string) => {
    stderr += text;
  });
  const signals = new EventEmitter();
  if (options.interrupt) {
    signals.once("newListener", (name) => setImmediate(() => signals.emit(name)));
  }
  const exitCode = await run(argv, {
    stdout: {
      isTTY: options.terminal ?? false,
      write: (text) => {
        stdout += text;
      },
    },
    stderr: Object.assign(stream, { isTTY: options.terminal ?? false, columns: 200 }),
    signals,
  });
  stream.end();
  if (signals.listenerCount("SIGINT") > 0) throw new Error("the command still listens to SIGINT");
  return { exitCode, stdout, stderr };
}

/** The same, for a command that must work; returns the object that --json prints. */
// biome-ignore lint/suspicious/noExplicitAny: tests look at what they expect to find
export async function dalleJson(argv: readonly string[]): Promise<any> {
  const { exitCode, stdout, stderr } = await dalle([...argv, "--json"]);
  if (exitCode !== 0) throw new Error(`exit code ${exitCode}: ${stderr}`);
  return JSON.parse(stdout);
}

/** What a failed command must not have left behind. */
export async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
