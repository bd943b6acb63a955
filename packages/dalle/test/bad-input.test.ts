/**
 * @file Requests that cannot be granted, for every method that takes a picture: one typed error, and the model goes on
 * working.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { Dalle, type DalleImage, type GenerateOptions, type PictureOrder } from "../src/index.js";
import { Session } from "../src/parts.js";

const caption = "a small red block";
const keep = { top: 0.5 };
let folder: string;
let dalle: Dalle;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-"));
  await writeTinyModel(folder);
  dalle = await Dalle.load(folder);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await dalle.dispose();
  await rm(folder, { recursive: true });
});

const grey = (width: number, height: number, bytes = 3 * width * height): DalleImage => ({
  width,
  height,
  pixels: new Uint8Array(bytes).fill(128),
});

type Request = (model: Dalle, image: DalleImage, options?: GenerateOptions) => Promise<unknown>;

/** All that start from a picture. */
const onPictures: readonly [string, Request][] = [
  ["complete", (model, image, options) => model.complete(image, caption, { ...options, keep })],
  ["vary", (model, image, options) => model.vary(image, options)],
  ["translate", (model, image, options) => model.translate(image, caption, options)],
  ["reconstruct", (model, image) => model.reconstruct(image)],
  ["explain", (model, image) => model.explain(image, caption)],
  ["score", (model, image) => model.score(image, caption)],
  ["logLikelihood", (model, image) => model.logLikelihood(image, caption)],
  ["embed", (model, image) => model.embed(image)],
];
const drawing = onPictures.slice(0, 3);

describe.each(onPictures)("%s", (_name, request) => {
  test.each([
    ["another size", grey(32, 32), "image: expected 64 × 64 pixels, got 32 × 32"],
    ["not square", grey(64, 32), "image: expected 64 × 64 pixels, got 64 × 32"],
    ["too few pixels", grey(64, 64, 12), "An image of 64×64 needs 12288 bytes of RGB, got 12"],
    ["transparency left in", grey(64, 64, 4 * 64 * 64), "needs 12288 bytes of RGB, got 16384"],
    ["no size", grey(0, 0), "An image of 0×0 needs 0 bytes of RGB"],
    ["a size of NaN", grey(Number.NaN, 64, 0), "An image of NaN×64 needs"],
  ])("refuses a picture of %s", async (_kind, image, message) => {
    await expect(request(dalle, image)).rejects.toThrow(message);
    await expect(request(dalle, image)).rejects.toHaveProperty("name", "DalleError");
  });

  test("says that the model was disposed", async () => {
    const own = await Dalle.load(folder);
    await own.dispose();
    await expect(request(own, grey(64, 64))).rejects.toMatchObject({ code: "disposed" });
  });
});

describe.each(drawing)("%s", (_name, request) => {
  test.each<[GenerateOptions, string]>([
    [{ count: 0 }, "count: expected an integer in [1, 1000], got 0"],
    [{ count: 10_000 }, "count: expected an integer in [1, 1000], got 10000"],
    [{ rerank: 10_000 }, "rerank: expected"],
    [{ temperature: Number.NaN }, "temperature: expected a number >= 0"],
    [{ temperature: -1 }, "temperature: expected a number >= 0"],
    [{ topK: 0 }, "topK: expected an integer in [1, 16], got 0"],
    [{ topP: Number.NaN }, "topP: expected a number in (0, 1]"],
    [{ repeat: 0 }, "repeat: expected an integer in [1, 16], got 0"],
    [{ seed: 0.5 }, "seed: expected an integer in [0, 2^53), got 0.5"],
  ])("refuses %j", async (options, message) => {
    const drawn: number[] = [];
    const onProgress = (done: number) => drawn.push(done);
    await expect(request(dalle, grey(64, 64), { ...options, onProgress })).rejects.toThrow(message);
    expect(drawn).toEqual([]);
  });

  test("a signal aborted before the start draws nothing", async () => {
    const drawn: number[] = [];
    const onProgress = (done: number) => drawn.push(done);
    const options = { signal: AbortSignal.abort(), onProgress };
    await expect(request(dalle, grey(64, 64), options)).rejects.toMatchObject({ code: "aborted" });
    expect(drawn).toEqual([]);
  });

  test("a model disposed while it draws ends the request, and waits for what runs", async () => {
    const own = await Dalle.load(folder);
    const disposals: Promise<unknown>[] = [];
    const ended: string[] = [];
    const onProgress = () => {
      if (disposals.length > 0) return;
      for (const which of ["first", "second"])
        disposals.push(own.dispose().then(() => ended.push(which)));
    };
    const run = request(own, grey(64, 64), { onProgress, seed: 1 });
    await expect(run).rejects.toMatchObject({ code: "disposed" });
    await Promise.all(disposals);
    expect(ended).toEqual(["first", "second"]);
  });

  test("two at once draw what each draws alone", async () => {
    const options = { seed: 3, count: 2 };
    const [one, two] = await Promise.all([
      request(dalle, grey(64, 64), options),
      request(dalle, grey(64, 64), { ...options, seed: 9 }),
    ]);
    expect(await request(dalle, grey(64, 64), options)).toEqual(one);
    expect(await request(dalle, grey(64, 64), { ...options, seed: 9 })).toEqual(two);
  });
});

describe("opens no graph for what it refuses", () => {
  const start = { image: grey(64, 64), keep };
  const requests: [string, (model: Dalle, options: GenerateOptions) => Promise<unknown>][] = [
    ["generate", (model, options) => model.generate(caption, options)],
    ...drawing.map(([name, request]): (typeof requests)[number] => [
      name,
      (model, options) => request(model, grey(64, 64), options),
    ]),
    [
      "streamTogether",
      async (model, { signal, ...settings }) => {
        const right: PictureOrder = { caption, seed: 1, from: { ...start } };
        const orders = [right, { ...right, from: { ...start }, ...settings }];
        for await (const event of model.streamTogether(orders, { signal })) throw event;
      },
    ],
  ];
  test.each(requests)("%s", async (name, request) => {
    await using own = await Dalle.load(folder);
    const opened = vi.spyOn(Session, "open");
    const wrong: GenerateOptions[] = [
      { signal: AbortSignal.abort() },
      { temperature: Number.NaN },
      { guidance: Number.NaN },
      { seed: -1 },
      ...(name === "streamTogether" ? [] : [{ count: 0 }, { memory: 0 }]),
    ];
    for (const options of wrong) {
      const code = options.signal ? "aborted" : "bad_option";
      await expect(request(own, options)).rejects.toMatchObject({ code });
    }
    expect(opened).not.toHaveBeenCalled();
  });

  test("logLikelihood", async () => {
    await using own = await Dalle.load(folder);
    const opened = vi.spyOn(Session, "open");
    const signal = AbortSignal.abort();
    const asked = own.logLikelihood(grey(64, 64), caption, { signal });
    await expect(asked).rejects.toMatchObject({ code: "aborted" });
    expect(opened).not.toHaveBeenCalled();
  });
});

test.each<[unknown, string]>([
  [5, "got 5"],
  [5n, "got 5 (bigint)"],
  [undefined, "got undefined"],
  ["  ", 'got "  "'],
])("a caption that is %s is named as what it is", async (wrong, got) => {
  await expect(dalle.generate(wrong as string)).rejects.toMatchObject({
    code: "bad_option",
    message: `caption: expected some text that says what to draw, ${got}`,
  });
});

test("a model is loaded by a path or an address alone", async () => {
  await expect(Dalle.load(null as never)).rejects.toMatchObject({
    code: "bad_option",
    message: "location: expected the path or the address of a model folder, as text, got null",
  });
});

test("a model is not loaded when its signal is aborted on the way", async () => {
  const controller = new AbortController();
  const read = vi.spyOn(TextDecoder.prototype, "decode").mockImplementationOnce(function (
    this: TextDecoder,
    bytes,
  ) {
    controller.abort(); // the tokenizer is read when all files were checked
    return this.decode(bytes);
  });
  const loading = Dalle.load(folder, { signal: controller.signal });
  await expect(loading).rejects.toMatchObject({ code: "aborted" });
  expect(read).toHaveBeenCalled();
});

test("whatever is cancelled is told so in the same words", async () => {
  const signal = AbortSignal.abort();
  const told = "The request was cancelled; start it again to get its result.";
  await expect(Dalle.load(folder, { signal })).rejects.toThrow(told);
  await expect(dalle.continueCaption("a small", { signal })).rejects.toThrow(told);
});

test("a callback that throws ends its request alone", async () => {
  const onProgress = () => {
    throw new Error("the page is gone");
  };
  await expect(dalle.generate(caption, { onProgress })).rejects.toThrow("the page is gone");
  expect(await dalle.generate(caption, { seed: 1 })).toHaveLength(1);
});
