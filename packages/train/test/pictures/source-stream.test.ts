/** @file The user's own pictures as batches: as many decoded at a time as there are cores, and the same whatever that is. */
import { availableParallelism } from "node:os";
import { dvaeCut, type PictureSource } from "@dalle-ts/data";
import { encodePng } from "dalle-ts";
import { expect, test, vi } from "vitest";
import { sourceStream } from "../../src/pictures/source-stream.js";

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
