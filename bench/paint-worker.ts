/** @file A thread of `timePainting`: draws and paints for as long as it is told, each time further on in its own stream. */
import { parentPort, threadId } from "node:worker_threads";
import { type FamilyName, paint, worldSample } from "@dalle-ts/data";

export interface PaintJob {
  readonly families: readonly FamilyName[];
  readonly milliseconds: number;
}

export interface PaintAnswer {
  readonly pictures: number;
  readonly seconds: number;
}

const SIZE = 128;
let index = 0;

parentPort!.on("message", ({ families, milliseconds }: PaintJob) => {
  const [started, first] = [performance.now(), index];
  while (performance.now() - started < milliseconds)
    paint(worldSample(threadId, index++, { families }).scene, SIZE);
  const answer: PaintAnswer = {
    pictures: index - first,
    seconds: (performance.now() - started) / 1000,
  };
  parentPort!.postMessage(answer);
});
