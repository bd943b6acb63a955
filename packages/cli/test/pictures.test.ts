/** @file Commands that start from a picture or a caption: vary, translate, explain, continue; and pictures in a terminal. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng, loadImage, readPngMetadata } from "dalle-ts";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { pictureEscape } from "../src/inline-pictures.js";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
const picture = join(folder, "in.png");
const out = join(folder, "out.png");
const caption = "a small red block";

beforeAll(async () => {
  await writeTinyModel(model, { logitScale: 60 });
  const pixels = Uint8Array.from({ length: 90 * 70 * 3 }, (_, index) => (index * index) % 251);
  await writeFile(picture, await encodePng({ width: 90, height: 70, pixels }));
});

test("vary keeps what is around another rectangle of each picture", async () => {
  const argv = ["vary", picture, "--model", model, "--seed", "1", "--share", "0.25", "-n", "2"];
  const report = await dalleJson([...argv, "-o", out]);
  expect(report).toMatchObject({ caption: "", seeds: [1, 2], settings: { guidance: 1 } });
  expect(readPngMetadata(await readFile(join(folder, "out-1.png")))).toMatchObject({
    caption: "",
    seed: "2",
    image: picture,
    share: "0.25",
    candidates: "8",
  });
  const told = await dalleJson([...argv, "--caption", caption, "--guidance", "3", "-o", out]);
  expect(told).toMatchObject({ caption, settings: { guidance: 3 } });
});

test("score says which ends of captions were not read, and which words are unknown", async () => {
  const long = "a small red block sitting on a large green block, next to a striped yellow pillow";
  const argv = ["score", picture, "red", long, "--model", model];
  const { exitCode, stderr } = await dalle(argv);
  expect(exitCode).toBe(0);
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringContaining("CLIP reads 10 tokens; the end of the caption was left out: "),
    expect.stringContaining("The model reads 11 tokens; the end of the caption was left out: "),
    expect.stringContaining('No caption that the model was taught with has the word "next"'),
  ]);
  expect((await dalleJson(argv)).warnings).toHaveLength(3);
});

test("translate gives both panels, the upper one the same from seed to seed", async () => {
  const argv = ["translate", picture, "the same on the bottom", "--model", model, "--seed", "1"];
  await dalleJson([...argv, "-n", "2", "-o", out]);
  const [one, two] = [
    await loadImage(join(folder, "out-0.png")),
    await loadImage(join(folder, "out-1.png")),
  ];
  const row = 64 * 3;
  for (const [index, value] of one.pixels.subarray(0, 20 * row).entries()) {
    expect(Math.abs(value - two.pixels[index]!)).toBeLessThan(4); // the decoder sees a little of what is below
  }
  expect(one.pixels.subarray(-20 * row)).not.toEqual(two.pixels.subarray(-20 * row));
});

test("explain draws a panel a word, and says the numbers", async () => {
  const path = join(folder, "why.png");
  const report = await dalleJson(["explain", picture, caption, "--model", model, "-o", path]);
  expect(report.words.map(({ text }: { text: string }) => text)).toEqual(caption.split(" "));
  for (const { attention } of report.words) expect(attention).toHaveLength(report.codes.length);
  const sheet = await loadImage(path);
  expect(sheet.width).toBeGreaterThan(5 * 128);
  const { exitCode, stdout } = await dalle(
    ["explain", picture, caption, "--model", model].concat(["-o", path]),
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^block\s+\d+\.\d\d %$/m);
});

test("continue prints captions that begin as asked, the same ones for a seed", async () => {
  const argv = ["continue", "a small", "--model", model, "-n", "3", "--seed", "4"];
  const { captions } = await dalleJson(argv);
  expect(captions).toHaveLength(3);
  const { stdout, stderr } = await dalle(argv);
  expect(stderr).toBe("");
  const lines = stdout.trimEnd().split("\n");
  expect(lines.at(-1)).toBe("seed 4");
  for (const line of lines.slice(0, 3)) expect(line.startsWith("a small")).toBe(true);
});

test("a caption that is repeated draws something else, and its file says so", async () => {
  const argv = ["generate", "red", "--model", model, "--seed", "1", "-o", out];
  await dalleJson(argv);
  const once = await loadImage(out);
  await dalleJson([...argv, "--repeat", "3"]);
  expect((await loadImage(out)).pixels).not.toEqual(once.pixels);
  expect(readPngMetadata(await readFile(out))).toMatchObject({ caption: "red", repeat: "3" });
});

test.each([
  ["vary", "none.png"],
  ["translate", "none.png", caption],
  ["explain", "none.png", caption],
])("%s refuses a picture that is not there, and writes nothing", async (...argv) => {
  const before = await filesIn(folder);
  const { exitCode, stdout, stderr } = await dalle([
    ...argv,
    "--model",
    model,
    "-o",
    join(folder, "new.png"),
  ]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toBe("none.png does not exist; check the path.\n");
  expect(await filesIn(folder)).toEqual(before);
});

describe("pictures in a terminal", () => {
  afterEach(() => vi.unstubAllEnvs());
  const argv = ["generate", caption, "--model", model, "--seed", "1", "-n", "2", "-o", out];
  const names = ["KITTY_WINDOW_ID", "KITTY_PID", "GHOSTTY_RESOURCES_DIR", "TERM_PROGRAM"];
  const variables = [
    ...names,
    "WEZTERM_PANE",
    "WEZTERM_UNIX_SOCKET",
    "KONSOLE_VERSION",
    "LC_TERMINAL",
  ];
  const pretend = (found: Readonly<Record<string, string>>) => {
    for (const name of variables) vi.stubEnv(name, found[name] ?? undefined);
  };

  test("kitty and iTerm2 show them above the text", async () => {
    pretend({ KITTY_WINDOW_ID: "1" });
    const { stdout } = await dalle(argv, { terminal: true });
    expect(stdout.startsWith("\u001b_Gf=100,a=T,r=16,m=")).toBe(true);
    pretend({ TERM_PROGRAM: "iTerm.app", TERM_PROGRAM_VERSION: "3.5.0" });
    vi.stubEnv("TERM_PROGRAM_VERSION", "3.5.0");
    const other = await dalle(argv, { terminal: true });
    expect(other.stdout.startsWith("\u001b]1337;File=inline=1;size=")).toBe(true);
  });

  test("files, --json and other terminals get none", async () => {
    pretend({ KITTY_WINDOW_ID: "1" });
    expect((await dalle(argv)).stdout).not.toContain("\u001b");
    expect((await dalle([...argv, "--json"], { terminal: true })).stdout).not.toContain("\u001b");
    pretend({});
    expect((await dalle(argv, { terminal: true })).stdout).not.toContain("\u001b");
  });

  test("kitty gets pieces of 4096 letters, and all of them", () => {
    const png = Uint8Array.from({ length: 7000 }, (_, index) => index % 251);
    const escapes = pictureEscape("kitty", png).replaceAll("\u001b", "ESC");
    const pieces = [...escapes.matchAll(/ESC_G([^;]*);(.*?)ESC\\/g)];
    expect(pieces.map(([, control]) => control)).toEqual(["f=100,a=T,r=16,m=1", "m=1", "m=0"]);
    const text = pieces.map(([, , piece]) => piece).join("");
    expect(Uint8Array.from(Buffer.from(text, "base64"))).toEqual(png);
  });
});
