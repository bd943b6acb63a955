/** @file Models on their way into a page: kept, resumed, checked, and refused when they are not what config.json says. */
import { cp, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { bundledModel } from "../../src/parts.js";
import { hasChromium } from "./chromium.js";
import { Harness, refusal } from "./harness.js";
import type { Fault } from "./static-server.js";

/** The largest file of the model that ships: several segments. */
const weights = "transformer.weights-0.bin";

describe.skipIf(!hasChromium)("a model in a page", () => {
  let harness: Harness;
  let page: Page;
  beforeAll(async () => {
    harness = await Harness.start({
      fill: async (folder) => {
        await writeTinyModel(join(folder, "tiny"), { clip: false });
        await cp(join(folder, "tiny"), join(folder, "twin"), { recursive: true });
      },
      folders: { "/models/default/": bundledModel },
    });
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());
  afterEach(async () => {
    harness.server.fault = undefined;
    await page.close();
  });

  async function openPage(): Promise<void> {
    page = await harness.open();
    harness.server.requests.length = 0;
  }

  /** A fault of one file, the first time it is asked for. */
  function once(name: string, answer: ReturnType<Fault>): void {
    let done = false;
    harness.server.fault = ({ path }) => {
      if (done || !path.endsWith(name)) return undefined;
      done = true;
      return answer;
    };
  }

  const isConfig = (path: string) => path.endsWith("/config.json");
  const requested = () =>
    harness.server.requests.map(({ path, range }) => `${path}${range ? ` ${range}` : ""}`);

  /** In the page: loads a model and draws a picture; codes, and how the download went on. */
  const draw = (location: string) =>
    page.evaluate(async (location) => {
      const steps: number[] = [];
      let total = 0;
      const warnings: string[] = [];
      const dalle = await library.Dalle.load(location, {
        onProgress: (loaded, all) => {
          steps.push(loaded);
          total = all;
        },
        onWarning: (message) => warnings.push(message),
      });
      const [image] = await dalle.generate("a small red block", { seed: 1 });
      return { codes: [...image!.codes], hash: dalle.hash, steps, total, warnings };
    }, location);

  test("is kept: the second time only config.json is asked for, and without a connection nothing", async () => {
    await openPage();
    const first = await draw("tiny");
    expect(first.warnings).toEqual([]);
    expect(first.steps.at(-1)).toBe(first.total);
    expect(first.steps).toEqual([...first.steps].sort((a, b) => a - b));
    expect(requested()).toContain("/tiny/transformer.onnx");

    await page.reload();
    await page.waitForFunction(() => globalThis.library !== undefined);
    harness.server.requests.length = 0;
    expect((await draw("tiny")).codes).toEqual(first.codes);
    expect(requested().filter((path) => path.startsWith("/tiny/"))).toEqual(["/tiny/config.json"]);

    await page.context().setOffline(true);
    expect(await draw("tiny/")).toMatchObject({ codes: first.codes, hash: first.hash });
    expect(await refusal(page, "other")).toMatch(
      /^io: http:.*\/other\/ cannot be reached \(Failed to fetch\); check the address and the connection\.$/,
    );
  });

  test("is downloaded once by two pages at once, and one that waits can be cancelled", async () => {
    await openPage();
    await page.evaluate(() => {
      const frame = document.body.appendChild(document.createElement("iframe"));
      frame.src = location.href;
    });
    await expect.poll(() => page.frames()).toHaveLength(2);
    const other = page.frames()[1]!;
    await other.waitForFunction(() => globalThis.library !== undefined);
    harness.server.requests.length = 0;
    expect(await Promise.all([refusal(page, "tiny"), refusal(other, "tiny")])).toEqual(
      Array(2).fill("it was loaded"),
    );
    const files = requested().filter((path) => path.startsWith("/tiny/"));
    const [config, rest] = [files.filter(isConfig), files.filter((path) => !isConfig(path))];
    expect(config).toHaveLength(2);
    expect(rest).toContain("/tiny/transformer.onnx");
    expect(new Set(rest).size).toBe(rest.length);

    const outcomes = await page.evaluate(async () => {
      const controller = new AbortController();
      const codeOf = (loading: Promise<unknown>) =>
        loading.then(
          () => "it was loaded",
          (error) => error.code,
        );
      const { signal } = controller;
      const first = codeOf(library.Dalle.load("twin", { onProgress: () => controller.abort() }));
      return Promise.all([first, codeOf(library.Dalle.load("twin", { signal }))]);
    });
    expect(outcomes).toEqual(["it was loaded", "aborted"]);
  });

  test("goes on where a broken download stopped, from models/default/ when nothing is said", async () => {
    await openPage();
    once(weights, { cutAfter: 3_500_000 });
    expect(await refusal(page, "models/default/")).toMatch(
      /^io: The download of http:.*weights-0\.bin stopped after \d+ of \d+ bytes \(.*\); load the model again to go on from there\.$/,
    );
    harness.server.requests.length = 0;
    expect(await refusal(page)).toBe("it was loaded");
    const start = Number(/weights-0\.bin bytes=(\d+)-$/.exec(requested()[1]!)?.[1]);
    expect(start).toBeGreaterThan(0);
    expect(start % 2 ** 20).toBe(0);
  });

  test("begins a file again where the server knows no ranges, or has another file by now", async () => {
    await openPage();
    const file = await readFile(join(bundledModel, weights));
    const older = Buffer.from(file).fill(0, 0, 100);
    once(weights, { file: older, cutAfter: 1_500_000 });
    expect(await refusal(page, "models/default/")).toMatch(/^io: /);
    once(weights, { cutAfter: 2_500_000 }); // its second part is of the newer one
    expect(await refusal(page, "models/default/")).toMatch(/^io: /);
    harness.server.fault = undefined;
    harness.server.requests.length = 0;
    expect(await refusal(page, "models/default/")).toBe("it was loaded");
    expect(requested().filter((path) => path.includes(weights))).toEqual([
      expect.stringMatching(/weights-0\.bin bytes=\d+-$/),
      `/models/default/${weights}`,
    ]);
    await page.close();

    await openPage();
    once(weights, { cutAfter: 2_500_000 });
    expect(await refusal(page, "models/default/")).toMatch(/^io: /);
    harness.server.fault = ({ path }) =>
      path.endsWith(weights) ? { ignoreRange: true } : undefined;
    expect(await refusal(page, "models/default/")).toBe("it was loaded");
    await page.close();

    await openPage();
    once(weights, { cutAfter: 2_500_000 });
    expect(await refusal(page, "models/default/")).toMatch(/^io: /);
    harness.server.fault = ({ path, range }) =>
      path.endsWith(weights) && range !== undefined ? { status: 416 } : undefined;
    expect(await refusal(page, "models/default/")).toBe("it was loaded");
  });

  test("a kept model is taken where the server has but a page for everything", async () => {
    await openPage();
    const { codes } = await draw("tiny");
    once("config.json", { file: Buffer.from("<!doctype html><title>Sign in</title>") });
    expect((await draw("tiny")).codes).toEqual(codes);
  });

  test("a file with one bit flipped is refused by name, and asked for again the next time", async () => {
    await openPage();
    const file = await readFile(join(harness.folder, "tiny", "transformer.onnx"));
    file[1000]! ^= 1;
    once("transformer.onnx", { file, maxAge: 3600 });
    expect(await refusal(page, "tiny")).toMatch(
      /^bad_model: http:.*\/tiny\/transformer\.onnx is damaged or changed \(its SHA-256 is not the one in config\.json\); copy or download it again\.$/,
    );
    expect(await refusal(page, "tiny")).toBe("it was loaded");
  });

  test.each<[string, ReturnType<Fault>, RegExp]>([
    [
      "transformer.onnx",
      { file: Buffer.from("<!doctype html>") },
      /^bad_model: .* has 15 bytes, config\.json says \d+; copy the model folder again\.$/,
    ],
    [
      "tokenizer.json",
      { file: Buffer.alloc(100_000) },
      /^bad_model: .* has more bytes, config\.json says \d+; /,
    ],
    [
      "tokenizer.json",
      { status: 404 },
      /^bad_model: .*tokenizer\.json is missing; copy the model folder again\.$/,
    ],
    [
      "tokenizer.json",
      { status: 503 },
      /^io: .*tokenizer\.json was refused by its server \(503\); try again later\.$/,
    ],
    [
      "tokenizer.json",
      { status: 401 },
      /^io: .*tokenizer\.json was refused by its server \(401\); give the key that it asks for in the option headers\.$/,
    ],
    [
      "config.json",
      { cutAfter: 100 },
      /^io: http:.*\/tiny\/ cannot be reached \(.*\); check the address and the connection\.$/,
    ],
    [
      "config.json",
      { file: Buffer.from("<!doctype html>") },
      /^not_found: http:.*\/tiny\/ is not a model folder \(its server sends a web page as config\.json\); copy one there, or check the address\.$/,
    ],
    [
      "config.json",
      { status: 404 },
      /^not_found: http:.*\/tiny\/ is not a model folder \(it has no config\.json\); copy one there, or check the address\.$/,
    ],
  ])(
    "%s answered otherwise is one sentence, and nothing of it is kept",
    async (name, answer, message) => {
      await openPage();
      once(name, answer);
      expect(await refusal(page, "tiny")).toMatch(message);
      expect(await refusal(page, "tiny")).toBe("it was loaded");
    },
  );

  test("an error of the page's own is the page's, and so is an address that it may not ask", async () => {
    await openPage();
    const message = await page.evaluate(() => {
      const onProgress = () => {
        throw new Error("there is no bar");
      };
      return library.Dalle.load("tiny", { onProgress }).catch((error) => error.message);
    });
    expect(message).toBe("there is no bar");
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect(await refusal(page, "http://[")).toMatch(
      /^bad_option: http:\/\/\[ is no address as seen from http:.*; give the whole address of the model folder\.$/,
    );
    expect(await refusal(page, "tiny?version=2")).toBe(
      "bad_option: tiny?version=2 is an address with ? or #, behind which no file can be named; give that of the folder alone, and keys in the option headers.",
    );
    const headers = await page.evaluate(() =>
      library.Dalle.load("tiny", { headers: { "a key": "x" } }).catch((error) => error.message),
    );
    expect(headers).toMatch(
      /^http:.*\/tiny\/ cannot be asked for so \(.*\); check the address and the option headers\.$/,
    );
    expect(await refusal(page, `${harness.plainServer.address}tiny`)).toMatch(
      /^io: http:.*\/tiny\/ cannot be reached \(.*\); check the address, the connection, and that its server sends Access-Control-Allow-Origin\.$/,
    );
  });

  test("what went bad in the browser's store is noticed, and loading again repairs it", async () => {
    await openPage();
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    await page.evaluate(async () => {
      const cache = await caches.open("dalle-ts");
      for (const request of await cache.keys()) {
        if (request.url.includes("config")) continue;
        const bytes = new Uint8Array(await (await cache.match(request))!.arrayBuffer());
        bytes[bytes.length - 1]! ^= 1;
        await cache.put(request, new Response(bytes));
      }
    });
    // The tokenizer is read first.
    expect(await refusal(page, "tiny")).toMatch(
      /^bad_model: What the browser kept of http:.*tokenizer\.json is damaged or gone; load the model again to download it\.$/,
    );
    expect(await refusal(page, "tiny")).toBe("it was loaded");
  });

  test("without room the model works from memory, and says so once", async () => {
    await openPage();
    await page.evaluate(() => {
      Cache.prototype.put = () =>
        Promise.reject(new DOMException("Quota exceeded.", "QuotaExceededError"));
    });
    const { codes, warnings } = await draw("tiny");
    expect(codes).toHaveLength(64);
    expect(warnings).toEqual([
      "The browser cannot keep the model (Quota exceeded.), so the next visit downloads it again; free some space, or leave the private window.",
    ]);
  });

  test("a signal stops the download, before it and on its way, and what came is kept", async () => {
    await openPage();
    const aborted = await page.evaluate(async () => {
      const codeOf = (loading: Promise<unknown>) =>
        loading.then(
          () => "it was loaded",
          (error) => error.code,
        );
      const controller = new AbortController();
      const onProgress = (loaded: number) => {
        if (loaded > 17_000_000) controller.abort(); // amid the largest file
      };
      const { signal } = controller;
      const onTheWay = await codeOf(library.Dalle.load(undefined, { signal, onProgress }));
      return [onTheWay, await codeOf(library.Dalle.load(undefined, { signal }))];
    });
    expect(aborted).toEqual(["aborted", "aborted"]);
    harness.server.requests.length = 0;
    expect(await refusal(page, "models/default")).toBe("it was loaded");
    expect(requested()[1]).toMatch(/weights-0\.bin bytes=\d+-$/);
  });

  test("a new model at the address takes the old one's place, and the old files are forgotten", async () => {
    await openPage();
    const stored = () =>
      page.evaluate(async () =>
        (await (await caches.open("dalle-ts")).keys()).map(({ url }) => url),
      );
    const text = await readFile(join(harness.folder, "tiny", "config.json"), "utf8");
    const config = JSON.parse(text);
    const { sha256 } = config.files["dvae-encoder.onnx"];
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect((await stored()).filter((url) => url.includes(sha256))).toHaveLength(1);
    delete config.files["dvae-encoder.onnx"];
    delete config.files["transformer-text.onnx"];
    once("config.json", { file: Buffer.from(JSON.stringify(config)) });
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect((await stored()).filter((url) => url.includes(sha256))).toEqual([]);

    // So are those of one that never came whole.
    once("transformer-text.onnx", { status: 503 });
    expect(await refusal(page, "tiny")).toMatch(/^io: /);
    expect((await stored()).filter((url) => url.includes(sha256))).toHaveLength(1);
    once("config.json", { file: Buffer.from(JSON.stringify(config)) });
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect((await stored()).filter((url) => url.includes(sha256))).toEqual([]);

    // The same file of a model at another address stays.
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect(await refusal(page, "twin")).toBe("it was loaded");
    once("config.json", { file: Buffer.from(JSON.stringify(config)) });
    expect(await refusal(page, "tiny")).toBe("it was loaded");
    expect((await stored()).filter((url) => url.includes(sha256))).toHaveLength(1);
  });
});
