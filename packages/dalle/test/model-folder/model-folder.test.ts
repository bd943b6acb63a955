import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dalleMini, paperDvae, paperTransformer } from "@dalle-ts/models";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { tinyVqgan } from "../../../models/test/tiny-vqgan.js";
import { parseModelConfig } from "../../src/model-folder/config.js";
import { hashModelFolder } from "../../src/model-folder/model-folder.js";
import { type ModelDescription, writeConfig } from "../../src/model-folder/write.js";
import { readModelFolder } from "../../src/platform/node/model-files.js";

const description: ModelDescription = {
  name: "tiny",
  dvae: paperDvae,
  transformer: paperTransformer,
  trainedOn: "the painted world, CC0",
  world: [{ families: ["blocks"], seed: 1, pictures: 10 }],
  created: "2026-01-31T12:00:00Z",
};

let folder: string;
let weights: string;
let config: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-model-"));
  weights = join(folder, "transformer.onnx");
  config = join(folder, "config.json");
  await writeFile(weights, "weights of a transformer");
  await writeFile(join(folder, "tokenizer.json"), "{}");
  await writeConfig(folder, description, ["transformer.onnx", "tokenizer.json"]);
});
afterEach(() => rm(folder, { recursive: true }));

/** config.json with one field set; "transformer.layers" reaches inside. */
async function changed(field: string, value: unknown): Promise<string> {
  const json = JSON.parse(await readFile(config, "utf8"));
  const keys = field.split(".");
  const last = keys.pop()!;
  keys.reduce((inner, key) => inner[key], json)[last] = value;
  return JSON.stringify(json);
}

describe("readModelFolder", () => {
  test("gives back what was written, and the paths of listed files only", async () => {
    const model = await readModelFolder(folder);
    expect(model.config).toMatchObject({ formatVersion: 1, ...description });
    expect(model.config.files).toEqual({
      "tokenizer.json": {
        sha256: "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
        bytes: 2,
      },
      "transformer.onnx": expect.objectContaining({ bytes: 24 }),
    });
    expect(model.path("transformer.onnx")).toBe(weights);
    for (const name of ["dvae-encoder.onnx", "toString", "../etc/passwd"]) {
      expect(() => model.path(name)).toThrow(`${config} lists no file ${name}; `);
    }
  });

  test("its hash changes with any file", async () => {
    const { hash } = await readModelFolder(folder);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
    expect(hash).toBe(await hashModelFolder(await readFile(config, "utf8")));
    await writeFile(weights, "weights of a Transformer");
    await writeConfig(folder, description, ["transformer.onnx", "tokenizer.json"]);
    expect((await readModelFolder(folder)).hash).not.toBe(hash);
  });

  test("a flipped bit is found, unless only sizes are compared", async () => {
    await writeFile(weights, "weights of a tr`nsformer");
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: "bad_model",
      message: `${weights} is damaged or changed (its SHA-256 is not the one in config.json); copy or download it again.`,
    });
    await expect(readModelFolder(folder, { verify: "size" })).resolves.toBeDefined();
  });

  test("a truncated or missing file is named, also when only sizes are compared", async () => {
    await truncate(weights, 10);
    const promise = readModelFolder(folder, { verify: "size" });
    await expect(promise).rejects.toThrow(
      `${weights} has 10 bytes, config.json says 24; copy or download it again.`,
    );
    await rm(weights);
    await expect(readModelFolder(folder)).rejects.toThrow(
      `${weights} is missing; copy or download the model again.`,
    );
  });

  test("files that change after they were checked are noticed; those that were only touched are not", async () => {
    const model = await readModelFolder(folder);
    await model.requireUnchanged("transformer.onnx");
    const bytes = await readFile(weights);
    await writeFile(weights, bytes);
    await model.requireUnchanged("transformer.onnx");
    await writeFile(
      weights,
      bytes.map((byte) => byte ^ 1),
    );
    await expect(model.requireUnchanged("transformer.onnx")).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(
        / have changed since it was loaded .*; load it again, or restart/,
      ),
    });
    await rm(weights);
    await expect(model.requireUnchanged("transformer.onnx")).rejects.toThrow(
      "have changed since it was loaded",
    );
  });

  test("a folder that is missing or is no model says so", async () => {
    const nowhere = join(folder, "nowhere");
    for (const [path, message] of [
      [nowhere, `${nowhere} does not exist; give the path of a model folder.`],
      [weights, `${weights} is a file; give the path of a model folder.`],
      [tmpdir(), `${tmpdir()} is not a model folder (it has no config.json); check the path.`],
      ["", "The name of the model's folder is empty; give its path."],
    ] as const) {
      await expect(readModelFolder(path)).rejects.toMatchObject({ code: "not_found", message });
    }
  });

  test("an address is for pages, and says so", async () => {
    await expect(readModelFolder("https://example.org/model/")).rejects.toMatchObject({
      code: "unsupported",
      message: expect.stringMatching(/is an address, and Node loads a model from a folder; /),
    });
  });

  test("a config.json that cannot be read is an io error", async () => {
    await rm(config);
    await mkdir(config);
    await expect(readModelFolder(folder)).rejects.toMatchObject({
      code: "io",
      message: expect.stringMatching(/config\.json cannot be read: .*; check the file/),
    });
  });
});

describe("config.json", () => {
  test.each([
    ["transformer.layers", -3, "transformer.layers: expected an integer ≥ 1, got -3"],
    ["transformer.width", Number.NaN, "transformer.width: expected an integer ≥ 1, got null"],
    ["transformer.width", 3.5, "transformer.width: expected an integer ≥ 1, got 3.5"],
    ["dvae.codes", "8192", 'dvae.codes: expected an integer ≥ 1, got "8192"'],
    ["dvae.codes", undefined, "dvae.codes: expected an integer ≥ 1, got nothing"],
    ["dvae.hiden", 64, "dvae.hiden: this field is unknown"],
    ["colour", "red", "colour: this field is unknown"],
    ["name", "", 'name: expected text, got ""'],
    ["created", "yesterday", "created: expected a time such as 2026-01-31T12:00:00Z, got"],
    ["files", [], "files: expected an object of files, got []"],
    [
      "files.extra",
      { sha256: "00", bytes: 1 },
      "files.extra.sha256: expected 64 hexadecimal digits",
    ],
    [
      "files.a/b",
      { sha256: "0".repeat(64), bytes: 1 },
      "files.a/b: expected a file name without folders",
    ],
    ["transformer.imageCodes", 512, "transformer.imageCodes is 512, but the dVAE gives 8192"],
    ["transformer.gridRows", 16, "transformer.gridRows is 16, but the dVAE gives 32"],
    ["dvae.residualGain", 2, "dvae.residualGain: expected a number in (0, 1], got 2"],
    ["formatVersion", undefined, "formatVersion: "],
  ])("%s = %j is refused by name", async (field, value, message) => {
    const text = await changed(field, value);
    expect(() => parseModelConfig(text, "m/config.json")).toThrow(`m/config.json: ${message}`);
    expect(() => parseModelConfig(text, "m/config.json")).toThrow(
      /; copy or export the model again\.$/,
    );
  });

  test.each([
    ["transformer.family", "mamba", "transformer.family: this program knows no such family"],
    ["dvae.family", null, "dvae.family: this program knows no such family"],
    ["transformer.family", "dense", "transformer.padding: expected an integer ≥ 0, got nothing"],
    ["dvae", undefined, "dvae is missing, which makes pictures of the transformer's codes"],
  ])("of families, %s = %j is refused by name", async (field, value, message) => {
    const text = await changed(field, value);
    expect(() => parseModelConfig(text, "m/config.json")).toThrow(`m/config.json: ${message}`);
  });

  test("a model of another family must draw the codes that its pictures have", async () => {
    const transformer = { family: "encoder-decoder", ...dalleMini };
    const vqgan = { family: "vqgan", ...tinyVqgan };
    const withParts = async (dvae: object) => {
      const json = JSON.parse(await changed("transformer", transformer));
      return () => parseModelConfig(JSON.stringify({ ...json, dvae }), "m/config.json");
    };
    expect((await withParts(vqgan))().transformer).toEqual(transformer);
    expect(await withParts({ ...vqgan, imageSize: 128 })).toThrow(
      "m/config.json: transformer.imageStates is 256, but the dVAE gives 64; copy",
    );
    expect(await withParts({ ...vqgan, codes: 99 })).toThrow(
      "m/config.json: transformer.imageCodes is 16384, but the dVAE gives 99; copy",
    );
    expect(await withParts({ ...vqgan, patch: 3 })).toThrow("m/config.json: vqgan.imageSize: ");
  });

  test("a model may be nothing but a dVAE, but not nothing", async () => {
    const json = JSON.parse(await changed("transformer", undefined));
    expect(parseModelConfig(JSON.stringify(json), "m/config.json").transformer).toBeUndefined();
    delete json.dvae;
    expect(() => parseModelConfig(JSON.stringify(json), "m/config.json")).toThrow(
      "m/config.json: it has neither transformer, dvae nor clip; copy",
    );
  });

  test("another format version asks for an update", async () => {
    const text = await changed("formatVersion", 2);
    expect(() => parseModelConfig(text, "m/config.json")).toThrow(
      "m/config.json: formatVersion is 2, this program reads 1; update dalle-ts or export the model again.",
    );
  });

  test.each(["", "{", "null", "[]", "7"])("%j is one sentence", (text) => {
    const parse = () => parseModelConfig(text, "m/config.json");
    expect(parse).toThrow(/^m\/config\.json: [^\n]*; copy or export the model again\.$/);
    expect(parse).toThrow(expect.objectContaining({ code: "bad_model" }));
  });
});

test("writeConfig refuses a file that is not there and a description that does not hold", async () => {
  await expect(writeConfig(folder, description, ["absent.onnx"])).rejects.toMatchObject({
    code: "io",
  });
  const wrong = { ...description, transformer: { ...paperTransformer, heads: 0 } };
  await expect(writeConfig(folder, wrong, [])).rejects.toThrow(
    `${config}: transformer.heads: expected an integer ≥ 1, got 0`,
  );
});
