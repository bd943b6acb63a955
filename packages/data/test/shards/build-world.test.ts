/** @file The world in shards: the same bytes for any number of workers, whether built in one go or in two. */
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildWorld, openSource, worldSample } from "../../src/index.js";
import { newFolder } from "../source/fixtures.js";

const options = { count: 25, shardSize: 6, size: 16, seed: 3 };

test("the same shards from one worker and from three, in one go and in two", async () => {
  const [alone, together] = [newFolder(), newFolder()];
  const expected = await buildWorld(alone, { ...options, workers: 1 });
  expect(expected.map(({ samples }) => samples)).toEqual([6, 6, 6, 6, 1]);
  const controller = new AbortController();
  const onProgress = (done: number) => done > 6 && controller.abort();
  const stopping = { ...options, workers: 2, onProgress, signal: controller.signal };
  await expect(buildWorld(together, stopping)).rejects.toMatchObject({ code: "aborted" });
  expect((await readdir(together)).length).toBeLessThan(6);
  expect(await buildWorld(together, { ...options, workers: 3 })).toEqual(expected);
  expect(await readdir(together)).toEqual(await readdir(alone));
  await using source = await openSource(together);
  expect(source.count).toBe(25);
  expect(await source.readCaption(24)).toMatchObject({ caption: worldSample(3, 24).caption });
});

test("another seed is other shards, and refused in the same folder", async () => {
  const folder = newFolder();
  const [first] = await buildWorld(folder, { ...options, count: 2, workers: 1 });
  await expect(buildWorld(folder, { ...options, count: 2, seed: 4 })).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringMatching(/was made with another seed \(world\.json\); .*-o\.$/),
  });
  await rm(join(folder, "world.json"));
  const [other] = await buildWorld(folder, { ...options, count: 2, seed: 4 });
  expect(other!.sha256).not.toBe(first!.sha256);
});
