import { describe, expect, test, vi } from "vitest";
import {
  type CompleteOptions,
  Dalle,
  type DalleImage,
  encodePng,
  type GenerateOptions,
  loadImage,
} from "../src/index.js";
import { CodeWalker } from "../src/parts.js";
import { DvaeRuntime } from "../src/runtime/dvae.js";
import { all, tinyDalle } from "./tiny-dalle.js";

const caption = "a small red block";
let folder: string;
let dalle: Dalle;
let image: DalleImage;
/** The picture's codes, 8 × 8 of 16. */
let codes: Int32Array;

tinyDalle({ logitScale: 60 }, async (tiny) => {
  ({ dalle, folder } = tiny);
  const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * index) % 251);
  image = { width: 64, height: 64, pixels };
  codes = (await dalle.reconstruct(image)).codes;
});

/** Where the two differ. */
function changed(left: Int32Array, right: Int32Array): number[] {
  return [...left.keys()].filter((index) => left[index] !== right[index]);
}

describe("complete", () => {
  const border = 2 / 8;
  const around = { top: border, bottom: border, left: border, right: border };
  const isInHole = (index: number) => {
    const [row, column] = [Math.floor(index / 8), index % 8];
    return row >= 2 && row < 6 && column >= 2 && column < 6;
  };

  test("keeps the codes above, and draws others below from seed to seed", async () => {
    const images = await dalle.complete(image, caption, { keep: { top: 0.5 }, count: 3, seed: 1 });
    for (const each of images) {
      expect(changed(each.codes, codes).every((index) => index >= 32)).toBe(true);
      expect(each.fit).toBeUndefined();
    }
    expect(changed(images[0]!.codes, images[1]!.codes).length).toBeGreaterThan(8);
  });

  test("keeps the very codes that a picture was drawn with, in a file too, unless it was painted over", async () => {
    const [drawn] = await dalle.generate(caption, { seed: 2 });
    const pixels = Uint8Array.from(drawn!.pixels);
    const alone = { width: 64, height: 64, pixels };
    const read = (await dalle.reconstruct(alone)).codes;
    expect(changed(drawn!.codes, read).length).toBeGreaterThan(0); // or there would be nothing to keep
    const keep = { rectangle: { left: 0, top: 0, width: 1, height: 7 / 8 } };
    const [completed] = await dalle.complete(drawn!, caption, { keep, seed: 3 });
    expect(changed(completed!.codes, drawn!.codes).every((index) => index >= 56)).toBe(true);
    const loaded = await loadImage(await encodePng(completed!, { caption }));
    expect(loaded).toMatchObject({ codes: completed!.codes, pixels: completed!.pixels });
    const [again] = await dalle.complete(loaded, caption, { keep, seed: 4 });
    expect(changed(again!.codes, drawn!.codes).every((index) => index >= 56)).toBe(true);

    for (const codes of [new Int32Array(64).fill(16), new Int32Array(63), read])
      expect((await dalle.reconstruct({ ...alone, codes })).codes).toEqual(read);
    pixels.fill(200, 0, 64 * 3 * 8); // its first row of codes
    expect((await dalle.reconstruct({ ...drawn!, pixels })).codes).toEqual(
      (await dalle.reconstruct(alone)).codes,
    );
  });

  test("keeps the codes around a hole, whatever the batch, and says how they fit", async () => {
    const options = { keep: around, count: 3, seed: 1 };
    const images = await dalle.complete(image, caption, options);
    for (const each of images) {
      expect(changed(each.codes, codes).every(isInHole)).toBe(true);
      expect(each.fit).toBeLessThan(0);
    }
    expect(await dalle.complete(image, caption, { ...options, batch: 24 })).toEqual(images);
    expect(await dalle.complete(image, caption, { keep: around, seed: 3 })).toEqual([images[2]]);
  });

  test.each([1, 2.5])("candidates that fit better win, at guidance %s", async (guidance) => {
    const mean = async (candidates: number) => {
      const options = { keep: around, guidance, candidates, count: 10, seed: 1, batch: 64 };
      const images = await dalle.complete(image, caption, options);
      return images.reduce((sum, { fit }) => sum + fit!, 0) / images.length;
    };
    expect(await mean(32)).toBeGreaterThan((await mean(2)) + 0.05);
  });

  test("a mask says the same as borders, and edit as complete", async () => {
    const mask = { width: 64, height: 64, pixels: new Uint8Array(64 * 64 * 3) };
    for (let row = 17; row < 47; row++) {
      mask.pixels.fill(255, 3 * (row * 64 + 17), 3 * (row * 64 + 47)); // no edge on a code's edge
    }
    const kept = await dalle.complete(image, caption, { keep: around, seed: 4 });
    expect(await dalle.complete(image, caption, { mask, seed: 4 })).toEqual(kept);
    expect(await dalle.edit(image, caption, { mask, seed: 4 })).toEqual(kept);
  });

  test("reranks completions too", async () => {
    const images = await dalle.complete(image, caption, {
      keep: { top: 0.5 },
      rerank: 4,
      count: 2,
    });
    expect(images).toHaveLength(2);
    expect(images[0]!.score).toBeGreaterThanOrEqual(images[1]!.score!);
  });

  test.each<[Partial<CompleteOptions>, string]>([
    [{ keep: { top: 1 } }, "The kept region is the whole picture"],
    [{}, "keep, mask: expected one of them"],
    [{ keep: { top: 0.5 }, candidates: 0 }, "candidates: expected an integer in [1, 64], got 0"],
  ])("refuses %j", async (options, message) => {
    await expect(dalle.complete(image, caption, options as CompleteOptions)).rejects.toMatchObject({
      code: "bad_option",
      message: expect.stringContaining(message),
    });
  });

  test("refuses a picture of another size", async () => {
    const small = { width: 2, height: 2, pixels: new Uint8Array(12) };
    await expect(dalle.complete(small, caption, { keep: { top: 0.5 } })).rejects.toThrow(
      "image: expected 64 × 64 pixels, got 2 × 2",
    );
  });
});

describe("vary", () => {
  test("draws another rectangle of each picture anew, and keeps the rest", async () => {
    const images = await dalle.vary(image, { count: 6, seed: 1, share: 0.25 });
    const holes = images.map((each) => changed(each.codes, codes));
    for (const hole of holes) {
      expect(hole.length).toBeGreaterThan(0);
      const spread = (coordinates: number[]) =>
        Math.max(...coordinates) - Math.min(...coordinates) + 1;
      const height = spread(hole.map((index) => Math.floor(index / 8)));
      const width = spread(hole.map((index) => index % 8));
      expect(height * width).toBeLessThanOrEqual(20);
    }
    expect(new Set(holes.map(String)).size).toBeGreaterThan(3);
    expect(await dalle.vary(image, { seed: 3, share: 0.25 })).toEqual([images[2]]);
    expect(images[0]!.caption).toBe("");
  });

  test.each([0, 1, Number.NaN])("refuses share %s", async (share) => {
    await expect(dalle.vary(image, { share })).rejects.toThrow(
      "share: expected a number in (0, 1)",
    );
  });

  test("follows a caption, and cannot rerank without one", async () => {
    const [without] = await dalle.vary(image, { seed: 1 });
    const [told] = await dalle.vary(image, { seed: 1, caption, guidance: 3 });
    expect(told!.caption).toBe(caption);
    expect(changed(told!.codes, without!.codes)).not.toEqual([]);
    await expect(dalle.vary(image, { rerank: 4 })).rejects.toThrow("rerank: expected a caption");
  });
});

describe("vary without a caption", () => {
  test.each<[GenerateOptions, string]>([
    [{ guidance: 2 }, "guidance: expected a caption to be guided to, got none"],
    [{ guidance: Number.NaN }, "guidance: expected a caption to be guided to, got none"],
    [{ repeat: 3 }, "repeat: expected a caption to read again, got none"],
  ])("refuses %j, which would do nothing", async (options, message) => {
    await expect(dalle.vary(image, options)).rejects.toThrow(message);
    expect(await dalle.vary(image, { ...options, caption, guidance: 2 })).toHaveLength(1);
  });

  test("takes what is plain drawing anyway", async () => {
    const plain = await dalle.vary(image, { seed: 1 });
    expect(await dalle.vary(image, { seed: 1, guidance: 1, repeat: 1 })).toEqual(plain);
  });
});

describe("the end of a caption that is too long", () => {
  const long = "a small red block sitting on a large green block, next to a striped yellow pillow";
  const told = async (ask: (options: GenerateOptions) => Promise<unknown>) => {
    const warnings: string[] = [];
    await ask({ onWarning: (warning) => warnings.push(warning) });
    return warnings;
  };
  const byClip = expect.stringMatching(
    /^CLIP reads 10 tokens; the end of the caption was left out: ".* pillow"; shorten the caption\.$/,
  );
  const byModel = expect.stringMatching(
    /^The model reads 11 tokens; the end of the caption was left out: ".* pillow"; shorten the caption\.$/,
  );

  test("is told by whatever does not read it", async () => {
    expect(await told((options) => dalle.score(image, long, options))).toEqual([byClip]);
    expect(await told((options) => dalle.embedCaption(long, options))).toEqual([byClip]);
    expect(await told((options) => dalle.logLikelihood(image, long, options))).toEqual([byModel]);
    expect(await told((options) => dalle.explain(image, long, options))).toEqual([byModel]);
    expect(await told((options) => dalle.generate(long, options))).toEqual([byModel]);
    const rerank = 2;
    expect(await told((options) => dalle.generate(long, { ...options, rerank }))).toEqual([
      byModel,
      byClip,
    ]);
    expect(await told((options) => dalle.score(image, "red", options))).toEqual([]);
  });

  test("is not that of repetitions", async () => {
    const repeat = 16;
    expect(await told((options) => dalle.generate("red", { ...options, repeat }))).toEqual([]);
    expect(await told((options) => dalle.generate(long, { ...options, repeat }))).toEqual([
      byModel,
    ]);
  });
});

describe("stream", () => {
  test("ends in the pictures of generate, and shows each on its way", async () => {
    const options = { count: 3, seed: 7, batch: 2 };
    const events = await all(dalle.stream(caption, { ...options, partials: 3 }));
    const images = events.flatMap((event) => (event.type === "image" ? [event.image] : []));
    expect(images).toEqual(await dalle.generate(caption, options));
    const partials = events.flatMap((event) => (event.type === "partial" ? [event] : []));
    for (const index of [0, 1, 2]) {
      const own = partials.filter((event) => event.index === index);
      expect(own.map(({ known }) => known)).toEqual([16, 32, 48]);
      expect(own.map(({ seed, total }) => [seed, total])).toEqual([
        [7 + index, 64],
        [7 + index, 64],
        [7 + index, 64],
      ]);
    }
  });

  test("shows what is known as it is, far from what is not, and veils the rest", async () => {
    const events = await all(dalle.stream(caption, { seed: 7, partials: 1 }));
    const [partial, whole] = events.map((event) => event.image.pixels);
    const row = 64 * 3;
    for (const [index, value] of partial!.subarray(0, row).entries()) {
      expect(Math.abs(value - whole![index]!)).toBeLessThan(8); // the decoder sees a little of what is unknown
    }
    const last = partial!.subarray(-row);
    expect(last).not.toEqual(whole!.subarray(-row));
    for (const value of last) expect(value).toBeGreaterThan(180);
  });

  test("shows a completion with what is kept", async () => {
    const keep = { top: 0.25, bottom: 0.25 };
    const options = { keep, seed: 1, partials: 3 };
    const events = await all(dalle.streamCompletion(image, caption, options));
    const known = events.flatMap((event) => (event.type === "partial" ? [event.known] : []));
    expect(known).toEqual([40, 48, 56]);
    expect(events.at(-1)!.image).toEqual((await dalle.complete(image, caption, options))[0]);
  });

  test("more partials than codes show each once; none shows none", async () => {
    const keep = { top: 0.875 };
    const count = async (partials: number) =>
      (await all(dalle.streamCompletion(image, caption, { keep, partials }))).length - 1;
    expect(await count(64)).toBe(7);
    expect(await count(0)).toBe(0);
  });

  test("leaving the loop stops the drawing", async () => {
    let drawn = 0;
    const onProgress = () => drawn++;
    for await (const event of dalle.stream(caption, { partials: 3, onProgress })) {
      expect(event).toMatchObject({ type: "partial", known: 16 });
      break;
    }
    expect(drawn).toBe(16);
  });
});

describe("requests that end early", () => {
  test("a signal aborted before the start", async () => {
    const request = dalle.generate(caption, { signal: AbortSignal.abort("tired") });
    await expect(request).rejects.toMatchObject({ code: "aborted", cause: "tired" });
    const keep = { top: 0.5 };
    await expect(
      dalle.complete(image, caption, { keep, signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: "aborted" });
  });

  test("a signal aborted at any code stops before the next", async () => {
    for (const last of [1, 30, 64]) {
      const controller = new AbortController();
      let drawn = 0;
      const onProgress = () => {
        if (++drawn === last) controller.abort();
      };
      const options = { signal: controller.signal, count: 2, batch: 1, onProgress };
      await expect(dalle.generate(caption, options)).rejects.toMatchObject({ code: "aborted" });
      expect(drawn).toBe(last);
    }
  });

  test("a likelihood that nobody waits for any more", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const walked = vi.spyOn(CodeWalker.prototype, "walk");
    const asked = dalle.logLikelihood(image, caption, { signal });
    controller.abort("tired");
    await expect(asked).rejects.toMatchObject({ code: "aborted", cause: "tired" });
    expect(walked.mock.calls.map(([, options]) => options!.signal)).toEqual([signal]);
  });

  test("a signal aborted after the last code decodes nothing more", async () => {
    const decode = vi.spyOn(DvaeRuntime.prototype, "decode");
    const controller = new AbortController();
    const onProgress = (done: number, total: number) => {
      if (done === total) controller.abort();
    };
    const options = { signal: controller.signal, count: 2, onProgress };
    await expect(dalle.generate(caption, options)).rejects.toMatchObject({ code: "aborted" });
    expect(decode).not.toHaveBeenCalled();
  });

  test("a model disposed during a run, and used after", async () => {
    const own = await Dalle.load(folder);
    let drawn = 0;
    let disposal: Promise<void> | undefined;
    const onProgress = () => {
      if (++drawn === 20) disposal = own.dispose();
    };
    const run = own.generate(caption, { onProgress });
    await expect(run).rejects.toMatchObject({ code: "disposed" });
    await disposal;
    expect(drawn).toBeLessThan(23);
    await expect(own.generate(caption)).rejects.toMatchObject({ code: "disposed" });
    await expect(own.reconstruct(image)).rejects.toMatchObject({ code: "disposed" });
    await expect(own.complete(image, caption, { keep: { top: 0.5 } })).rejects.toMatchObject({
      code: "disposed",
    });
    await own.dispose();
  });

  test("a model that is being disposed takes no request any more", async () => {
    const own = await Dalle.load(folder);
    const disposal = own.dispose();
    const refused = { code: "disposed" };
    await expect(own.reconstruct(image)).rejects.toMatchObject(refused);
    await expect(own.score(image, caption)).rejects.toMatchObject(refused);
    await expect(own.embedCaption(caption)).rejects.toMatchObject(refused);
    await disposal;
  });

  test("a model disposed before its first use opens nothing", async () => {
    const own = await Dalle.load(folder);
    await own.dispose();
    await expect(own.generate(caption)).rejects.toMatchObject({ code: "disposed" });
    await expect(own.score(image, caption)).rejects.toMatchObject({ code: "disposed" });
  });

  test("two runs at once draw what each would alone", async () => {
    const keep = { bottom: 0.5 };
    const requests = [
      () => dalle.generate(caption, { seed: 1, count: 2 }),
      () => dalle.complete(image, caption, { seed: 5, keep }),
    ];
    const together = await Promise.all(requests.map((request) => request()));
    for (const [index, request] of requests.entries()) {
      expect(await request()).toEqual(together[index]);
    }
  });
});

test.each<[GenerateOptions, string]>([
  [{ count: 0 }, "count: expected an integer in [1, 1000], got 0"],
  [{ count: 10_000 }, "count: expected an integer in [1, 1000], got 10000"],
  [{ count: 1.5 }, "count: expected an integer in [1, 1000], got 1.5"],
  [{ rerank: 1, count: 2 }, "rerank: expected an integer in [2, 1000], got 1"],
  [{ batch: 65 }, "batch: expected an integer in [1, 64], got 65"],
  [{ seed: -1 }, "seed: expected an integer in [0, 2^53), got -1"],
  [{ temperature: Number.NaN }, "temperature: expected a number >= 0"],
  [{ topK: 0 }, "topK: expected an integer in [1, 16], got 0"],
  [{ topP: 0 }, "topP: expected a number in (0, 1], got 0"],
  [{ guidance: Number.POSITIVE_INFINITY }, "guidance: expected a number in [-1000, 1000]"],
])("generate refuses %j before it draws", async (options, message) => {
  let drawn = 0;
  const onProgress = () => drawn++;
  await expect(dalle.generate(caption, { ...options, onProgress })).rejects.toMatchObject({
    code: "bad_option",
    message: expect.stringContaining(message),
  });
  expect(drawn).toBe(0);
});

test("stream refuses partials that are no number in range", async () => {
  await expect(all(dalle.stream(caption, { partials: 65 }))).rejects.toThrow("partials: expected");
});
