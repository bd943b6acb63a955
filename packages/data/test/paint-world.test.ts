/** @file Pictures painted by threads: every one, in order, and the same ones as painted here. */
import { expect, test } from "vitest";
import { paint, paintWorld, worldSample } from "../src/index.js";

const size = 16;
const families = ["blocks", "objects"] as const;

/** All bytes, and where each stretch started. */
async function painted(options: { count: number; workers?: number; seed?: number }) {
  const starts: number[] = [];
  const parts: Uint8Array[] = [];
  for await (const { start, bytes } of paintWorld({ seed: 3, size, families, ...options })) {
    starts.push(start);
    parts.push(bytes);
  }
  return { starts, bytes: Buffer.concat(parts) };
}

test("all pictures in order, from one thread, from three, and from none", async () => {
  const count = 700;
  const expected = Buffer.concat(
    Array.from({ length: count }, (_, index) =>
      paint(worldSample(3, index, { families }).scene, size),
    ),
  );
  for (const workers of [1, 3]) {
    const { starts, bytes } = await painted({ count, workers });
    expect(starts).toEqual([0, 256, 512]);
    expect(bytes.equals(expected)).toBe(true);
  }
  const { bytes } = await painted({ count: 40 }); // too few for a thread
  expect(bytes.equals(expected.subarray(0, bytes.length))).toBe(true);
  expect(bytes.length).toBe(40 * size * size * 3);
});

test("what a thread refuses is told here, and taking no more ends the threads", async () => {
  await expect(painted({ count: 300, seed: -1 })).rejects.toThrow(
    "seed: expected an integer in [0, 2^53), got -1",
  );
  for await (const { start } of paintWorld({ seed: 1, count: 5000, size, families })) {
    expect(start).toBe(0);
    break;
  }
});
