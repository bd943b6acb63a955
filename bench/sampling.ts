/** @file Times what is TypeScript's own part of a step: guidance, top-k, top-p and the draw, for a batch. */

import { mixGuidance, SeededRandom, sampleCode } from "dalle-ts/parts";
import { QUIET, quantile } from "./decode.js";

const STEPS = 256;

/** Milliseconds a quiet step of `batch` pictures with `codes` logits each, guided, top-p 0.95; topK: of the codes. */
export function timeSampling(codes: number, batch: number, topK = codes): number {
  const random = new SeededRandom(1);
  const rows = Array.from({ length: 2 * batch }, () =>
    Float32Array.from({ length: codes }, () => 6 * random.next()),
  );
  const mixed = new Float32Array(codes);
  const settings = { temperature: 0.8, topK, topP: 0.95 };
  const step = () => {
    for (let picture = 0; picture < batch; picture++) {
      mixGuidance(rows[picture]!, rows[batch + picture]!, 2, mixed);
      sampleCode(mixed, random.next, settings);
    }
  };
  for (let warm = 0; warm < STEPS; warm++) step();
  const steps = Array.from({ length: STEPS }, () => {
    const started = performance.now();
    step();
    return performance.now() - started;
  });
  return quantile(steps, QUIET);
}
