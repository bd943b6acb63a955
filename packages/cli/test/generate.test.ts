/** @file `dalle generate` and `dalle reconstruct` on a tiny random model: files, metadata, repetition, cancelling. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng, loadImage, readPngMetadata } from "dalle-ts";
import { beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
const caption = "a small red block";

beforeAll(async () => {
  await writeTinyModel(model);
});

async function emptyFolder(name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

test("writes numbered pictures that say how to make them again", async () => {
  const out = await emptyFolder("numbered");
  const argv = ["generate", caption, "--model", model, "--seed", "7", "--temperature", "0.5"];
  const report = await dalleJson([...argv, "-n", "3", "-o", join(out, "out.png")]);
  expect(await filesIn(out)).toEqual(["out-0.png", "out-1.png", "out-2.png"]);
  expect(report).toMatchObject({ seed: 7, seeds: [7, 8, 9], settings: { temperature: 0.5 } });
  expect(report.memory).toMatchObject({ batch: 3, entries: 3 });
  expect(report.files).toEqual([0, 1, 2].map((index) => join(out, `out-${index}.png`)));
  const last = await readFile(join(out, "out-2.png"));
  expect(readPngMetadata(last)).toEqual({
    caption,
    seed: "9",
    settings: '{"temperature":0.5,"topP":1,"guidance":1}',
    model: report.model.hash,
    "picture-codes": expect.stringMatching(/^\d+( \d+)+$/),
  });
});

test("the same seed gives the same bytes, at batch 1 and batch 4, alone and together", async () => {
  const out = await emptyFolder("same");
  const generate = (name: string, ...options: string[]) =>
    dalleJson(["generate", caption, "--model", model, "-o", join(out, name), ...options]);
  await generate("four.png", "-n", "4", "--seed", "7", "--batch", "4");
  await generate("one.png", "-n", "4", "--seed", "7", "--batch", "1");
  await generate("alone.png", "--seed", "9");
  const bytesOf = (name: string) => readFile(join(out, name));
  for (const index of [0, 1, 2, 3]) {
    expect(await bytesOf(`four-${index}.png`)).toEqual(await bytesOf(`one-${index}.png`));
  }
  expect(await bytesOf("alone.png")).toEqual(await bytesOf("four-2.png"));
  expect(await bytesOf("four-0.png")).not.toEqual(await bytesOf("four-1.png"));
});

test("--grid writes one sheet, with every seed in it", async () => {
  const out = await emptyFolder("grid");
  const path = join(out, "sheet.png");
  const argv = ["generate", caption, "--model", model, "--seed", "1", "-n", "4", "--grid"];
  const { exitCode, stdout } = await dalle([...argv, "-o", path]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`^${path}\n4 pictures in [\\d.]+ s, seed 1\n$`));
  expect(await filesIn(out)).toEqual(["sheet.png"]);
  const sheet = await loadImage(path);
  expect([sheet.width, sheet.height]).toEqual([130, 130]);
  expect(readPngMetadata(await readFile(path)).seed).toBe("1 2 3 4");
});

test("draws a seed where none is given, and prints it", async () => {
  const out = await emptyFolder("seedless");
  const argv = ["generate", caption, "--model", model, "-o", join(out, "a.png")];
  const seeds = [await dalleJson(argv), await dalleJson(argv)].map(({ seed }) => seed);
  expect(seeds[0]).not.toBe(seeds[1]);
  expect(readPngMetadata(await readFile(join(out, "a.png"))).seed).toBe(String(seeds[1]));
});

test("an interrupt cancels, leaves nothing and lets older files be", async () => {
  const out = await emptyFolder("interrupted");
  await writeFile(join(out, "out-0.png"), "older");
  const argv = ["generate", caption, "--model", model, "-n", "1000", "-o", join(out, "out.png")];
  const { exitCode, stdout, stderr } = await dalle(argv, { interrupt: true });
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
  expect(stderr).toMatchInlineSnapshot(`
    "The request was cancelled; start it again to get its result.
    "
  `);
  expect(await filesIn(out)).toEqual(["out-0.png"]);
  expect(await readFile(join(out, "out-0.png"), "utf8")).toBe("older");
});

test("a terminal sees a bar and keeps its cursor, a file sees nothing", async () => {
  const out = await emptyFolder("bar");
  const argv = ["generate", caption, "--model", model, "-o", join(out, "out.png")];
  const { stderr } = await dalle(argv, { terminal: true });
  expect(stderr).toMatch(/^tiny, 32-bit weights: about \d+ MB of memory for 1 picture at a time\n/);
  expect(stderr).toContain("drawing ");
  expect(stderr).not.toContain("\u001b[?25l");
  expect((await dalle(argv)).stderr).toBe("");
});

test("words that no caption of the model's world has are named", async () => {
  const out = await emptyFolder("unknown");
  const generate = (text: string) =>
    dalleJson(["generate", text, "--model", model, "-o", join(out, "out.png")]);
  const { warnings } = await generate("a red locomotive on a Steam block");
  expect(warnings.at(-1)).toMatchInlineSnapshot(
    `"No caption that the model was taught with has the words "locomotive" and "steam", so it knows nothing of that; \`dalle data sheet world -o world.png --families blocks,objects\` shows what it knows, and docs/import.md says how to bring a larger model."`,
  );
  expect((await generate(caption)).warnings).toEqual([]);
});

test("reconstructs any picture at the model's size", async () => {
  const out = await emptyFolder("reconstructed");
  const source = join(out, "in.png");
  const pixels = Uint8Array.from({ length: 90 * 70 * 3 }, (_, index) => (index * 7) % 256);
  await writeFile(source, await encodePng({ width: 90, height: 70, pixels }));
  const target = join(out, "seen.png");
  const report = await dalleJson(["reconstruct", source, "--model", model, "-o", target]);
  expect(report.codes).toHaveLength(64);
  const image = await loadImage(target);
  expect([image.width, image.height]).toEqual([64, 64]);
});
