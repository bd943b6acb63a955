/** @file Which engine a page gets, and what it is told of it. WebGPU is Chromium's own emulation: right, and slow. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../../../train/test/tiny-model.js";
import { Dalle } from "../../src/index.js";
import { SELF_TEST_FILE } from "../../src/parts.js";
import { hasChromium } from "./chromium.js";
import { Harness, refusal } from "./harness.js";

/** 4 × 4 codes: the emulation is slow. */
const size = { imageSize: 16, groups: 3, clip: false, logitScale: 60 };

describe.skipIf(!hasChromium)("the engine of a page", () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({
      fill: async (folder) => {
        await writeTinyModel(join(folder, "right"), size);
        await writeTinyModel(join(folder, "untested"), size);
        await forgetSelfTest(join(folder, "untested"));
      },
      flags: [
        "--enable-unsafe-webgpu",
        "--use-webgpu-adapter=swiftshader",
        "--enable-features=Vulkan",
      ],
    });
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  /** Makes the model one that was exported before there was a self-test. */
  async function forgetSelfTest(folder: string): Promise<void> {
    const path = join(folder, "config.json");
    const config = JSON.parse(await readFile(path, "utf8"));
    delete config.files[SELF_TEST_FILE];
    await writeFile(path, JSON.stringify(config));
  }

  test("WebGPU that passes the self-test is used when it is asked for, one that was never tried is not", async () => {
    const page = await harness.open();
    const engine = await page.evaluate(
      async () => (await library.Dalle.load("right", { engine: "webgpu" })).engine,
    );
    expect(engine).toEqual({
      name: "webgpu",
      reason: "WebGPU gives the logits that the model stores, and it was asked for.",
    });
    expect(await refusal(page, "untested", "webgpu")).toContain(
      "the model has no self-test.json to try WebGPU with; leave",
    );
    await page.close();
  });

  test("an emulated WebGPU is not taken by itself, and what is taken says why", async () => {
    const page = await harness.open();
    const engines = await page.evaluate(async () => {
      const reasons: string[] = [];
      for (const model of ["right", "untested"]) {
        const { engine } = await library.Dalle.load(model);
        reasons.push(`${engine.name}: ${engine.reason}`);
      }
      return reasons;
    });
    expect(engines[0]).toMatch(/^wasm-threads: .* threads: WebGPU is only emulated here\.$/);
    expect(engines[1]).toMatch(/^wasm-threads: .* threads: the model has no self-test\.json to/);
    await page.close();
  });

  test("a host without the files of ONNX Runtime is named as the reason", async () => {
    const page = await harness.open(harness.plainServer.address);
    harness.plainServer.fault = ({ path }) => (path.endsWith(".mjs") ? { status: 404 } : undefined);
    const message = await page.evaluate(async () => {
      const dalle = await library.Dalle.load("right");
      return dalle.generate("a ball").catch((error) => `${error.code}: ${error.message}`);
    });
    harness.plainServer.fault = undefined;
    expect(message).toMatch(
      /^unsupported: ONNX Runtime did not start \(.*\); check the connection, and that the page's server has its \.mjs and \.wasm files, as docs\/browser\.md says\.$/,
    );
    await page.close();
  });

  test("a page whose policy forbids WebAssembly is told what to allow, and with it works", async () => {
    const drawn = async (policy: string) => {
      harness.server.fault = ({ path }, file) => {
        const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
        return path === "/" ? { file: Buffer.from(head + file) } : undefined;
      };
      const page = await harness.open();
      const said = await page.evaluate(async () => {
        const dalle = await library.Dalle.load("right", { engine: "wasm-threads" });
        const drawing = dalle.generate("a ball", { guidance: 1 });
        return drawing.then(
          () => "it was drawn",
          (error) => `${error.code}: ${error.message}`,
        );
      });
      await page.close();
      return said;
    };
    expect(await drawn("script-src 'self'")).toMatch(
      /^unsupported: ONNX Runtime did not start \(.*\); allow 'wasm-unsafe-eval' in the script-src of the page's Content-Security-Policy\.$/s,
    );
    expect(await drawn("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'")).toBe(
      "it was drawn",
    );
    harness.server.fault = undefined;
  });

  test("an engine that is asked for comes, or an error that says why not", async () => {
    const page = await harness.open();
    expect(await refusal(page, "right", "wasm")).toBe("it was loaded");
    expect(await refusal(page, "right", "wasm-threads")).toBe(
      "unsupported: The engine wasm-threads is not to be had: this page has begun with wasm, so reload it; leave engine out to take the best there is.",
    );
    expect(await refusal(page, "right", "cpu")).toContain(
      "a page has webgpu, wasm-threads and wasm",
    );
    await page.close();
    const plain = await harness.open(harness.plainServer.address);
    expect(await refusal(plain, "nowhere", "wasm-threads")).toContain(
      "the page is not cross-origin isolated",
    );
    await plain.close();
    await expect(Dalle.load("nowhere", { engine: "webgpu" })).rejects.toMatchObject({
      code: "unsupported",
      message: "Node has no engine webgpu; leave engine out.",
    });
  });
});
