/** @file Bad captions, bad model folders and full disks: one clear sentence, and nothing half-written. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { dalle, filesIn, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");
const out = join(folder, "out");

beforeAll(async () => {
  await writeTinyModel(model);
  await mkdir(out);
});

/** A generate that must fail: its exit code and message. Nothing may be written. */
async function failure(caption: string, options: { model?: string; output?: string } = {}) {
  const output = options.output ?? join(out, "out.png");
  const argv = ["generate", caption, "--model", options.model ?? model, "-o", output, "-n", "2"];
  const { exitCode, stdout, stderr } = await dalle(argv);
  expect(stdout).toBe("");
  expect(stderr.match(/\n/g)).toHaveLength(1);
  expect(await filesIn(out)).toEqual([]);
  return { exitCode, message: stderr.trim().replaceAll(folder, "…") };
}

describe("captions", () => {
  test("an empty one and a very long one are usage errors", async () => {
    for (const caption of ["", " \t\n"]) {
      const { exitCode, message } = await failure(caption);
      expect(exitCode).toBe(2);
      expect(message).toContain("caption: expected some text");
    }
    expect(await failure("block ".repeat(16_667))).toMatchInlineSnapshot(`
      {
        "exitCode": 2,
        "message": "caption: expected at most 4000 characters, got 100002 characters; see \`dalle generate --help\`.",
      }
    `);
  });

  test("of a long one the warning quotes the beginning", async () => {
    const argv = ["generate", "red block ".repeat(100), "--model", model];
    const { stderr } = await dalle([...argv, "-o", join(folder, "long.png")]);
    expect(stderr).toMatch(
      /left out: "[a-z ]{60}…" \(\d+ more characters\); shorten the caption\.\n$/,
    );
  });

  test("emoji and Arabic are drawn, and what did not fit is said", async () => {
    const path = join(folder, "emoji.png");
    const caption = "🟥🟩 مكعب أحمر 👩‍👩‍👧‍👦";
    const argv = ["generate", caption, "--model", model, "-o", path];
    const { exitCode, stderr } = await dalle(argv);
    expect(exitCode).toBe(0);
    expect(stderr).toContain("the end of the caption was left out");
    expect((await readFile(path)).length).toBeGreaterThan(100);
  });
});

describe("model folders", () => {
  /** A copy of the model with one thing wrong. */
  async function damaged(name: string, damage: (copy: string) => Promise<unknown>) {
    const copy = join(folder, name);
    await cp(model, copy, { recursive: true });
    await damage(copy);
    return failure("a red block", { model: copy });
  }
  const weights = "transformer.weights-0.bin";

  test("missing, truncated, bit-flipped and lost files are named", async () => {
    expect(await failure("a red block", { model: join(folder, "none") })).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/none does not exist; give the path of a model folder.",
      }
    `);
    expect(
      await damaged("truncated", (copy) => truncate(join(copy, weights), 1000)),
    ).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/truncated/transformer.weights-0.bin has 1000 bytes, config.json says 69824; copy or download it again.",
      }
    `);
    expect(
      await damaged("flipped", async (copy) => {
        const bytes = await readFile(join(copy, weights));
        bytes[500]! ^= 4;
        await writeFile(join(copy, weights), bytes);
      }),
    ).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/flipped/transformer.weights-0.bin is damaged or changed (its SHA-256 is not the one in config.json); copy or download it again.",
      }
    `);
    expect(
      await damaged("lost", (copy) => rm(join(copy, "dvae-decoder.onnx"))),
    ).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/lost/dvae-decoder.onnx is missing; copy or download the model again.",
      }
    `);
  });

  test("a config with NaN or a wrong number is refused by field", async () => {
    const edited = (name: string, from: RegExp, to: string) =>
      damaged(name, async (copy) => {
        const path = join(copy, "config.json");
        await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
      });
    expect(await edited("nan", /"width": 16/, '"width": NaN')).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/nan/config.json: it is not valid JSON; copy or export the model again.",
      }
    `);
    expect(await edited("zero", /"layers": 2/, '"layers": 0')).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "…/zero/config.json: transformer.layers: expected an integer ≥ 1, got 0; copy or export the model again.",
      }
    `);
  });
});

describe("outputs", () => {
  test("a missing folder, a folder as file and a file as folder", async () => {
    expect(
      await failure("a red block", { output: join(out, "missing", "out.png") }),
    ).toMatchInlineSnapshot(`
      {
        "exitCode": 1,
        "message": "The folder …/out/missing for …/out/missing/out-0.png does not exist; create it first.",
      }
    `);
    await writeFile(join(folder, "file"), "");
    const inFile = await failure("a red block", { output: join(folder, "file", "out.png") });
    expect(inFile.exitCode).toBe(2);
    expect(inFile.message).toContain("--output: expected a path within a folder, and ");
    await mkdir(join(folder, "taken-1.png"));
    expect(
      await failure("a red block", { output: join(folder, "taken.png") }),
    ).toMatchInlineSnapshot(`
      {
        "exitCode": 2,
        "message": "--output: expected a file, and this is a folder, got "…/taken-1.png"; see \`dalle generate --help\`.",
      }
    `);
  });

  test("a full disk leaves the older files", async (context) => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    const shell = promisify(execFile);
    try {
      await shell("mount", ["-t", "tmpfs", "-o", "size=32k", "tmpfs", disk]);
    } catch (cause) {
      context.skip(`no small disk can be mounted here: ${(cause as Error).message}`);
    }
    try {
      await writeFile(join(disk, "out-0.png"), "older");
      await writeFile(join(disk, "ballast"), new Uint8Array(6 * 4096)); // leaves room for one picture
      const output = join(disk, "out.png");
      const { exitCode, message } = await failure("a red block", { output });
      expect(exitCode).toBe(1);
      expect(message).toMatchInlineSnapshot(
        `"Cannot write …/disk/out-1.png: ENOSPC: no space left on device, write; check the folder's permissions and free space."`,
      );
      expect(await filesIn(disk)).toEqual(["ballast", "out-0.png"]);
      expect(await readFile(join(disk, "out-0.png"), "utf8")).toBe("older");
    } finally {
      await shell("umount", [disk]);
    }
  });
});
