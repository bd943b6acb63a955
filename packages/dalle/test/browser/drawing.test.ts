/** @file The library in a real page: what it draws there is what it draws in Node. */
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { Dalle, encodePng, loadImage, readPngMetadata } from "../../src/index.js";
import { hasChromium } from "./chromium.js";
import { Harness } from "./harness.js";

declare global {
  /** The page under test puts it there. */
  var drawInWorker: typeof import("./page/in-worker.js")["drawInWorker"];
  /** Of the page that counts memory. */
  var kept: { memories: WebAssembly.Memory[]; dalle?: import("../../src/index.js").Dalle };
}

const caption = "a small red block";
/** Four pictures of 64 codes each, so that a difference in any logit that matters would show. */
const request = { count: 4, seed: 3, guidance: 2 };

describe.skipIf(!hasChromium)("in a page", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({
      fill: async (folder) => {
        await writeTinyModel(join(folder, "f32"), { logitScale: 60 });
        await writeTinyModel(join(folder, "int8"), { logitScale: 60, weightFormat: "int8-rows" });
      },
    });
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  async function inNode(model: string): Promise<number[][]> {
    await using dalle = await Dalle.load(join(harness.folder, model));
    return (await dalle.generate(caption, request)).map(({ codes }) => [...codes]);
  }

  function inPage(page: Page, model: string) {
    return page.evaluate(
      async ({ model, caption, request }) => {
        const dalle = await library.Dalle.load(model);
        const images = await dalle.generate(caption, request);
        return { engine: dalle.engine, codes: images.map(({ codes }) => [...codes]) };
      },
      { model, caption, request },
    );
  }

  test.each(["f32", "int8"])(
    "draws the codes that Node draws, on threads, in %s",
    async (model) => {
      const page = await harness.open();
      const { engine, codes } = await inPage(page, model);
      expect(codes).toEqual(await inNode(model));
      expect(engine).toMatchObject({ name: "wasm-threads", threads: expect.any(Number) });
      expect(engine.reason).toMatch(/^WebAssembly on [234] threads: this browser has no WebGPU\.$/);
      await page.close();
    },
  );

  test("draws the same in a worker, on threads of its own", async () => {
    const page = await harness.open();
    const { engine, codes } = await page.evaluate(
      ({ caption, request }) =>
        drawInWorker({ address: new URL("f32", location.href).href, caption, request }),
      { caption, request },
    );
    expect(codes).toEqual(await inNode("f32"));
    expect(engine).toBe("wasm-threads");
    await page.close();
  });

  test("a page that may not use threads says so, and draws the same", async () => {
    const page = await harness.open(harness.plainServer.address);
    const { engine, codes } = await inPage(page, "f32");
    expect(codes).toEqual(await inNode("f32"));
    expect(engine).toMatchObject({ name: "wasm", threads: 1 });
    expect(engine.reason).toMatch(
      /^WebAssembly on one thread: this browser has no WebGPU, and the page is not cross-origin isolated \(its server sends no Cross-Origin-Opener-Policy: same-origin and .*\)\.$/,
    );
    await page.close();
  });

  test("shows partial pictures, completes, scores, and writes PNGs that Node reads", async () => {
    const page = await harness.open();
    await using dalle = await Dalle.load(join(harness.folder, "f32"));
    const [start] = await dalle.generate(caption, { seed: 1 });
    // Without the codes: here and there they are read from the pixels.
    const file = await encodePng({ ...start!, codes: undefined });
    const found = await page.evaluate(
      async ({ bytes, caption }) => {
        const dalle = await library.Dalle.load("f32");
        const image = await library.loadImage(Uint8Array.from(bytes));
        const known: number[] = [];
        const options = { keep: { top: 0.5 }, seed: 5, partials: 3 };
        let codes: number[] = [];
        let png = new Uint8Array();
        for await (const event of dalle.streamCompletion(image, caption, options)) {
          if (event.type === "partial") known.push(event.known);
          else {
            codes = [...event.image.codes];
            png = await library.encodePng(event.image, { caption, seed: "5" });
          }
        }
        const score = await dalle.score(image, caption);
        const first = [...library.rgbaOf(image).subarray(0, 4)];
        return { pixels: [...image.pixels], known, codes, png: [...png], score, first };
      },
      { bytes: [...file], caption },
    );
    expect(found.pixels).toEqual([...start!.pixels]);
    expect(found.first).toEqual([...start!.pixels.subarray(0, 3), 255]);
    const given = await loadImage(file);
    const [image] = await dalle.complete(given, caption, { keep: { top: 0.5 }, seed: 5 });
    expect(found.codes).toEqual([...image!.codes]);
    expect(found.known).toEqual([40, 48, 56]);
    expect(found.score).toBeCloseTo(await dalle.score(start!, caption), 4);
    const png = Uint8Array.from(found.png);
    const codes = found.codes.join(" ");
    expect(readPngMetadata(png)).toEqual({ caption, seed: "5", "picture-codes": codes });
    // The decoder's sums may round to the neighbouring byte.
    const { pixels } = await loadImage(png);
    expect(Math.max(...pixels.map((byte, at) => Math.abs(byte - image!.pixels[at]!)))).toBeLessThan(
      2,
    );
    await page.close();
  });

  test("reads masks with transparency, cuts and resizes, and refuses what is no picture", async () => {
    const page = await harness.open();
    harness.server.fault = ({ path }) =>
      path === "/f32/config.json" ? { cutAfter: 10 } : undefined;
    const found = await page.evaluate(async () => {
      const canvas = new OffscreenCanvas(40, 20);
      const context = canvas.getContext("2d")!;
      context.fillStyle = "#00f";
      context.fillRect(0, 0, 20, 20);
      const blob = await canvas.convertToBlob();
      const image = await library.loadImage(blob, { size: 10 });
      const mask = await library.loadMask(blob, { size: 10 });
      const ends = (pixels: Uint8Array) => [...pixels.subarray(0, 3), ...pixels.subarray(27, 30)];
      const errors = await Promise.all(
        [new Uint8Array([1, 2, 3]), "absent.png", "f32/config.json", 5].map((source) =>
          library.loadImage(source as string).catch((error) => `${error.code}: ${error.message}`),
        ),
      );
      return { size: image.width, image: ends(image.pixels), mask: ends(mask.pixels), errors };
    });
    expect(found).toMatchObject({
      size: 10,
      image: [0, 0, 255, 255, 255, 255],
      mask: [0, 0, 0, 255, 255, 255],
    });
    expect(found.errors).toEqual([
      "bad_file: The given data is not a picture this browser can read, or damaged; give a whole PNG, JPEG, WebP, GIF or AVIF file.",
      "not_found: absent.png is not there (404); check the address.",
      expect.stringMatching(
        /^io: f32\/config\.json cannot be reached \(.*\); check the address and the connection\.$/,
      ),
      "bad_option: source: expected a path, bytes (Uint8Array) or a Blob, got 5",
    ]);
    harness.server.fault = undefined;
    await page.close();
  });

  test("a picture that no canvas takes is refused, or read where it is made smaller", async () => {
    const page = await harness.open();
    const red = { width: 70_000, height: 2, pixels: new Uint8Array(420_000) };
    for (let at = 0; at < red.pixels.length; at += 3) red.pixels[at] = 255;
    const found = await page.evaluate(
      async ({ file, width }) => {
        const { loadImage, loadMask, encodePng } = library;
        const bytes = Uint8Array.from(file);
        const messageOf = (job: Promise<unknown>) =>
          job.then(
            () => "",
            (error) => `${error.code}: ${error.message}`,
          );
        const { pixels } = await loadImage(bytes, { size: 2 });
        const wide = { width, height: 1, pixels: new Uint8Array(3 * width) };
        const jobs = [loadImage(bytes), loadMask(bytes), encodePng(wide)];
        return { pixels: [...pixels], errors: await Promise.all(jobs.map(messageOf)) };
      },
      { file: [...(await encodePng(red))], width: red.width },
    );
    expect(found.pixels).toEqual(Array(4).fill([255, 0, 0]).flat());
    const whole =
      "bad_file: The given data has 70000 × 2 pixels, more than a canvas of this browser";
    expect(found.errors).toEqual([
      expect.stringContaining(whole),
      expect.stringContaining(whole),
      expect.stringMatching(/^unsupported: A picture of 70000 × 1 pixels is larger than a canvas/),
    ]);
    await page.close();
  });

  test("the page stays alive while it draws, and its cancel is heard before the next code", async () => {
    const page = await harness.open();
    const found = await page.evaluate(async (caption) => {
      const dalle = await library.Dalle.load("f32");
      const controller = new AbortController();
      let frames = 0;
      const count = () => {
        frames++;
        if (frames === 10) controller.abort();
        else requestAnimationFrame(count);
      };
      const onProgress = (done: number) => {
        if (done === 8) requestAnimationFrame(count); // the first code of a batch of eight
      };
      const { signal } = controller;
      const drawing = dalle.generate(caption, { count: 200, batch: 8, signal, onProgress });
      const refused = await drawing.then(
        () => "it was drawn",
        (error) => error.code,
      );
      return { frames, refused };
    }, caption);
    expect(found).toEqual({ frames: 10, refused: "aborted" });
    await page.close();
  });

  test("two requests at once each get what they would get alone; dispose ends one under way", async () => {
    const page = await harness.open();
    const found = await page.evaluate(async (caption) => {
      const dalle = await library.Dalle.load("f32");
      const codesOf = async (seed: number) => {
        const [image] = await dalle.generate(caption, { seed });
        return image!.codes.join();
      };
      const together = await Promise.all([codesOf(1), codesOf(2)]);
      const alone = [await codesOf(1), await codesOf(2)];
      const drawing = dalle.generate(caption, { count: 100 }).catch((error) => error.code);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await dalle.dispose();
      return { together, alone, disposed: await drawing };
    }, caption);
    expect(found.together).toEqual(found.alone);
    expect(found.disposed).toBe("disposed");
    await page.close();
  });

  test("50 pictures leave no more memory in use than 10 did", async () => {
    const page = await harness.open();
    const devtools = await page.context().newCDPSession(page);
    const inUse = async (seed: number, pictures: number) => {
      const webAssembly = await page.evaluate(
        async ({ caption, seed, pictures }) => {
          kept.dalle ??= await library.Dalle.load("f32");
          for (let each = 0; each < pictures; each++) {
            await kept.dalle.generate(caption, { seed: seed + each, guidance: 2 });
          }
          return kept.memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
        },
        { caption, seed, pictures },
      );
      await devtools.send("HeapProfiler.collectGarbage");
      const heap = await devtools.send("Runtime.getHeapUsage");
      return { webAssembly, heap: heap.usedSize + heap.backingStorageSize };
    };
    await page.evaluate(() => {
      // WebAssembly's memory only ever grows, and nothing else tells its size.
      const { Memory } = WebAssembly;
      globalThis.kept = { memories: [] };
      WebAssembly.Memory = class extends Memory {
        constructor(descriptor: WebAssembly.MemoryDescriptor) {
          super(descriptor);
          kept.memories.push(this);
        }
      };
    });
    const early = await inUse(0, 10);
    const late = await inUse(10, 50);
    expect(early.webAssembly).toBeGreaterThan(10e6);
    expect(late.webAssembly).toBe(early.webAssembly);
    // The caches of one picture are 12 kB: a leak of them would be 600 kB.
    expect(late.heap - early.heap).toBeLessThan(0.2e6);
    await page.close();
  });
});
