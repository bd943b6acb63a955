/** @file The Studio as people use it, in a real Chromium, and an audit of each view for those who use it otherwise. */
import { join } from "node:path";
import { Dalle, loadImage, twoPanels } from "dalle-ts";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { seriousFindings } from "./support/audit.js";
import { withoutChromium } from "./support/browser.js";
import { chromiumPage } from "./support/chromium-page.js";
import { decoded, examplePng, testServer } from "./support/server.js";
import { trainingRun } from "./support/training-run.js";

// 16 × 16 codes, so that a picture takes long enough to be watched.
const server = testServer({}, { groups: 3, families: ["blocks", "scenes"] });
const KEY = "a-key";
const serverWithKey = testServer({ keys: [KEY] }, { groups: 3 });
const run = trainingRun(() => join(server.folder, "runs", "a-run"));
if (withoutChromium) console.log(`The Studio's tests were skipped: ${withoutChromium}.`);

describe.skipIf(withoutChromium)("the Studio", () => {
  const chromium = chromiumPage(server);
  let page: Page;
  beforeAll(run.write);
  beforeEach(() => {
    page = chromium.page;
  });

  const open = (view: string) => page.goto(`${server.url}/#/${view}`);
  const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
  const pictures = () => page.getByRole("list", { name: "Pictures" }).getByRole("img");
  const isStored = () => page.locator('.tiles img[src^="/pictures/"]');
  /** Draws so many pictures with the keyboard alone. */
  async function generate(prompt: string, count = 4): Promise<void> {
    await page.getByLabel("Prompt").fill(prompt);
    await page.getByRole("spinbutton", { name: "Pictures" }).fill(String(count));
    await page.getByLabel("Prompt").press("Enter");
  }

  /** Asks of the picture shown where the word was looked for, and gives the dialog that says it. */
  async function explained(word: string) {
    await button("Explain").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Explain" }).click();
    await dialog.getByRole("button", { name: word }).hover();
    await expect
      .poll(() => dialog.getByRole("status").textContent())
      .toMatch(new RegExp(`^“${word}”: looked for most in the `));
    return dialog;
  }

  test("draws pictures that appear row by row", async () => {
    await open("generate");
    await page.evaluate(`
      window.seen = new Set();
      new MutationObserver(() => {
        for (const image of document.querySelectorAll(".tiles img")) seen.add(image.src);
      }).observe(document.body, { subtree: true, childList: true, attributes: true });`);
    await generate("a small red block", 2);
    await expect.poll(() => isStored().count()).toBe(2);
    const seen = await page.evaluate<string[]>("[...seen]");
    expect(seen.filter((source) => source.startsWith("data:")).length).toBeGreaterThan(8);
    await expect.poll(() => page.getByRole("status").textContent()).toBe("2 pictures.");
    expect(await pictures().first().getAttribute("alt")).toBe("a small red block, picture 1");
  });

  test("the same seed gives the same picture", async () => {
    await open("generate");
    const sources: string[] = [];
    for (const _ of [1, 2]) {
      await page.getByLabel("Seed").fill("5");
      await generate("a small red block", 1);
      await expect.poll(() => page.getByRole("status").textContent()).toBe("1 picture.");
      const source = await isStored().first().getAttribute("src");
      const response = await page.request.get(`${server.url}${source}`);
      sources.push((await response.body()).toString("base64"));
      await page.reload();
    }
    expect(sources[0]).toBe(sources[1]);
  });

  test("cancels", async () => {
    await open("generate");
    await page.getByLabel("Best of").fill("64");
    await generate("a small red block", 10);
    await expect.poll(() => page.getByRole("status").textContent()).toMatch(/Drawing|queue|Next/);
    await button("Cancel").click();
    await expect.poll(() => page.getByRole("status").textContent()).toBe("Cancelled.");
    const queue = async () => (await (await page.request.get(`${server.url}/health`)).json()).queue;
    await expect.poll(queue).toMatchObject({ waiting: 0, running: 0 });
    expect(await button("Draw").isEnabled()).toBe(true);
  });

  test("suggests words, and says what is wrong in a sentence", async () => {
    await open("generate");
    const [word] = (await (await page.request.get(`${server.url}/api/status`)).json()).model.words;
    await page.getByLabel("Prompt").fill(`a ${word.slice(0, 2)}`);
    await button(word).click();
    expect(await page.getByLabel("Prompt").inputValue()).toBe(`a ${word} `);
    await page.keyboard.type("block"); // without looking for the field again
    expect(await page.getByLabel("Prompt").inputValue()).toBe(`a ${word} block`);
    await page.getByText("How it is drawn").click();
    await page.getByLabel("Top p").fill("2");
    await page.getByText("How it is drawn").click();
    await button("Draw").click();
    await expect.poll(() => page.getByLabel("Top p").isVisible()).toBe(true);
    await page.getByLabel("Top p").fill("");
    // Key by key: "0." on the way is a number too.
    await page.getByLabel("Temperature").pressSequentially("0.95");
    expect(await page.getByLabel("Temperature").inputValue()).toBe("0.95");
    await page.getByLabel("Prompt").fill("long ".repeat(40));
    await button("Draw").click();
    await expect.poll(() => page.locator(".warning").textContent()).toContain("was left out");
  });

  test("puts a style's words before the prompt, where the model knows styles", async () => {
    await open("generate");
    const style = page.getByLabel("Style");
    await style.focus();
    await page.keyboard.type("pixel");
    expect(await style.inputValue()).toBe("a pixel art illustration of");
    await generate("a fox", 1);
    await isStored().waitFor();
    const alt = "a pixel art illustration of a fox, picture 1";
    expect(await pictures().first().getAttribute("alt")).toBe(alt);
    expect(await seriousFindings(page)).toEqual([]);
    await page.addInitScript(`sessionStorage.setItem("dalle-key", "${KEY}")`);
    await page.goto(serverWithKey.url);
    await page.getByLabel("Seed").waitFor();
    expect(await style.count()).toBe(0);
  });

  test("saves the whole library, also where the server asks for a key", async () => {
    await page.addInitScript(`sessionStorage.setItem("dalle-key", "${KEY}")`);
    await page.goto(`${serverWithKey.url}/#/gallery`);
    const download = page.waitForEvent("download");
    await button("Export all").click();
    expect((await download).suggestedFilename()).toBe("dalle-pictures.tar");
    expect(await (await download).failure()).toBeNull();
  });

  test("asks again for a key that no request could carry", async () => {
    await page.goto(serverWithKey.url);
    await page.getByLabel("API key").fill(`${KEY}…`);
    await button("Go on").click();
    await page.getByLabel("API key").fill(KEY);
    await button("Go on").click();
    await page.getByLabel("Seed").waitFor();
    chromium.forgive("401"); // of the first look, without a key
  });

  test("edits what is painted of a picture of the gallery", async () => {
    await open("generate");
    await generate("a picture to edit", 1);
    await page.locator(".tiles").getByRole("link", { name: "Edit" }).click();
    const canvas = page.getByRole("application");
    await canvas.waitFor();
    expect(await button("Draw").isEnabled()).toBe(false);
    await page.getByLabel(/^Prompt/).fill("a block");
    await page.getByLabel(/^Prompt/).press("Enter"); // draws no more than the button does
    expect(await page.getByRole("status").textContent()).toBe("");
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 1.5, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("2");
    await button("Draw").click();
    await expect.poll(() => isStored().count()).toBe(2);
  });

  test("paints with the keyboard, keeps edges and varies an uploaded picture", async () => {
    await open("edit");
    const wide = sharp(await examplePng(100)).resize(150, 100, { fit: "fill" });
    const file = { name: "in.png", mimeType: "image/png", buffer: await wide.png().toBuffer() };
    const canvas = page.getByRole("application");
    const paint = async () => {
      await canvas.focus();
      for (const key of ["Space", "ArrowLeft", "Space"]) await page.keyboard.press(key);
      await expect.poll(() => button("Draw").isEnabled()).toBe(true);
    };
    await page.getByLabel("Picture", { exact: true }).setInputFiles(file);
    await paint();
    await page.getByLabel("Keep edges").check();
    await page.getByLabel("Picture", { exact: true }).setInputFiles({ ...file, name: "b.png" });
    await page.getByLabel("Paint what is drawn anew").check();
    expect(await button("Draw").isEnabled()).toBe(false); // that was painted on another picture
    await paint();
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("1");
    await page.getByLabel(/^Prompt/).fill("a block");
    for (const way of ["Paint what is drawn anew", "Keep edges", "Vary"]) {
      await page.getByLabel(way).check();
      await button("Draw").click();
      await expect.poll(() => page.getByRole("status").textContent()).toBe("1 picture.");
    }
  });

  test("suggests how a prompt may go on", async () => {
    await open("generate");
    await page.getByLabel("Prompt").fill("a small");
    await button("Suggest endings").click();
    const endings = page.getByRole("group", { name: "As the model would go on" });
    await endings
      .getByRole("button", { name: /^a small./ })
      .first()
      .click();
    expect(await page.getByLabel("Prompt").inputValue()).toMatch(/^a small./);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel("Prompt").fill("small ".repeat(40));
    await button("Suggest endings").click();
    await expect.poll(() => page.getByRole("alert").textContent()).toContain("to leave room");
    chromium.forgive("400"); // the browser's own note of the refusal
  });

  test("translates: keeps a picture as the upper panel and draws the lower one", async () => {
    const buffer = await examplePng();
    await open("edit");
    await page.getByLabel("Picture", { exact: true }).setInputFiles({
      ...{ name: "in.png", mimeType: "image/png", buffer },
    });
    await page.getByLabel("Translate").check();
    await page.getByLabel(/^Prompt for both panels/).fill("a block on the top");
    await page.getByRole("spinbutton", { name: "Pictures" }).fill("1");
    await button("Draw").click();
    await isStored().waitFor();
    const drawn = await loadImage(
      await (await page.request.get(`${server.url}${await isStored().getAttribute("src")}`)).body(),
    );
    await using dalle = await Dalle.load(join(server.folder, "model"));
    const panels = await dalle.reconstruct(twoPanels(await loadImage(buffer), drawn.width));
    // The dVAE mixes what is near the border of the two.
    const upper = 3 * drawn.width * (drawn.height / 4);
    const isAlike = (from: number, to?: number) =>
      Buffer.compare(drawn.pixels.subarray(from, to), panels.pixels.subarray(from, to)) === 0;
    expect([isAlike(0, upper), isAlike(upper)]).toEqual([true, false]);
  });

  test("explores the attributes of a caption", async () => {
    await open("explore");
    await page.getByLabel("Caption with slots").fill("a {small|large} {red|blue|green} block");
    await page.getByLabel("Rows").selectOption({ label: "small, large" });
    await page.getByLabel("Columns").selectOption({ label: "red, blue, green" });
    await page.getByLabel("Seed").fill(""); // one is drawn for all of them
    await button("Draw 6 pictures").click();
    await expect
      .poll(() => page.getByRole("status").textContent())
      .toMatch(/^6 pictures at seed \d+\.$/);
    const { pictures: drawn } = await (
      await page.request.get(`${server.url}/api/pictures?limit=6`)
    ).json();
    expect(new Set(drawn.map(({ seed }: { seed: number }) => seed)).size).toBe(1);
    const large = page.getByRole("img", { name: "a large green block" });
    expect(await large.getAttribute("src")).toMatch(/^\/pictures\//);
    await page.getByLabel("Columns").selectOption({ label: "none" });
    expect(await button("Draw 2 pictures").isVisible()).toBe(true);
    await page.getByLabel("Slot 2").selectOption("blue");
  });

  test("keeps a gallery: search, favourites, code, deleting", async () => {
    await open("generate");
    await generate("a block to find", 2);
    await expect.poll(() => page.getByRole("status").textContent()).toBe("2 pictures.");
    await open("gallery");
    await page.getByLabel("Search captions").fill("find BLOCK");
    await expect.poll(() => pictures().count()).toBe(2);
    await pictures().first().click();
    await button(/☆ Favourite/).click();
    await button("Python").click();
    await button("Copy").click();
    await expect
      .poll(() => page.getByRole("dialog").getByRole("status").last().textContent())
      .toBe("Copied.");
    const code = await page.evaluate<string>("navigator.clipboard.readText()");
    expect(code).toContain('prompt="a block to find"');
    expect(code).toMatch(/"seed": \d+, "temperature": 1, "top_p": 1, "guidance_scale": 1/);
    await button("Close").click();
    await page.getByLabel("Favourites only").check();
    await expect.poll(() => pictures().count()).toBe(1);
    await pictures().first().click();
    await button("Delete").click();
    await expect.poll(() => pictures().count()).toBe(0);
  });

  test("explains a picture: each word says and shows where the model looked for it", async () => {
    await open("generate");
    await generate("a small red block", 1);
    const dialog = await explained("small");
    const overlay = (word: string) =>
      dialog.getByRole("img", {
        name: `The picture in greys, red where the model looked for “${word}”`,
      });
    const pixels = (word: string) =>
      overlay(word).evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    await expect.poll(() => overlay("small").getAttribute("width")).toBe("64");
    const small = await pixels("small");
    await dialog.getByRole("button", { name: "red" }).focus();
    await expect.poll(() => pixels("red")).not.toBe(small);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Close" }).click();
    await open("gallery");
    await pictures().first().click();
    await dialog.getByRole("button", { name: "Explain" }).click();
    await dialog.getByRole("button", { name: "block" }).waitFor();
  });

  test("draws in the browser what the server draws for the same seed, and cancels", async () => {
    await page.addInitScript(`sessionStorage.setItem("dalle-key", "${KEY}")`);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(serverWithKey.url);
    await page.getByLabel(/^Run in this browser: downloads the model \(0\.\d MB\) once/).check();
    // Who does not draw here downloads nothing of it.
    expect(asked.filter((path) => /^\/api\/model|\/(ort|browser)[.-]/.test(path))).toEqual([]);
    await page.evaluate(`
      window.said = new Set();
      new MutationObserver(() => said.add(document.querySelector("[role=status]").textContent))
        .observe(document.body, { subtree: true, childList: true, characterData: true });`);
    await page.getByLabel("Seed").fill("5");
    await generate("a small red block", 1);
    const status = () => page.getByRole("status").textContent();
    await expect.poll(status).toBe("1 picture.");
    expect(asked).not.toContain("/v1/images/generations");
    const runtime = asked.filter((path) => path.endsWith(".wasm"));
    expect(runtime).toEqual([expect.stringMatching(/^\/assets\/ort-wasm-simd-threaded-/)]);
    const response = await fetch(`${serverWithKey.url}${runtime[0]}`);
    expect(response.headers.get("content-type")).toBe("application/wasm");
    expect(Number(response.headers.get("content-length"))).toBeLessThan(4_000_000); // of 14 MB
    expect(await WebAssembly.compile(await response.arrayBuffer())).toBeDefined();
    expect(await page.evaluate("crossOriginIsolated")).toBe(true); // so it may use threads
    const said = await page.evaluate<string[]>("[...said]");
    expect(said.join()).toMatch(/Downloading the model: \d+ % of 0\.\d MB/);
    expect(said).toContain("Drawing, row by row …");
    expect(await page.locator(".status .warning").textContent()).toMatch(
      /^WebAssembly on (\d threads|one thread): this browser has no WebGPU/,
    );

    const { data } = await serverWithKey.client.images.generate({
      ...{ prompt: "a small red block", n: 1 },
      ...({ seed: 5 } as object),
    });
    const url = await pictures().first().getAttribute("src");
    const [here, there] = [await decoded(url!.split(",")[1]), await decoded(data![0]!.b64_json)];
    const difference = here.pixels.map((value, index) => Math.abs(value - there.pixels[index]!));
    expect(here.width).toBe(there.width);
    expect(Math.max(...difference)).toBeLessThanOrEqual(1); // of 255; the codes are the same

    // What the page drew, the page explains.
    const dialog = await explained("small");
    expect(asked).not.toContain("/api/explain");
    await dialog.getByRole("button", { name: "Close" }).click();

    await generate("a small red block", 10);
    await expect.poll(status).toBe("Drawing, row by row …");
    await button("Cancel").click();
    await expect.poll(status).toBe("Cancelled.");
    expect(await button("Draw").isEnabled()).toBe(true);
  });

  test("follows a training run", async () => {
    await open("training");
    await expect
      .poll(() => page.getByText(/^Step \d/).textContent())
      .toBe("Step 20 after 2 minutes.");
    expect(await page.getByRole("img", { name: /^loss: from/ }).isVisible()).toBe(true);
    await expect
      .poll(() => page.evaluate<number>('document.querySelector("img.sheet").naturalWidth'))
      .toBe(64);
    await run.append(21);
    await expect
      .poll(() => page.getByText(/^Step \d/).textContent())
      .toBe("Step 21 after 2 minutes.");
  });

  test.each(["generate", "edit", "explore", "gallery", "training"])(
    "%s has no serious finding of the accessibility audit, light or dark, wide or narrow",
    async (view) => {
      await open(view);
      if (view === "generate") {
        await generate("a small red block", 1);
        await isStored().waitFor();
      }
      await page.getByRole("heading", { level: 1 }).waitFor();
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1200, 360]) {
          await page.setViewportSize({ width, height: 800 });
          expect(await seriousFindings(page)).toEqual([]);
          const overflow = await page.evaluate<number>(
            "document.documentElement.scrollWidth - innerWidth",
          );
          expect(overflow).toBeLessThanOrEqual(0); // nothing sticks out on a phone
        }
      }
    },
  );
});
