/** @file The fields of AUTOMATIC1111's web API that mean something here; the rest is ignored, as its clients expect. */
import { z } from "zod";
import { LONGEST_PROMPT, MOST_PICTURES } from "../openai/fields.js";
import { LARGEST_SIDE, SMALLEST_SIDE } from "../pictures/size.js";

const side = z
  .number("an integer")
  .int("an integer")
  .min(SMALLEST_SIDE, `an integer in [${SMALLEST_SIDE}, ${LARGEST_SIDE}]`)
  .max(LARGEST_SIDE, `an integer in [${SMALLEST_SIDE}, ${LARGEST_SIDE}]`);
/** In one request, as the Images API has it. */
const manyExpected = `an integer in [1, ${MOST_PICTURES}]`;
const many = z
  .number(manyExpected)
  .int(manyExpected)
  .min(1, manyExpected)
  .max(MOST_PICTURES, manyExpected);

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

/** The checks of `batch_size` and `n_iter` together. */
const isAllowed = ({ batch_size, n_iter }: { batch_size: number; n_iter: number }): boolean =>
  batch_size * n_iter <= MOST_PICTURES;
const tooMany = {
  path: ["batch_size"],
  message: `batch_size × n_iter of at most ${MOST_PICTURES} pictures`,
};

export const textToImage = z.object(shared).refine(isAllowed, tooMany);
export const imageToImage = z
  .object({
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
  })
  .refine(isAllowed, tooMany);

export type TextToImageFields = z.infer<typeof textToImage>;
