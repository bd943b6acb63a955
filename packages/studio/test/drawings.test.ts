/** @file Drawings: when one has ended, so has everything that it writes, and what cannot be kept is still given. */
import type { GeneratedImage } from "dalle-ts";
import { expect, test } from "vitest";
import { Drawings, type DrawingsParts } from "../src/drawing/drawings.js";
import { OwnerLimits } from "../src/drawing/owner-limits.js";
import type { Job } from "../src/queue/drawing-queue.js";

const image = {
  width: 1,
  height: 1,
  pixels: new Uint8Array(3),
  caption: "a ball",
  seed: 1,
} as unknown as GeneratedImage;

const request = {
  kind: "generation" as const,
  caption: "a ball",
  seed: 1,
  candidates: 1,
  partials: 0,
  sampling: { temperature: 1, topK: 1, topP: 1, guidance: 1 },
  described: {},
};

test("a request that fails after its first picture is over when that one is kept", async () => {
  const kept: string[] = [];
  const parts = {
    model: { name: "tiny", hash: "h" },
    limits: new OwnerLimits(),
    metrics: { countPicture: () => undefined },
    queue: {
      async draw({ onEvent }: Job) {
        onEvent({ type: "image", index: 0, image } as never);
        throw new Error("the second one failed");
      },
    },
    library: {
      async add(id: string) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        kept.push(id);
      },
    },
  } as unknown as DrawingsParts;
  const drawings = new Drawings(parts);
  const events: string[] = [];
  const drawing = drawings.draw(
    { ...request, count: 2 },
    { owner: "anybody", onEvent: ({ type }) => events.push(type) },
  );
  drawing.catch(() => undefined);
  await drawings.settled();
  expect([kept.length, events]).toEqual([1, ["picture"]]);
  await expect(drawing).rejects.toThrow("the second one failed");
});

test("of many to choose from, as many are shown on their way as are asked for", async () => {
  const partials: (number | undefined)[] = [];
  const parts = {
    model: { name: "tiny", hash: "h" },
    limits: new OwnerLimits(3),
    metrics: { countPicture: () => undefined },
    queue: {
      draw: async ({ orders }: Job) => partials.push(...orders.map((each) => each.partials)),
    },
  } as unknown as DrawingsParts;
  const drawings = new Drawings(parts);
  const asked = { ...request, partials: 2, count: 1 };
  await drawings.draw({ ...asked, rerank: 3 }, { owner: "anybody" });
  expect(partials).toEqual([2, 0, 0]);
  expect(() => drawings.draw({ ...asked, rerank: 4 }, { owner: "anybody" })).toThrow(/^rerank: /);
});
