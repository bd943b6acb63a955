/** @file What the server makes of a request before anything is drawn, where a client cannot see it. */
import { insertPngMetadata } from "dalle-ts";
import { expect, test } from "vitest";
import type { ServedModel } from "../src/drawing/served-model.js";
import { readEdit, readGeneration, readVariation } from "../src/openai/read-request.js";
import { pictureTurns } from "../src/pictures/turns.js";
import { examplePng } from "./support/server.js";

/** As much of a model as a request looks at. */
const model = {
  name: "blind",
  config: { dvae: { family: "vqgan", encoder: undefined }, transformer: { imageCodes: 16 } },
  tokenizer: { fitCaption: () => ({ ids: [], dropped: undefined }) },
} as unknown as ServedModel;

test("a model that reads no pictures refuses them before they wait in the queue, but for its own", async () => {
  const body = { fields: { prompt: "a ball" }, images: [await examplePng()] };
  for (const read of [readEdit, readVariation]) {
    await expect(read(body, model)).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("the model blind reads no pictures but those that it drew"),
      details: { param: "image", code: "unsupported" },
    });
  }
  const codes = { "picture-codes": "1 2 3 4" };
  const own = { ...body, images: [insertPngMetadata(await examplePng(), codes)] };
  const { from } = (await readVariation(own, model)).drawing;
  expect(from).toMatchObject({ image: { codes: Int32Array.of(1, 2, 3, 4) }, share: 0.5 });
});

test("an edit weighs as many candidates as are drawn of it", async () => {
  const dvae = { imageSize: 64, patch: 1, groups: 4, codes: 16 };
  const seeing = { ...model, imageSize: 64, config: { ...model.config, dvae } };
  const candidates = async (keep: object) => {
    const body = { fields: { prompt: "a ball", keep }, images: [await examplePng()] };
    return (await readEdit(body, seeing as ServedModel)).drawing.candidates;
  };
  expect(await candidates({ top: 0.5 })).toBe(1);
  expect(await candidates({ bottom: 0.5 })).toBe(8);
});

test("what has no effect on an edit is told, and guidance without a prompt is refused", async () => {
  const dvae = { imageSize: 64, patch: 1, groups: 4, codes: 16 };
  const seeing = { ...model, imageSize: 64, config: { ...model.config, dvae } } as ServedModel;
  const images = [await examplePng()];
  const fields = { prompt: "a ball", keep: { top: 0.5 }, share: 0.1, candidates: 3 };
  expect((await readEdit({ fields, images }, seeing)).warnings).toEqual([
    "share: what is drawn anew was said otherwise, so it was ignored.",
    "candidates: all that stays comes before what is drawn, so they were ignored.",
  ]);
  await expect(readVariation({ fields: { guidance_scale: 7 }, images }, seeing)).rejects.toThrow(
    "guidance_scale: expected 1, or a prompt to be guided to beside it, got 7",
  );
});

test("sent pictures are decoded when it is their turn", async () => {
  const dvae = { imageSize: 64, patch: 1, groups: 4, codes: 16 };
  const seeing = { ...model, imageSize: 64, config: { ...model.config, dvae } } as ServedModel;
  let end = () => {};
  const others = new Promise<void>((resolve) => {
    end = resolve;
  });
  const busy = [1, 2].map(() => pictureTurns.run(() => others));
  let isRead = false;
  const variation = readVariation({ fields: {}, images: [await examplePng()] }, seeing);
  const read = variation.then(() => {
    isRead = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(isRead).toBe(false);
  end();
  await Promise.all([...busy, read]);
});

test("a mask without a picture to complete is told of, and ignored", async () => {
  const dvae = { imageSize: 64, patch: 1, groups: 4, codes: 16 };
  const seeing = { ...model, imageSize: 64, config: { ...model.config, dvae } } as ServedModel;
  const mask = await examplePng();
  const told = ["mask: it was ignored; post it with its picture to /v1/images/edits."];
  const generation = { fields: { prompt: "a ball" }, images: [], mask };
  expect(readGeneration(generation, seeing).warnings).toEqual(told);
  const variation = { fields: {}, images: [mask], mask };
  expect((await readVariation(variation, seeing)).warnings).toEqual(told);
});

test.each([
  ["is kept as it is", " a ball ", " a ball "],
  ["loses the blanks before it", `${" ".repeat(4000)}x`, "x"],
  ["is cut between characters", `${"x".repeat(3999)}\u{1f600}x`, "x".repeat(3999)],
])("a prompt %s", (_what, prompt, caption) => {
  const { drawing } = readGeneration({ fields: { prompt }, images: [] }, model);
  expect(drawing.caption).toBe(caption);
});
