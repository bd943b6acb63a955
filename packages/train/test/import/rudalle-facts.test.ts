/** @file What ruDALL-E's files do not tell in so many words: the heads, and which program trained them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { malevich, sandwichSees } from "@dalle-ts/models";
import { CheckpointFile, writeSafetensors } from "@dalle-ts/tensor";
import { expect, onTestFinished, test } from "vitest";
import { rudalleHeads, rudalleHeadsNotes } from "../../src/import/rudalle/heads.js";
import { releaseOfMask, releaseOfName } from "../../src/import/rudalle/release.js";

test.each([
  [768, 12],
  [2048, 16],
  [3840, 60],
])("a published model of width %i has %i heads, and nothing to say of them", (width, heads) => {
  expect(rudalleHeads(width)).toBe(heads);
  expect(rudalleHeadsNotes({ width, heads })).toEqual([]);
});

test("other widths have the rule, and are told of it", () => {
  expect(rudalleHeads(1024)).toBe(8);
  expect(rudalleHeadsNotes({ width: 1024, heads: 8 })).toEqual([
    expect.stringMatching(/assumed 8 of 128 dimensions, the family's size\./),
  ]);
});

const { release: _, ...sizes } = { ...malevich, textStates: 3, gridSide: 8 };

/** A checkpoint with nothing but a mask of convolutional layers. */
async function withMask(mask: Float32Array, states: number): Promise<CheckpointFile> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-rudalle-"));
  const path = join(folder, "pytorch_model.safetensors");
  const shape = [states, states];
  await writeSafetensors(path, [
    { name: "transformer.conv_mask", shape, dtype: "f32", data: mask },
  ]);
  const file = await CheckpointFile.open(path);
  onTestFinished(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });
  return file;
}

async function releaseFor(config: typeof sizes, release: "v2" | "v3") {
  const states = config.textStates + config.gridSide ** 2;
  const mask = Float32Array.from({ length: states ** 2 }, (_, index) => {
    const [state, seen] = [Math.floor(index / states), index % states];
    return Number(sandwichSees("convolution", state, seen, { ...config, release }));
  });
  return releaseOfMask(await withMask(mask, states), config);
}

test("a mask that goes on at the opposite edge is of the second release, one that ends there of the third", async () => {
  expect(await releaseFor(sizes, "v2")).toBe("v2");
  expect(await releaseFor(sizes, "v3")).toBe("v3");
});

test("a mask that both programs make, that is of another size or empty tells nothing", async () => {
  expect(await releaseFor({ ...sizes, gridSide: 6 }, "v2")).toBeUndefined();
  expect(await releaseOfMask(await withMask(new Float32Array(4), 2), sizes)).toBeUndefined();
  const states = sizes.textStates + sizes.gridSide ** 2;
  const empty = await withMask(new Float32Array(states ** 2), states);
  expect(await releaseOfMask(empty, sizes)).toBeUndefined();
});

test.each([
  ["pytorch_model_v2.bin", "v2"],
  ["models/rudalle-Emojich/pytorch_model.bin", "v2"],
  ["https://host.example/rudalle-Emojich/resolve/main/pytorch_model.bin?download=true", "v2"],
  ["api-v2/pytorch_model_v3.bin", "v3"],
  ["xl-surrealist/pytorch_model.bin", "v3"],
] as const)("by its name %s is of release %s", (given, release) => {
  expect(releaseOfName(given)).toBe(release);
});
