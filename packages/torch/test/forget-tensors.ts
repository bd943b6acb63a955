/** @file A process that makes 2000 tensors of 1 MB outside of any scope, forgets all but one, and counts what is left. */
import { setImmediate as nextTurn } from "node:timers/promises";
import { aten, liveTensorCount, scalarTypes } from "../src/index.js";

const make = () => aten("aten::full", [256, 1024], 1, scalarTypes.f32, undefined, "cpu");
const held = make();
let largest = 0;
for (let round = 0; round < 2000; round++) {
  make();
  largest = Math.max(largest, process.memoryUsage.rss());
  if (round % 50 === 0) await nextTurn(); // finalisers run between turns
}
for (let round = 0; round < 5; round++) {
  globalThis.gc!();
  await nextTurn();
}
console.log(JSON.stringify({ live: liveTensorCount(), megabytes: largest / 2 ** 20 }));
held.dispose();
