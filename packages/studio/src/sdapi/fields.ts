/** @file The fields of AUTOMATIC1111's web API that mean something here; the rest is ignored, as its clients expect. */
import { z } from "zod";
import { LONGEST_PROMPT } from "../openai/fields.js";
import { LARGEST_SIDE, SMALLEST_SIDE } from "../pictures/size.js";

const side = z
  .number("an integer")
  .int("an integer")
  .min(SMALLEST_SIDE, `an integer in [${SMALLEST_SIDE}, ${LARGEST_SIDE}]`)
  .max(LARGEST_SIDE, `an integer in [${SMALLEST_SIDE}, ${LARGEST_SIDE}]`);
const many = z
  .number("an integer in [1, 10]")
  .int("an integer in [1, 10]")
  .min(1, "an integer in [1, 10]")
  .max(10, "an integer in [1, 10]");

const shared = {
  prompt: z.string("text").max(LONGEST_PROMPT, `at most ${LONGEST_PROMPT} characters`),
  batch_size: many.default(1),
  n_iter: many.default(1),
  width: side.default(512),
  height: side.default(512),
  /** −1, as there: a random one. */
  seed: z
    .number("an integer")
    .int("an integer")
    .min(-1, "an integer >= -1")
    .max(Number.MAX_SAFE_INTEGER, "an integer < 2^53")
    .default(-1),
};

export const textToImage = z.object(shared);
export const imageToImage = z.object({
  ...shared,
  init_images: z
    .array(z.string("a picture in base64"), "a list of pictures in base64")
    .min(1, "one picture"),
  /** Without a mask, how much of the picture is drawn anew. */
  denoising_strength: z
    .number("a number in [0, 1]")
    .min(0, "a number in [0, 1]")
    .max(1, "a number in [0, 1]")
    .default(0.5),
});

export type TextToImageFields = z.infer<typeof textToImage>;
