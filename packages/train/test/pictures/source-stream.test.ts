/** @file The user's own pictures as batches: as many decoded at a time as there are cores, and the same whatever that is. */
import { availableParallelism } from "node:os";
import { dvaeCut, type PictureSource } from "@dalle-ts/data";
import { encodePng } from "dalle-ts";
import { describe, expect, test, vi } from "vitest";
import type { PictureStream } from "../../src/pictures/picture-batches.js";
import { sourceSamples, sourceStream } from "../../src/pictures/source-stream.js";

vi.mock("node:os", async (original) => {
  const actual = await original<typeof import("node:os")>();
  return { ...actual, availableParallelism: vi.fn(() => 3) };
});

const count = 12;
const pictures = await Promise.all(
  Array.from({ length: count }, (_, index) => {
    const pixels = Uint8Array.from({ length: 20 * 24 * 3 }, (_, at) => (7 * index + at) & 255);
    return encodePng({ width: 20, height: 24, pixels });
  }),
);

async function load() {
  let reading = 0;
  let most = 0;
  const source = {
    path: "photos",
    count,
    async read(index: number) {
      most = Math.max(most, ++reading);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading--;
      return { key: String(index), caption: `picture ${index}`, bytes: pictures[index]! };
    },
  } as unknown as PictureSource;
  const stream = sourceStream(source, dvaeCut, { size: 8, seed: 1 });
  return { loaded: await stream.load([...pictures.keys()], 5), most };
}

test.each([1, 3, 8])("with %i cores", async (cores) => {
  vi.mocked(availableParallelism).mockReturnValue(cores);
  const { loaded, most } = await load();
  expect(most).toBe(cores);
  vi.mocked(availableParallelism).mockReturnValue(5);
  expect(loaded).toEqual((await load()).loaded);
  expect(loaded.captions[7]).toBe("picture 7");
});

describe("of forty pictures, of which two are held out", () => {
  const options = { size: 8, seed: 1 };
  /** Caption n belongs to record n; those of `broken` cannot be read. */
  const sourceOf = (broken: readonly number[]) =>
    ({
      path: "photos",
      count: 40,
      read: async (index: number) =>
        broken.includes(index)
          ? { file: `${index}.png`, reason: "is empty" }
          : { key: String(index), caption: `${index}`, bytes: pictures[index % count]! },
    }) as unknown as PictureSource;
  const captionsOf = async (stream: Pick<PictureStream, "count" | "load">) =>
    (await stream.load([...Array(stream.count).keys()], 0)).captions.map(Number);

  test("each has its own", async () => {
    const { heldOut, ...training } = sourceStream(sourceOf([]), dvaeCut, options);
    expect(await captionsOf(heldOut!)).toEqual([19, 39]);
    expect(await captionsOf(training)).toEqual(
      [...Array(40).keys()].filter((record) => record % 20 !== 19),
    );
  });

  test("one that cannot be read is replaced by one of its own kind, and told once", async () => {
    const warnings: string[] = [];
    const onWarning = (text: string) => warnings.push(text);
    const source = sourceOf([18, 19]);
    const { heldOut, ...training } = sourceStream(source, dvaeCut, { ...options, onWarning });
    expect(await captionsOf(heldOut!)).toEqual([39, 39]);
    const trained = await captionsOf(training);
    expect(trained.slice(17, 20)).toEqual([17, 20, 20]);
    expect(warnings).toEqual([
      "19.png is empty; the picture behind it takes its place.",
      "18.png is empty; the picture behind it takes its place.",
    ]);
    const samples = await sourceSamples(source, 9, options);
    expect(samples.map(({ caption }) => caption)).toEqual(["39", "39"]);
  });

  test("of many that cannot be read, the first ones are told", async () => {
    const warnings: string[] = [];
    const broken = Array.from({ length: 15 }, (_, index) => index);
    const onWarning = (text: string) => warnings.push(text);
    const stream = sourceStream(sourceOf(broken), dvaeCut, { ...options, onWarning });
    await captionsOf(stream);
    expect(warnings).toHaveLength(11);
    expect(warnings.at(-1)).toBe(
      "More pictures are replaced, which are not told; `dalle data check` lists them.",
    );
  });

  test("where none of a kind can be read, it says how many were tried", async () => {
    const { heldOut } = sourceStream(sourceOf([19, 39]), dvaeCut, options);
    await expect(captionsOf(heldOut!)).rejects.toThrow(
      "2 pictures of photos in a row cannot be read; look at it with `dalle data check`.",
    );
  });
});
