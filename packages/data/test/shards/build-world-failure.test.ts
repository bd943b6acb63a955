/** @file A shard that cannot be painted, by painters that do as they are told: what a full disk means for the others. */
import { setImmediate } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { buildWorld } from "../../src/index.js";
import type { WrittenShard } from "../../src/shards/shard-writer.js";
import { newFolder } from "../source/fixtures.js";

const { asked } = vi.hoisted(() => ({ asked: [] as number[] }));
vi.mock("../../src/painters/painter.js", () => ({
  Painter: class {
    async writeShard({ number }: { number: number }): Promise<WrittenShard> {
      asked.push(number);
      if (number === 0) throw new Error("the disk is full");
      await setImmediate();
      return { name: `${number}.tar`, samples: 1, bytes: 0, sha256: "" };
    }
    async [Symbol.asyncDispose]() {}
  },
}));

test("one shard that fails is told before all others are painted", async () => {
  const building = buildWorld(newFolder(), { count: 9, shardSize: 1, size: 16, workers: 2 });
  await expect(building).rejects.toThrow("the disk is full");
  expect(asked).toEqual([0, 1]);
});
