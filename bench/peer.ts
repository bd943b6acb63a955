/** @file Times the loops of bench/peers beside ours, where a Python with torch is at hand. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/**
 * What a loop prints, seconds by batch size; undefined, with a word why, without torch. DALLE_PYTHON names the interpreter,
 * DALLE_PYTORCH and MIN_DALLE the folders of the sources of the packages that "dalle-pytorch" and "min-dalle-pixels" run.
 */
export async function timePeer(
  loop: "uncached-loop" | "dalle-pytorch" | "mini-loop" | "min-dalle-pixels",
  batches: readonly number[],
): Promise<Readonly<Record<number, number>> | undefined> {
  const python = process.env.DALLE_PYTHON ?? "python3";
  const path = fileURLToPath(new URL(`peers/${loop}.py`, import.meta.url));
  try {
    const { stdout } = await promisify(execFile)(python, [path, ...batches.map(String)]);
    return JSON.parse(stdout);
  } catch (cause) {
    const reason = (cause as Error).message.trim().split("\n").at(-1);
    console.log(`The peer was not timed (${reason}); name a Python with torch in DALLE_PYTHON.`);
    return undefined;
  }
}
