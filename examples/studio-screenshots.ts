/**
 * @file `npm run screenshots`: docs/studio/*.png, each view of the Studio with the bundled model, wide and as on a phone. Needs
 * Chromium and a built page (`npm run build`).
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@dalle-ts/studio";
import { chromium, type Page } from "playwright-core";
import sharp from "sharp";

const COLOURS = 128;
const folder = fileURLToPath(new URL("../docs/studio", import.meta.url));
const data = await mkdtemp(join(tmpdir(), "dalle-screenshots-"));
const runs = fileURLToPath(new URL("../runs", import.meta.url));
const server = await serve({ port: 8787, data, runs });
await server.ready;
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});

const wide = await openPage({ width: 1000, height: 1040 });
await generate(wide, "a small red block sitting on a large green block", 8);
await wide.locator(".tiles img").nth(7).waitFor();
await wide.waitForTimeout(700);
await take(wide, "generate-partial");
await done(wide, /^8 pictures/);
await take(wide, "generate");
await wide.goto(`${server.url}/#/explore`);
await wide.getByRole("button", { name: "Draw 16 pictures" }).click();
await done(wide, /^16 pictures/);
await take(wide, "explore");
for (const prompt of [
  "an armchair in the shape of an avocado",
  "a baby penguin wearing a blue hat, red gloves, green shirt, and yellow pants",
  "a painting of a fox sitting in a field at sunrise",
]) {
  await wide.goto(server.url);
  await generate(wide, prompt, 4);
  await done(wide, /^4 pictures/);
}
await wide.goto(`${server.url}/#/gallery`);
await wide.locator(".tiles img").first().waitFor();
await wide.waitForFunction(() =>
  [...document.querySelectorAll<HTMLImageElement>(".tiles img")].every(
    ({ naturalWidth }) => naturalWidth > 0,
  ),
);
await take(wide, "gallery");
await wide.locator(".tiles button").first().click();
await wide.waitForTimeout(300);
await take(wide, "picture");
await wide.getByRole("button", { name: "Close" }).click();
await wide.locator(".tiles button").last().click(); // of the first prompt
await wide.getByRole("button", { name: "Explain" }).click();
await wide.getByRole("button", { name: "red", exact: true }).hover();
await wide.getByRole("img", { name: /^The picture in greys/ }).waitFor();
await wide.waitForTimeout(300);
await take(wide, "explain");

const phone = await openPage({ width: 390, height: 800 }, "dark");
await phone.goto(`${server.url}/#/gallery`);
await phone.locator(".tiles button").last().click();
await phone.getByRole("link", { name: "Edit" }).last().click();
const box = (await phone.getByRole("application").boundingBox())!;
await phone.mouse.move(box.x + box.width * 0.35, box.y + box.height * 0.3);
await phone.mouse.down();
await phone.mouse.move(box.x + box.width * 0.65, box.y + box.height * 0.4, { steps: 6 });
await phone.mouse.up();
await phone.getByLabel(/^Prompt/).fill("a small blue block sitting on a large green block");
await phone.getByRole("button", { name: "Draw" }).click();
await done(phone, /^4 pictures/);
await phone.evaluate("scrollTo(0, 180)");
await take(phone, "edit-phone");

await browser.close();
await server.close();
await rm(data, { recursive: true });

async function openPage(
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark" = "light",
) {
  const page = await (await browser.newContext({ viewport, colorScheme })).newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(server.url);
  return page;
}

async function generate(page: Page, prompt: string, count: number): Promise<void> {
  await page.getByLabel("Prompt").fill(prompt);
  await page.getByRole("spinbutton", { name: "Pictures" }).fill(String(count));
  await page.getByLabel("Seed").fill("1");
  await page.getByRole("button", { name: "Draw" }).click();
}

async function done(page: Page, text: RegExp): Promise<void> {
  await page.getByRole("status").filter({ hasText: text }).waitFor();
  await page.waitForTimeout(500); // the last pictures are being fetched
}

/** Few colours keep the files small. */
async function take(page: Page, name: string): Promise<void> {
  const png = await page.screenshot();
  const small = await sharp(png).png({ palette: true, colours: COLOURS, effort: 10 }).toBuffer();
  await writeFile(join(folder, `${name}.png`), small);
  console.log(`docs/studio/${name}.png`);
}
