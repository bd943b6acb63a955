/** @file Progress bars where stderr is a file: the lines they leave. */
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { openProgress } from "../src/progress.js";

test("a bar that stands for several files shows the size of the one under way", async () => {
  const stream = new PassThrough();
  const progress = openProgress(stream, { label: "fetching", unit: "MB", linesEvery: 60_000 });
  progress.update(10, 10);
  progress.update(5, 200);
  progress[Symbol.dispose]();
  stream.end();
  expect(await text(stream)).toContain("5/200 MB");
});

test("no time left is told before there is an estimate", async () => {
  const stream = new PassThrough();
  const progress = openProgress(stream, { label: "training", unit: "steps", linesEvery: 60_000 });
  progress.update(1, 100, "loss 1");
  progress[Symbol.dispose]();
  stream.end();
  const shown = await text(stream);
  expect(shown).toContain("1/100 steps · loss 1");
  expect(shown).not.toContain("left");
});
