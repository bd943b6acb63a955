/** @file Which pictures are drawn together next. */
import type { EngineOrder } from "../engine/messages.js";

interface Waiting {
  readonly orders: readonly EngineOrder[];
  next: number;
  running: number;
}

/**
 * Takes a picture of each job in turn, the oldest job first, until `capacity` is reached; at least one. A picture weighs as
 * much as it has candidates. Counts what it takes as running.
 */
export function pickBatch<Job extends Waiting>(
  jobs: readonly Job[],
  capacity: number,
): { job: Job; index: number }[] {
  const taken: { job: Job; index: number }[] = [];
  let room = capacity;
  for (;;) {
    const before = taken.length;
    for (const job of jobs) {
      const order = job.orders[job.next];
      if (!order) continue;
      const weight = order.from ? (order.candidates ?? 1) : 1;
      if (taken.length > 0 && weight > room) return taken;
      room -= weight;
      taken.push({ job, index: job.next++ });
      job.running++;
    }
    if (taken.length === before) return taken;
  }
}
