/** @file The painted world as pictures in memory, painted by threads ahead of who takes them. */
import { availableParallelism } from "node:os";
import { requireCount } from "../random.js";
import { type FamilyName, familyNames } from "../world/families.js";
import type { Split } from "../world/world.js";
import { Painter } from "./painter.js";
import { paintStretch } from "./stretch.js";

export interface PaintWorldOptions {
  readonly seed: number;
  /** Samples 0 … count − 1 of the stream. */
  readonly count: number;
  /** Side in pixels, in [8, 2048]. */
  readonly size: number;
  /** @default "train" */
  readonly split?: Split;
  /** @default all of them */
  readonly families?: readonly FamilyName[];
  /** As of `WorldOptions`. @default 1 */
  readonly alike?: number;
  /**
   * Threads that paint; none for fewer pictures than one stretch, which take less time than a thread to start. @default
   * one for each core
   */
  readonly workers?: number;
}

export interface PaintedStretch {
  /** Index of the first picture. */
  readonly start: number;
  readonly count: number;
  /** Height × width × channel bytes of each picture, one behind the other. */
  readonly bytes: Uint8Array;
}

/** Pictures of a stretch. */
const STRETCH = 256;
/** Stretches that a thread may be ahead: enough to keep it busy, few enough to hold in memory. */
const AHEAD = 2;

/** Every picture once, in order; the same pictures for any number of threads. */
export async function* paintWorld({
  seed,
  count,
  size,
  split = "train",
  families = familyNames,
  alike = 1,
  workers = availableParallelism(),
}: PaintWorldOptions): AsyncGenerator<PaintedStretch, void, undefined> {
  requireCount("count", count);
  const stretches = Array.from({ length: Math.ceil(count / STRETCH) }, (_, number) => {
    const start = number * STRETCH;
    return { seed, start, count: Math.min(STRETCH, count - start), size, split, families, alike };
  });
  if (stretches.length <= 1) {
    for (const stretch of stretches) yield { ...stretch, bytes: paintStretch(stretch) };
    return;
  }
  await using painters = new Painters(Math.min(workers, stretches.length));
  const asked: Promise<Uint8Array>[] = [];
  for (const [number, stretch] of stretches.entries()) {
    while (asked.length < Math.min(number + AHEAD * workers, stretches.length)) {
      const painting = painters.at(asked.length).paint(stretches[asked.length]!);
      painting.catch(() => undefined); // told when its turn comes
      asked.push(painting);
    }
    const bytes = await asked[number]!;
    delete asked[number]; // so that it can be freed
    yield { start: stretch.start, count: stretch.count, bytes };
  }
}

class Painters implements AsyncDisposable {
  readonly #painters: readonly Painter[];

  constructor(count: number) {
    this.#painters = Array.from({ length: count }, () => new Painter());
  }

  /** Takes turns. */
  at(turn: number): Painter {
    return this.#painters[turn % this.#painters.length]!;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#painters.map((painter) => painter[Symbol.asyncDispose]()));
  }
}
