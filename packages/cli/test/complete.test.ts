/** @file `dalle generate --image`: keep, mask, frames of the steps, and pictures and regions that cannot be used. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { encodePng, loadImage, readPngMetadata } from "dalle-ts";
import sharp from "sharp";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, dalleJson, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
const picture = join(folder, "in.png");
const caption = "a small red block";
/** 90 × 70: the centre square, 70 × 70, is used at the model's 64 × 64. */
const pixels = Uint8Array.from({ length: 90 * 70 * 3 }, (_, index) => (index * index) % 251);

beforeAll(async () => {
  await writeTinyModel(model, { logitScale: 60 });
  await writeFile(picture, await encodePng({ width: 90, height: 70, pixels }));
});

async function emptyFolder(name: string): Promise<string> {
  await mkdir(join(folder, name));
  return join(folder, name);
}

const generate = (...options: string[]) => ["generate", caption, "--model", model, ...options];

async function pixelsOf(path: string): Promise<Uint8Array> {
  return (await loadImage(path)).pixels;
}

/** Mean difference of the upper quarters, in levels of 255. */
function difference(left: Uint8Array, right: Uint8Array): number {
  const quarter = left.subarray(0, left.length / 4);
  return quarter.reduce((sum, value, at) => sum + Math.abs(value - right[at]!), 0) / quarter.length;
}

test("keeps the top half of any picture, and says so in the file", async () => {
  const out = await emptyFolder("top");
  const seen = join(out, "seen.png");
  await dalleJson(["reconstruct", picture, "--model", model, "-o", seen]);
  const fresh = join(out, "fresh.png");
  await dalleJson(generate("--seed", "3", "-o", fresh));
  const argv = ["--image", picture, "--keep", "top:0.5", "--seed", "3", "-n", "2"];
  const report = await dalleJson(generate(...argv, "-o", join(out, "out.png")));
  expect(report).toMatchObject({ image: picture, keep: "top:0.5", seeds: [3, 4], fits: [] });
  const expected = await pixelsOf(seen);
  for (const name of ["out-0.png", "out-1.png"]) {
    const made = await pixelsOf(join(out, name));
    expect(made).not.toEqual(expected);
    // The decoder sees a little of what is drawn below.
    expect(difference(made, expected)).toBeLessThan(
      difference(await pixelsOf(fresh), expected) / 5,
    );
  }
  expect(readPngMetadata(await readFile(join(out, "out-0.png")))).toMatchObject({
    caption,
    seed: "3",
    image: picture,
    keep: "top:0.5",
  });
});

test("the file says how many candidates competed, and draws its picture again", async () => {
  const out = await emptyFolder("again");
  const path = join(out, "out.png");
  const start = ["--image", picture, "--keep", "top:0.25,bottom:0.25", "--seed", "3", "-o", path];
  for (const [asked, candidates] of [
    [["--candidates", "3"], 3],
    [[], 8],
  ] as const) {
    const report = await dalleJson(generate(...start, ...asked));
    expect(report).toMatchObject({ candidates });
    expect(report.memory).toMatchObject({ batch: candidates, entries: candidates });
    const pixels = await pixelsOf(path);
    const made = readPngMetadata(await readFile(path));
    const again = ["image", "keep", "candidates", "seed"].flatMap((name) => [
      `--${name}`,
      made[name]!,
    ]);
    await dalleJson(generate(...again, "-o", path));
    expect(await pixelsOf(path)).toEqual(pixels);
  }
  const other = await dalle(generate(...start, "--candidates", "5", "-n", "2"), { terminal: true });
  expect(other.stderr).toContain("for 1 picture with 5 candidates each at a time\n");
  // Nothing comes after what is drawn, so nothing competes.
  await dalleJson(generate("--image", picture, "--keep", "top:0.5", "-o", path));
  expect(readPngMetadata(await readFile(path))).not.toHaveProperty("candidates");
});

test("a mask of any size, white or transparent, draws the same hole as a rectangle's surroundings", async () => {
  const out = await emptyFolder("mask");
  const hole = (fill: string, ground: string) =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="140" height="140"><path fill="${ground}" fill-rule="evenodd" d="M0 0H140V140H0ZM35 35V105H105V35Z"/><rect x="35" y="35" width="70" height="70" fill="${fill}"/></svg>`,
    );
  const white = join(out, "white.png");
  const clear = join(out, "clear.png");
  await sharp(hole("#fff", "#000")).png().toFile(white);
  await sharp(hole("none", "#fff")).png().toFile(clear);
  const borders = "top:0.25,bottom:0.25,left:0.25,right:0.25";
  const results = [];
  for (const region of [
    ["--mask", white],
    ["--mask", clear],
    ["--keep", borders],
  ]) {
    const path = join(out, "out.png");
    const argv = ["--image", picture, ...region, "--seed", "1", "--candidates", "4", "-o", path];
    const { fits } = await dalleJson(generate(...argv));
    expect(fits).toHaveLength(1);
    results.push({ fits, pixels: await pixelsOf(path) });
  }
  expect(results[1]).toEqual(results[0]);
  expect(results[2]).toEqual(results[0]);
});

test("transparent, CMYK, 16-bit and animated pictures are completed like any other", async () => {
  const out = await emptyFolder("kinds");
  const source = sharp(pixels, { raw: { width: 90, height: 70, channels: 3 } });
  const frames = await Promise.all([
    source.clone().png().toBuffer(),
    source.clone().negate().png().toBuffer(),
  ]);
  const files = {
    "clear.png": await source.clone().ensureAlpha(0.5).png().toBuffer(),
    "cmyk.jpg": await source.clone().toColourspace("cmyk").jpeg().toBuffer(),
    "deep.png": await source.clone().toColourspace("rgb16").png().toBuffer(),
    "drawing.svg": Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    "moving.gif": await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer(),
  };
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(out, name);
    await writeFile(path, bytes);
    const argv = ["--image", path, "--keep", "top:0.5", "-o", join(out, "out.png")];
    await dalleJson(generate(...argv));
    const made = await loadImage(join(out, "out.png"));
    expect([made.width, made.height], name).toEqual([64, 64]);
  }
});

test("--steps-dir writes the frames of every picture, of a completion too", async () => {
  const out = await emptyFolder("frames");
  const steps = join(out, "steps", "new");
  const argv = ["--seed", "7", "-n", "2", "--steps-dir", steps, "-o", join(out, "out.png")];
  const { frames } = await dalleJson(generate(...argv));
  const known = ["08", "15", "22", "29", "36", "43", "50", "57", "64"];
  const expected = [7, 8].flatMap((seed) => known.map((codes) => `${seed}-${codes}.png`));
  expect(await filesIn(steps)).toEqual(expected);
  expect(frames.toSorted()).toEqual(expected.map((name) => join(steps, name)));
  expect(await pixelsOf(join(steps, "7-64.png"))).toEqual(await pixelsOf(join(out, "out-0.png")));
  expect(readPngMetadata(await readFile(join(steps, "7-08.png")))).toEqual({
    caption,
    seed: "7",
    codes: "8 of 64",
  });

  const { stdout } = await dalle(
    generate(
      "--image",
      picture,
      "--keep",
      "top:0.5",
      "--steps-dir",
      steps,
      "-o",
      join(out, "a.png"),
    ),
  );
  expect(stdout).toContain(`${steps}\n`);
});

describe("what cannot be used is one sentence, and nothing is written", () => {
  async function failure(...options: string[]) {
    const out = join(folder, "failed.png");
    const { exitCode, stdout, stderr } = await dalle(generate(...options, "-o", out));
    expect({ stdout, lines: stderr.match(/\n/g)?.length }).toEqual({ stdout: "", lines: 1 });
    expect(await filesIn(folder)).not.toContain("failed.png");
    return `${exitCode} ${stderr.trim().replaceAll(folder, "…")}`;
  }

  test("options that do not belong together", async () => {
    expect(await failure("--keep", "top:0.5")).toMatchInlineSnapshot(
      `"2 --keep needs a picture to start from; add --image with its path; see \`dalle generate --help\`."`,
    );
    expect(await failure("--candidates", "4")).toMatchInlineSnapshot(
      `"2 --candidates needs a picture to start from; add --image with its path; see \`dalle generate --help\`."`,
    );
    expect(await failure("--image", picture)).toMatchInlineSnapshot(
      `"2 --image does not say what of …/in.png stays; add --keep top:0.5, or another part, or --mask with a picture of what to draw anew; see \`dalle generate --help\`."`,
    );
    expect(
      await failure("--image", picture, "--keep", "top:0.5", "--mask", picture),
    ).toMatchInlineSnapshot(
      `"2 --keep and --mask both say what of the picture stays; leave out one of them; see \`dalle generate --help\`."`,
    );
    await writeFile(join(folder, "taken"), "");
    expect(await failure("--steps-dir", join(folder, "taken"))).toMatchInlineSnapshot(
      `"2 --steps-dir: expected a folder, and this is a file, got "…/taken"; see \`dalle generate --help\`."`,
    );
  });

  test("regions that say nothing, too much or too little", async () => {
    const keep = (region: string) => failure("--image", picture, "--keep", region);
    expect(await keep("top")).toMatchInlineSnapshot(
      `"2 --keep: expected borders such as top:0.5 or top:0.5,left:0.25, or left:…,top:…,width:…,height:… of a rectangle, got "top"; see \`dalle generate --help\`."`,
    );
    expect(await keep("top:2")).toMatchInlineSnapshot(
      `"2 --keep: expected fractions in [0, 1], got "2"; see \`dalle generate --help\`."`,
    );
    expect(await keep("top:1")).toMatchInlineSnapshot(
      `"2 The kept region is the whole picture; keep less of it."`,
    );
    expect(await keep("top:0.01")).toMatchInlineSnapshot(
      `"2 The kept region holds no whole code of 8 × 8 pixels; keep more, or generate without a picture."`,
    );
    expect(await keep("top=0.5")).toMatchInlineSnapshot(
      `"2 --keep: write top:0.5, with ":" between a name and its number; see \`dalle generate --help\`."`,
    );
    for (const wrong of ["", "up:1", "top:0.5,top:0.5", "top:0.5:1", "left:0,width:1", "top:NaN"]) {
      expect(await keep(wrong)).toContain("2 --keep: expected");
    }
    const rectangle = "left:0,top:0,width:0.5,height:0.5";
    expect(await keep(`${rectangle},right:0.5`)).toContain("2 --keep: expected");
  });

  test("masks that cover everything or nothing, and files that are no pictures", async () => {
    const plain = async (name: string, background: string) => {
      const create = { width: 9, height: 9, channels: 3, background } as const;
      await sharp({ create }).png().toFile(join(folder, name));
      return failure("--image", picture, "--mask", join(folder, name));
    };
    expect(await plain("white.png", "#fff")).toMatchInlineSnapshot(
      `"2 The mask leaves no whole code of 8 × 8 pixels to keep; mark less, or generate without a picture."`,
    );
    expect(await plain("black.png", "#000")).toMatchInlineSnapshot(
      `"2 The mask marks nothing to draw anew; make part of it white."`,
    );
    const absent = join(folder, "absent.png");
    expect(await failure("--image", absent, "--keep", "top:0.5")).toMatchInlineSnapshot(
      `"1 …/absent.png does not exist; check the path."`,
    );
    const text = join(model, "config.json");
    expect(await failure("--image", picture, "--mask", text)).toMatchInlineSnapshot(
      `"1 …/model/config.json is not a picture this program can read; give a PNG, JPEG, WebP, GIF, TIFF or AVIF file."`,
    );
  });
});

test("a mask of another shape than the picture is refused, for it would lie elsewhere", async () => {
  const mask = join(folder, "wide.png");
  await writeFile(mask, await encodePng({ width: 90, height: 30, pixels: new Uint8Array(8100) }));
  const { exitCode, stderr } = await dalle(generate("--image", picture, "--mask", mask));
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      '--mask: expected the shape of the picture, 90x70, or a square, got "90x30"; see `dalle generate --help`.\n',
  });
});
