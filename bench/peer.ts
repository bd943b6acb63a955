/** @file Times the loop of bench/peers beside ours, where a Python with torch is at hand. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const loop = fileURLToPath(new URL("peers/uncached-loop.py", import.meta.url));

/** Seconds a picture by batch size; undefined, with a word why, without torch. DALLE_PYTHON names the interpreter. */
export async function timePeer(
  batches: readonly number[],
): Promise<Readonly<Record<number, number>> | undefined> {
  const python = process.env.DALLE_PYTHON ?? "python3";
  try {
    const { stdout } = await promisify(execFile)(python, [loop, ...batches.map(String)]);
    return JSON.parse(stdout);
  } catch (cause) {
    const reason = (cause as Error).message.trim().split("\n").at(-1);
    console.log(`The peer was not timed (${reason}); name a Python with torch in DALLE_PYTHON.`);
    return undefined;
  }
}
