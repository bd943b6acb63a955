/**
 * @file `npm run bench:partials`: what it costs to show pictures while they are drawn, on the bundled model at the default
 * cadence. A table and one JSON line.
 */
import { Dalle } from "dalle-ts";

const ROUNDS = 3;

await using dalle = await Dalle.load();
const timings = [await timePartials(1), await timePartials(8)];
console.table(timings);
console.log(JSON.stringify({ model: dalle.hash, timings }));

/** Alternating, best of the rounds: a request that shows nothing on its way, and one at the default cadence. */
async function timePartials(count: number) {
  const best = { without: Number.POSITIVE_INFINITY, with: Number.POSITIVE_INFINITY };
  for (let round = 0; round < ROUNDS; round++) {
    for (const kind of ["without", "with"] as const) {
      const started = performance.now();
      const options = { count, seed: 1, ...(kind === "without" && { partials: 0 }) };
      for await (const event of dalle.stream("a red cube", options)) void event;
      best[kind] = Math.min(best[kind], performance.now() - started);
    }
  }
  return {
    pictures: count,
    "ms without partials": Math.round(best.without),
    "ms with": Math.round(best.with),
    "cost in %": Number((100 * (best.with / best.without - 1)).toFixed(1)),
  };
}
