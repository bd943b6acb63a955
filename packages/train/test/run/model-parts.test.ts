/** @file What comes back from a model folder to be taught on. */
import { transformerSpecs } from "@dalle-ts/models";
import { expect, test } from "vitest";
import { openTransformer } from "../../src/run/trained-parts.js";
import { randomParameters, writeTinyModel } from "../tiny-model.js";
import { newFolder } from "./folders.js";

test("a model's transformer comes back with every weight that it was exported with, those that tell words after words too", async () => {
  const folder = await newFolder();
  const { transformer: config } = await writeTinyModel(folder, { imageSize: 16, groups: 3 });
  const { parameters } = await openTransformer(folder);
  for (const { name, data } of randomParameters(transformerSpecs(config), 2)) {
    expect(parameters.get(name)!.toArray(), name).toEqual(data);
  }
});
