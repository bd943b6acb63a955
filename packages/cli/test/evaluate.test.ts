/** @file `dalle eval`, `dalle data split` and `dalle doctor`. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadImage } from "dalle-ts";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { reportLines } from "../src/evaluation-text.js";
import { checkNode } from "../src/machine-checks.js";
import { dalle, dalleJson, temporaryFolder } from "./harness.js";

const folder = temporaryFolder();
const model = join(folder, "model");

beforeAll(async () => {
  await writeTinyModel(model);
});

describe("eval", () => {
  test("reports both splits, repeats itself and paints a sheet", async () => {
    const sheet = join(folder, "sheet.png");
    const argv = ["eval", model, "--count", "4", "--seed", "3"];
    const report = await dalleJson([...argv, "--sheet", sheet]);
    expect(report).toMatchObject({ model: { name: "tiny" }, pictures: "generations", seed: 3 });
    expect(report.splits.map((each: { whole: object }) => each.whole)).toMatchObject([
      { count: 4 },
      { count: 4 },
    ]);
    expect(report.files).toEqual([sheet]);
    expect(await dalleJson(argv)).toEqual({ ...report, files: [] });
    const image = await loadImage(sheet);
    expect([image.width, image.height]).toEqual([8 * 72 - 2, 70]);
  });

  test("judges what the dVAE alone loses, for some families", async () => {
    const sheet = join(folder, "reconstructions.png");
    const argv = ["eval", model, "--count", "2", "--families", "objects", "--reconstructions"];
    const { exitCode, stdout, stderr } = await dalle([...argv, "--sheet", sheet]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout.startsWith(`${sheet}\n`)).toBe(true);
    expect(stdout).toContain("true pictures through the dVAE");
    expect(stdout).not.toContain("blocks");
    expect(stdout).toMatch(
      / {2}objects +\d+\.\d\d dB {2}SSIM -?0\.\d{3}\n {2}codes in use: \d+ of 16 /,
    );
    const { width, height } = await loadImage(sheet); // each true picture above what it became
    expect([width, height]).toEqual([4 * 72 - 2, 140]);
    const { fidelity } = await dalleJson(argv);
    expect(fidelity.map((each: { split: string }) => each.split)).toEqual(["train", "held-out"]);
  });

  test("writes a report page, and says what it measured", async () => {
    const path = join(folder, "report.html");
    const argv = ["eval", model, "--count", "3", "--report", path];
    const { study, files } = await dalleJson(argv);
    expect(files).toEqual([path]);
    expect(study.loss).toHaveLength(3);
    expect(study.nearest.median.made).toBeGreaterThan(0);
    expect(study.nearest).toMatchObject({ among: 10, of: 10, near: { made: { count: 6 } } });
    const page = await readFile(path, "utf8");
    expect(page).toMatch(/^<!doctype html>.*tiny: what it paints.*<\/html>\n$/s);
    const wrong = await dalle(["eval", model, "--report", join(folder, "report.txt")]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain("--report: expected a path that ends in .html");
  });

  test("an interrupt cancels it", async () => {
    const { exitCode, stdout } = await dalle(["eval", model], { interrupt: true });
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
  });

  test("the table", () => {
    const whole = { right: 182, count: 200, share: 0.91, low: 0.8622, high: 0.9424 };
    const none = { right: 0, count: 0, share: Number.NaN, low: 0, high: 1 };
    const families = [
      {
        family: "blocks",
        whole,
        attributes: { relation: { ...whole, right: 9, share: 0.045, values: {} } },
      },
      { family: "objects", whole: none, attributes: {} },
    ] as const;
    const fromPixels = { ...whole, right: 90, count: 100, share: 0.9 };
    const splits = [{ split: "held-out", whole, fromPixels, families }] as const;
    const report = {
      model: { name: "m", hash: "abc" },
      pictures: "generations",
      seed: 1,
      splits,
    } as const;
    expect(reportLines(report).join("\n")).toMatchInlineSnapshot(`
      "m (abc), best of 1, seed 1

      held-out compositions
        wholly right        182/200  91.0 %  (86.2 – 94.2)
        read from pixels     90/100  90.0 %  (86.2 – 94.2)
        blocks              182/200  91.0 %  (86.2 – 94.2)
          blocks: relation    9/200   4.5 %  (86.2 – 94.2)
        objects                 0/0"
    `);
    const reranked = { of: 32, splits };
    expect(
      reportLines({ ...report, reranked })
        .slice(0, 4)
        .join("\n"),
    ).toMatchInlineSnapshot(`
      "m (abc), best of 1 and best of 32 by CLIP, seed 1

      held-out compositions
        wholly right        182/200  91.0 %  (86.2 – 94.2)  182/200  91.0 %  (86.2 – 94.2)"
    `);
  });
});

describe("data split", () => {
  test("tells the composition and its split", async () => {
    const { exitCode, stdout } = await dalle(["data", "split", "a red cube on a green cube"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^blocks\|.*first\.colour=red.*\n(train|held-out)\n$/);
  });

  test("says so when a caption is not of the world", async () => {
    expect((await dalle(["data", "split", "a photo of my dog"])).stdout).toMatchInlineSnapshot(`
      "The painted world has no such caption, so it is in neither split; try "a red cube on a green cube".
      "
    `);
    const answer = await dalleJson(["data", "split", "a photo of my dog"]);
    expect(answer).toMatchObject({ composition: null, split: null });
  });
});

describe("doctor", () => {
  test("is content with a good model, and fails without one", async () => {
    const report = await dalleJson(["doctor", "--model", model]);
    expect(report.canGenerate).toBe(true);
    expect(report.checks.map(({ name }: { name: string }) => name)).toEqual([
      "dalle-ts",
      "Node.js",
      "ONNX Runtime",
      "sharp",
      "model",
      "libtorch",
      "machine",
    ]);
    const { exitCode, stdout } = await dalle(["doctor", "--model", join(folder, "none")]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain("missing  model: ");
    expect(stdout).toContain("Generating does not work, training");
  });

  test("a LIBTORCH that leads nowhere is one failed check among the others", async () => {
    vi.stubEnv("LIBTORCH", join(folder, "nowhere"));
    try {
      const { exitCode, stdout } = await dalle(["doctor", "--model", model]);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/^ok {7}model: .*\nmissing {2}libtorch: .*nowhere.*\nok {7}machine/m);
      expect(stdout).toContain("Generating works, training does not work.");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("knows the oldest Node.js", () => {
    expect(checkNode("20.19.0").ok).toBe(true);
    expect(checkNode("22.12.0").ok).toBe(true);
    expect(checkNode("24.0.0").ok).toBe(true);
    expect(checkNode("20.18.3")).toMatchObject({
      ok: false,
      found: "20.18.3; install Node.js 22.12 or newer, or a 20 from 20.19 on.",
    });
    for (const old of ["18.20.0", "21.7.3", "22.11.0"]) expect(checkNode(old).ok).toBe(false);
  });

  test("asks for the Node.js that package.json asks for", async () => {
    const root = new URL("../../../package.json", import.meta.url);
    const { engines } = JSON.parse(await readFile(root, "utf8"));
    expect(engines.node).toBe("^20.19 || >=22.12");
  });
});
