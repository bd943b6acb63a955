import { expect, test, vi } from "vitest";
import type { Dalle, DalleImage, PictureOrder, StreamEvent } from "../src/index.js";
import { DecodeCaches } from "../src/runtime/caches.js";
import { CodeWalker } from "../src/runtime/code-walker.js";
import { DvaeRuntime } from "../src/runtime/dvae.js";
import { all, tinyDalle } from "./tiny-dalle.js";

const caption = "a small red block";
const pixels = Uint8Array.from({ length: 64 * 64 * 3 }, (_, index) => (index * index) % 251);
const image: DalleImage = { width: 64, height: 64, pixels };
let dalle: Dalle;

tinyDalle({ logitScale: 60 }, (tiny) => {
  ({ dalle } = tiny);
});

const keep = { top: 0.25, bottom: 0.25 };
const orders = (): PictureOrder[] => [
  { caption, seed: 1, guidance: 1, partials: 2 },
  { caption: "a striped yellow pillow", seed: 2, guidance: 2.5, temperature: 0.7 },
  { caption, seed: 3, guidance: 3, topK: 4, from: { image, keep }, candidates: 5 },
  { caption: "", seed: 4, from: { image, share: 0.5 } },
];
const wholeOf = (events: StreamEvent[], place: number) =>
  events.flatMap((event) => (event.type === "image" && event.index === place ? [event.image] : []));
/** What the single requests draw. */
const alone = async () => [
  await dalle.generate(caption, { seed: 1, guidance: 1 }),
  await dalle.generate("a striped yellow pillow", { seed: 2, guidance: 2.5, temperature: 0.7 }),
  await dalle.complete(image, caption, { keep, seed: 3, guidance: 3, topK: 4, candidates: 5 }),
  await dalle.vary(image, { seed: 4 }),
];

test("draws each picture as it would be drawn alone, with its own settings", async () => {
  const events = await all(dalle.streamTogether(orders()));
  for (const [place, expected] of (await alone()).entries()) {
    expect(wholeOf(events, place)).toEqual(expected);
  }
  const partials = events.flatMap((event) => (event.type === "partial" ? [event.index] : []));
  expect(partials).toEqual([0, 0]);
});

test("tells the end of a caption that is too long", async () => {
  const long = "a small red block sitting on a large green block, next to a striped yellow pillow";
  const warnings: string[] = [];
  const onWarning = (warning: string) => warnings.push(warning);
  await all(dalle.streamTogether([{ caption: long, seed: 1 }], { onWarning }));
  expect(warnings).toEqual([expect.stringMatching(/^The model reads 11 tokens; .* pillow"/)]);
});

test("partials that are said to be undefined are those of an order that says nothing", async () => {
  const events = await all(dalle.streamTogether([{ caption, seed: 1, partials: undefined }]));
  expect(events.map(({ type }) => type)).toEqual(["image"]);
});

test("reads a picture once for all orders that start from it", async () => {
  const encode = vi.spyOn(DvaeRuntime.prototype, "encode");
  const [completion, variation] = [
    { image, keep },
    { image, share: 0.5 },
  ];
  const given = [completion, variation].flatMap((from) =>
    [1, 2, 3].map((seed) => ({ caption, seed, from, candidates: 2 })),
  );
  const events = await all(dalle.streamTogether(given));
  expect(encode).toHaveBeenCalledTimes(2);
  const completed = await dalle.complete(image, caption, { keep, seed: 3, candidates: 2 });
  expect(wholeOf(events, 2)).toEqual(completed);
  const varied = await dalle.vary(image, { caption, seed: 2, candidates: 2 });
  expect(wholeOf(events, 4)).toEqual(varied);
});

test("runs first states that are the same once, whoever asks", async () => {
  const [top, bottom] = [{ top: 0.5 }, { bottom: 0.5 }].map((each) => ({ image, keep: each }));
  const given = (from: PictureOrder["from"]) =>
    [1, 2].map((seed) => ({ caption, seed, from, guidance: 1 }));
  const walk = vi.spyOn(CodeWalker.prototype, "walk");
  await all(dalle.streamTogether(given(top)));
  await all(dalle.streamTogether(given(bottom)));
  expect(walk.mock.calls.map(([, options]) => options!.shared)).toEqual([32, 0]);
});

test.each([0, 1, 2])("gives up picture %s alone, at the next code", async (place) => {
  const controller = new AbortController();
  const given = orders().map((order, index) => ({
    ...order,
    ...(index === place ? { signal: controller.signal } : { partials: 63 }),
  }));
  const batches = vi.spyOn(DecodeCaches.prototype, "copyFrom");
  const events: StreamEvent[] = [];
  for await (const event of dalle.streamTogether(given)) {
    events.push(event);
    if (events.length === 20) controller.abort();
  }
  expect(batches).toHaveBeenCalledOnce();
  for (const [index, expected] of (await alone()).entries()) {
    expect(wholeOf(events, index)).toEqual(index === place ? [] : expected);
  }
});

test("ends when all are given up, or none is asked for", async () => {
  const signal = AbortSignal.abort();
  const given = orders().map((order) => ({ ...order, signal }));
  expect(await all(dalle.streamTogether(given))).toEqual([]);
  expect(await all(dalle.streamTogether([]))).toEqual([]);
  const ended = all(dalle.streamTogether(orders(), { signal }));
  await expect(ended).rejects.toMatchObject({ code: "aborted" });
});

test.each([1, 30, 64])("decodes nothing when all are given up at code %s", async (last) => {
  const controller = new AbortController();
  const given = [1, 2].map((seed) => ({ caption, seed, signal: controller.signal }));
  const decode = vi.spyOn(DvaeRuntime.prototype, "decode");
  const onProgress = (done: number) => {
    if (done === last * given.length) controller.abort();
  };
  expect(await all(dalle.streamTogether(given, { onProgress }))).toEqual([]);
  expect(decode).not.toHaveBeenCalled();
});

test("progress never falls, though each batch ends at another code", async () => {
  const told: number[] = [];
  const totals = new Set<number>();
  const onProgress = (done: number, total: number) => {
    told.push(done);
    totals.add(total);
  };
  await dalle.vary(image, { count: 6, batch: 1, candidates: 1, share: 0.2, seed: 1, onProgress });
  expect(told).toEqual([...told].sort((first, second) => first - second));
  expect([...totals]).toEqual([6 * 64]);
  expect(told.at(-1)).toBe(6 * 64);
});

test("a picture given up when it is drawn is not decoded, and its neighbour is", async () => {
  const controller = new AbortController();
  const given = [
    { caption, seed: 1 },
    { caption, seed: 2, signal: controller.signal },
  ];
  const decode = vi.spyOn(DvaeRuntime.prototype, "decode");
  for await (const event of dalle.streamTogether(given)) {
    expect(event.index).toBe(0);
    controller.abort(); // the codes of both are drawn
  }
  expect(decode).toHaveBeenCalledOnce();
});

test.each<[Partial<PictureOrder>, string]>([
  [{ caption: "" }, "caption: expected some text"],
  [{ seed: -1 }, "seed: expected an integer in [0, 2^53)"],
  [{ topP: 2 }, "topP: expected a number in (0, 1]"],
])("refuses %j", async (wrong, message) => {
  const [first] = orders();
  await expect(all(dalle.streamTogether([{ ...first!, ...wrong }]))).rejects.toThrow(message);
});
