/** @file Pictures on their way: what is guessed, and what is decoded of them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { fillUnknown, PartialPicture } from "../../src/drawing/partial-picture.js";
import { DvaeRuntime } from "../../src/runtime/dvae.js";

const fill = (codes: number[], known: number[]) =>
  [...fillUnknown(codes, (index) => known.includes(index), 3)].join(" ");

test("an unknown code repeats the one above, the one before, or the first known", () => {
  expect(fill([4, 5, 6, 7, 0, 0, 0, 0, 0], [0, 1, 2, 3])).toBe("4 5 6 7 5 6 7 5 6");
  expect(fill([4, 0, 0, 0, 0, 0, 0, 0, 0], [0])).toBe("4 4 4 4 4 4 4 4 4");
  expect(fill([0, 0, 0, 0, 0, 0, 1, 2, 3], [6, 7, 8])).toBe("1 1 1 1 1 1 1 2 3");
  expect(fill([0, 0, 0, 0, 9, 0, 0, 0, 0], [4])).toBe("9 9 9 9 9 9 9 9 9");
});

describe("of a grid of 8 × 8", () => {
  const codes = Int32Array.from({ length: 64 }, (_, index) => (index * 7 + (index >> 3)) % 16);
  const upTo = (count: number) => (index: number) => index < count;
  let folder: string;
  let dvae: DvaeRuntime;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "dalle-partial-"));
    const { dvae: config } = await writeTinyModel(folder);
    dvae = new DvaeRuntime(folder, config!);
  });
  afterAll(async () => {
    await dvae[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  /** Rows of codes that are decoded while `show` runs. */
  async function decodedRows(show: () => Promise<unknown>): Promise<number> {
    const decode = vi.spyOn(dvae, "decode");
    await show();
    const rows = decode.mock.calls.reduce((sum, [part]) => sum + part.length / 8, 0);
    decode.mockRestore();
    return rows;
  }

  /** The decoder sees a little of codes that are far away. */
  function expectNear(shown: Uint8Array, whole: Uint8Array) {
    for (const [index, value] of shown.entries()) {
      expect(Math.abs(value - whole[index]!)).toBeLessThan(8);
    }
  }

  test("new rows alone are decoded, with two on each side, and what is known looks as in the whole picture", async () => {
    const picture = new PartialPicture(dvae);
    const counts: number[] = [];
    for (const known of [16, 24, 24, 32, 64]) {
      counts.push(await decodedRows(() => picture.show(codes, upTo(known))));
    }
    expect(counts).toEqual([2 + 2, 2 + 1 + 2, 0, 2 + 1 + 2, 2 + 4]);
    const [shown, whole] = [await picture.show(codes, upTo(64)), await dvae.decode(codes)];
    expectNear(shown.pixels, whole.pixels);
  });

  test("a row whose guess was right is decoded all the same when it is known", async () => {
    // Each cell is a ramp of eight lines, of which a smear would repeat the last one.
    const decode = vi.spyOn(dvae, "decode").mockImplementation(async (part) => {
      const height = part.length; // eight codes a row, of eight lines each
      const pixels = Uint8Array.from({ length: 3 * 64 * height }, (_, at) => {
        const line = Math.floor(at / (3 * 64));
        return 30 * (line % 8);
      });
      return { width: 64, height, pixels };
    });
    const plain = new Int32Array(64).fill(5);
    const picture = new PartialPicture(dvae);
    for (const known of [8, 32, 48]) await picture.show(plain, upTo(known));
    const [shown, whole] = [await picture.show(plain, upTo(64)), await dvae.decode(plain)];
    decode.mockRestore();
    expect(shown.pixels).toEqual(whole.pixels);
  });

  test("what is kept below a hole is shown from the first time on", async () => {
    const isKnown = (index: number) => index < 8 || index >= 32;
    const shown = await new PartialPicture(dvae).show(codes, isKnown);
    const whole = await dvae.decode(codes);
    const lastRow = 3 * 64 * (64 - 8);
    expectNear(shown.pixels.subarray(lastRow), whole.pixels.subarray(lastRow));
  });

  test("a decoder of whole pictures decodes them whole", async () => {
    const picture = new PartialPicture(dvae);
    const fixed = vi.spyOn(dvae, "decodesRows").mockResolvedValue(false);
    expect(await decodedRows(() => picture.show(codes, upTo(16)))).toBe(8);
    expect(await decodedRows(() => picture.show(codes, upTo(24)))).toBe(8);
    fixed.mockRestore();
  });
});
