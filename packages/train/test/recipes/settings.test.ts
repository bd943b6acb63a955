/** @file --set: the key must exist, the type must fit, and the recipe passed in is not touched. */
import { applySettings, listSettings } from "@dalle-ts/train";
import { expect, test } from "vitest";

const recipe = {
  kind: "dvae",
  name: "tiny",
  model: { width: 64, residualGain: 0.5 },
  data: { families: ["blocks", "objects"], seed: 1, pictures: 100 },
  steps: 10,
  precision: "f32",
  shuffled: false,
};

function messageOf(...settings: string[]): string {
  try {
    applySettings(recipe, settings);
  } catch (error) {
    expect(error).toMatchObject({ name: "DalleError", code: "bad_option" });
    return (error as Error).message;
  }
  throw new Error(`${settings} was accepted`);
}

test("changes numbers, words, booleans and lists, in order", () => {
  const before = structuredClone(recipe);
  const changed = applySettings(recipe, [
    "model.width=128",
    "model.residualGain=2.5e-1",
    "steps=5",
    "steps=7",
    "precision=bf16",
    "shuffled=true",
    "data.families=objects",
    "data.seed=0",
    "name=a=b",
  ]);
  expect(changed).toEqual({
    kind: "dvae",
    name: "a=b",
    model: { width: 128, residualGain: 0.25 },
    data: { families: ["objects"], seed: 0, pictures: 100 },
    steps: 7,
    precision: "bf16",
    shuffled: true,
  });
  expect(recipe).toEqual(before);
});

test("lists every setting by the key that --set takes", () => {
  expect([...listSettings(recipe).keys()]).toMatchInlineSnapshot(`
    [
      "kind",
      "name",
      "model.width",
      "model.residualGain",
      "data.families",
      "data.seed",
      "data.pictures",
      "steps",
      "precision",
      "shuffled",
    ]
  `);
  for (const [key, value] of listSettings(recipe)) {
    expect(applySettings(recipe, [`${key}=${value}`])).toEqual(recipe);
  }
});

test("refuses unknown keys and names the nearest", () => {
  expect(messageOf("stesp=5")).toMatchInlineSnapshot(
    `"The recipe has no setting "stesp"; the nearest are steps, data.seed, kind."`,
  );
  expect(messageOf("width=5")).toMatchInlineSnapshot(
    `"The recipe has no setting "width"; the nearest are model.width, kind, name."`,
  );
  for (const key of ["__proto__.polluted", "constructor.prototype.polluted", "model.__proto__"]) {
    expect(messageOf(`${key}=1`)).toContain(`no setting "${key}"`);
  }
  expect(messageOf("model=5")).toContain('no setting "model"');
  expect(messageOf("data.families.0=blocks")).toContain("no setting");
  expect(messageOf("toString=1")).toContain("no setting");
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test("refuses numbers by which nothing would be learnt", () => {
  const refused = (settings: object, setting: string) => () => applySettings(settings, [setting]);
  const recipe = { optimiser: { momentum: 0.95, beta1: 0.9 }, clipNorm: 4 };
  for (const key of ["optimiser.momentum", "optimiser.beta1"]) {
    expect(refused(recipe, `${key}=1`)).toThrow(`--set ${key}: expected a number in [0, 1), got 1`);
  }
  expect(refused(recipe, "clipNorm=0")).toThrow(
    "--set clipNorm: expected a finite number > 0, got 0",
  );
  expect(applySettings(recipe, ["optimiser.momentum=0"]).optimiser.momentum).toBe(0);
});

test("refuses steps that a schedule or a folder cannot count", () => {
  const recipe = { steps: 10, learningRate: { warmUp: 5, share: 0.5 } };
  const refused = (setting: string) => () => applySettings(recipe, [setting]);
  expect(refused("learningRate.warmUp=0.05")).toThrow(
    "--set learningRate.warmUp: expected a whole number of steps >= 0, got 0.05",
  );
  expect(refused("learningRate.share=0")).toThrow("expected a number in (0, 1], got 0");
  expect(refused("steps=100000000")).toThrow("expected an integer in [1, 99999999]");
  expect(
    applySettings(recipe, ["learningRate.warmUp=0", "learningRate.share=1", "steps=99999999"]),
  ).toEqual({ steps: 99_999_999, learningRate: { warmUp: 0, share: 1 } });
});

test("refuses shares that are none", () => {
  const recipe = {
    emptyCaptions: 0.1,
    dropout: 0.1,
    autoencoderShare: 0.5,
    klWeight: { share: 1 },
  };
  const refused = (setting: string) => () =>
    applySettings({ ...recipe, smallestScale: 0.5 }, [setting]);
  expect(refused("emptyCaptions=10")).toThrow(
    "--set emptyCaptions: expected a number in [0, 1], got 10",
  );
  expect(refused("klWeight.share=1.5")).toThrow("expected a number in [0, 1], got 1.5");
  expect(refused("dropout=1")).toThrow("--set dropout: expected a number in [0, 1), got 1");
  expect(refused("autoencoderShare=1")).toThrow("expected a number in [0, 1), got 1");
  expect(refused("smallestScale=0")).toThrow("expected a finite number > 0, got 0");
  expect(applySettings(recipe, ["emptyCaptions=1", "dropout=0"])).toMatchObject({
    emptyCaptions: 1,
    dropout: 0,
  });
});

test("refuses values of another type, and numbers that are none", () => {
  expect(messageOf("model.residualGain=NaN")).toMatchInlineSnapshot(
    `"--set model.residualGain: expected a finite number >= 0, got NaN"`,
  );
  expect(messageOf("steps=1.5")).toMatchInlineSnapshot(
    `"--set steps: expected an integer in [1, 99999999], got 1.5"`,
  );
  expect(messageOf("shuffled=yes")).toMatchInlineSnapshot(
    `"--set shuffled: expected true or false, got yes"`,
  );
  expect(messageOf("precision=f8")).toMatchInlineSnapshot(
    `"--set precision: expected one of f32, bf16, got f8"`,
  );
  expect(messageOf("data.families=blocks,cats")).toMatchInlineSnapshot(
    `"--set data.families: expected one of blocks, objects, counting, garments, sections, emoji, scenes, hybrids, pairs, media, mixes, got cats"`,
  );
  expect(messageOf("kind=transformer")).toMatchInlineSnapshot(
    `"--set kind: expected dvae, got transformer"`,
  );
  expect(messageOf("steps")).toMatchInlineSnapshot(
    `"--set steps: expected key=value, such as steps=10, got "steps""`,
  );
  expect(messageOf("=5")).toContain("key=value");
  for (const text of ["Infinity", "-Infinity", "1e999", "0x10", "", " ", "5,5", "ten", "-1"]) {
    expect(messageOf(`model.width=${text}`)).toContain("a finite number >= 0");
  }
  for (const text of ["0", "-5", "1e400", "9007199254740993"]) {
    expect(messageOf(`steps=${text}`)).toContain("an integer in [1, 99999999]");
    expect(messageOf(`data.pictures=${text}`)).toContain("an integer >= 1");
  }
  expect(messageOf("data.seed=-1")).toContain("an integer in [0, 2^53)");
});
