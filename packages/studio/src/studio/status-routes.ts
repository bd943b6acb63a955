/** @file What the Studio page asks first: the model, its defaults, and the words and styles that it knows. */
import { resolveSampling } from "dalle-ts/parts";
import { Hono } from "hono";
import type { Environment, Services } from "../services.js";
import { knownStyles } from "./known-styles.js";
import { knownWords } from "./known-words.js";

export function statusRoutes({ model, library }: Services): Hono<Environment> {
  const { config } = model;
  const words = knownWords(model.tokenizer);
  return new Hono<Environment>().get("/status", (context) =>
    context.json({
      model: {
        name: model.name,
        hash: model.hash,
        imageSize: model.imageSize,
        trainedOn: config.trainedOn,
        captionTokens: model.captionTokens,
        gridSide: model.gridSide,
        canRerank: config.clip !== undefined,
        canExplain: model.canExplain,
        canContinue: model.canContinue,
        bytes: Object.values(config.files).reduce((sum, { bytes }) => sum + bytes, 0),
        sampling: resolveSampling(config),
        words,
        styles: knownStyles(config),
      },
      keepsPictures: library !== undefined,
    }),
  );
}
