/** @file Times what is TypeScript's own part of a step: guidance, top-k, top-p and the draw, for a batch. */
import { mixGuidance, SeededRandom, sampleCode } from "dalle-ts";

const STEPS = 256;

/** Milliseconds a step of `batch` pictures with `codes` logits each, guided, top-k half of the codes, top-p 0.95. */
export function timeSampling(codes: number, batch: number): number {
  const random = new SeededRandom(1);
  const rows = Array.from({ length: 2 * batch }, () =>
    Float32Array.from({ length: codes }, () => 6 * random.next()),
  );
  const mixed = new Float32Array(codes);
  const settings = { temperature: 0.8, topK: codes / 2, topP: 0.95 };
  const step = () => {
    for (let picture = 0; picture < batch; picture++) {
      mixGuidance(rows[picture]!, rows[batch + picture]!, 2, mixed);
      sampleCode(mixed, random.next, settings);
    }
  };
  for (let warm = 0; warm < STEPS; warm++) step();
  const started = performance.now();
  for (let each = 0; each < STEPS; each++) step();
  return (performance.now() - started) / STEPS;
}
