/** @file The world in shards: the same bytes for any number of workers, whether built in one go or in two. */
import { readdir, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildWorld, openSource, worldSample } from "../../src/index.js";
import { newFolder, write } from "../source/fixtures.js";

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
  const [folder, another] = [newFolder(), newFolder()];
  const [first] = await buildWorld(folder, { ...options, count: 2, workers: 1 });
  await expect(buildWorld(folder, { ...options, count: 2, seed: 4 })).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringMatching(/was made with another seed \(world\.json\); .*-o\.$/),
  });
  const [other] = await buildWorld(another, { ...options, count: 2, seed: 4 });
  expect(other!.sha256).not.toBe(first!.sha256);
});

test("a shard that became shorter is painted again, and no other", async () => {
  const folder = newFolder();
  const expected = await buildWorld(folder, { ...options, workers: 1 });
  const path = join(folder, "00001.tar");
  const before = await readFile(path);
  await truncate(path, 700);
  const steps: number[] = [];
  const onProgress = (done: number) => steps.push(done);
  expect(await buildWorld(folder, { ...options, workers: 1, onProgress })).toEqual(expected);
  expect(steps).toEqual([24, 25]);
  expect(await readFile(path)).toEqual(before);
});

test("shards that are not its own are left as they are, and a shard of nothing is refused", async () => {
  const folder = write({ "00000.tar": "of somebody else" });
  await expect(buildWorld(folder, options)).rejects.toMatchObject({
    code: "bad_option",
    message: `${folder} holds shards already; choose another folder with -o.`,
  });
  expect(await readdir(folder)).toEqual(["00000.tar"]);
  await expect(buildWorld(newFolder(), { ...options, shardSize: 0 })).rejects.toThrow(
    "shardSize: expected an integer >= 1, got 0",
  );
});
