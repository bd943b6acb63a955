/**
 * @file The fields of OpenAI's Images API [SPEC §8] and this server's own beside them. Wrong types and ranges are refused;
 * fields that say nothing to a DALL·E are ignored with a warning.
 */
import { DEFAULT_CANDIDATES, MOST_GUIDANCE } from "dalle-ts/parts";
import { z } from "zod";
import { invalid } from "../http/api-error.js";
import { pictureFormats } from "../pictures/encode.js";
import { LARGEST_SIDE, parseSize, SMALLEST_SIDE } from "../pictures/size.js";

export const MOST_PICTURES = 10;
const MOST_RERANKED = 64;
/** In characters, as OpenAI has it. */
export const LONGEST_PROMPT = 32_000;

const integer = (low: number, high: number) => {
  const expected = `an integer in [${low}, ${high === Number.MAX_SAFE_INTEGER ? "2^53)" : `${high}]`}`;
  return z.number(expected).int(expected).min(low, expected).max(high, expected);
};
const number = (expected: string, accepts: (value: number) => boolean) =>
  z.number(expected).refine(accepts, expected);
const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, `one of ${words.join(", ")}`);

const sizeExpected = `"auto" or WIDTHxHEIGHT with sides in [${SMALLEST_SIDE}, ${LARGEST_SIDE}]`;
const size = z
  .string(sizeExpected)
  .transform((text, context) => {
    if (text === "auto") return undefined;
    const parsed = parseSize(text);
    if (!parsed) context.addIssue({ code: "custom", message: sizeExpected });
    return parsed;
  })
  .optional();

const prompt = z
  .string("text")
  .max(LONGEST_PROMPT, `at most ${LONGEST_PROMPT} characters`)
  .refine((text) => text.trim() !== "", "some text that says what to draw");

const partOfAll = number("a number in (0, 1]", (value) => value > 0 && value <= 1);

const shared = {
  model: z.string("text").optional(),
  n: integer(1, MOST_PICTURES).default(1),
  size,
  response_format: oneOf(["b64_json", "url"]).default("b64_json"),
  output_format: oneOf(pictureFormats).default("png"),
  output_compression: integer(0, 100).optional(),
  stream: z.boolean("true or false").default(false),
  partial_images: integer(0, 64).optional(),
  /** Ours: tell also of the place in the queue and of codes drawn, as events of their own. */
  progress: z.boolean("true or false").default(false),
  seed: integer(0, Number.MAX_SAFE_INTEGER).optional(),
  temperature: number("a number >= 0", (value) => value >= 0).optional(),
  top_k: integer(1, 1_000_000).optional(),
  top_p: partOfAll.optional(),
  guidance_scale: number(
    `a number in [0, ${MOST_GUIDANCE}]`,
    (value) => value >= 0 && value <= MOST_GUIDANCE,
  ).optional(),
  guidance_end: partOfAll.optional(),
  rerank: integer(1, MOST_RERANKED).optional(),
};

const fraction = number("a fraction in [0, 1]", (value) => value >= 0 && value <= 1);
const keepExpected =
  'borders such as {"top": 0.5} in fractions, or {"rectangle": {left, top, width, height}}';
const keep = z.union(
  [
    z.strictObject({
      rectangle: z.strictObject({
        left: fraction,
        top: fraction,
        width: fraction,
        height: fraction,
      }),
    }),
    z.strictObject({
      top: fraction.optional(),
      bottom: fraction.optional(),
      left: fraction.optional(),
      right: fraction.optional(),
    }),
  ],
  keepExpected,
);

const candidates = integer(1, 64).default(DEFAULT_CANDIDATES);
const share = number("a number in (0, 1)", (value) => value > 0 && value < 1).default(0.5);

const generation = z.object({ ...shared, prompt });
const edit = z.object({
  ...shared,
  prompt,
  /** A form carries it as JSON text. */
  keep: z.preprocess(
    (value) => (typeof value === "string" ? parseJson(value) : value),
    keep.optional(),
  ),
  candidates,
  share,
});
const variation = z.object({ ...shared, prompt: prompt.optional(), candidates, share });

export const schemas = { generation, edit, variation };
export type SharedFields = z.infer<typeof generation>;
export type EditFields = z.infer<typeof edit>;

/** Part of the API, without meaning here; where the value is the API's own default, nothing is lost. */
const inapplicable = new Set([
  ...["quality", "style", "background", "moderation", "input_fidelity", "complexity", "markup"],
  ...["frame_count", "frame_duration_ms", "svg", "prompt_rewriter"],
  ...["negative_prompt", "steps", "step", "mode"],
]);
const untold = new Set(["user", "safety_identifier"]);

/** `fields`: what the client sent, without nulls. */
export function parseFields<Schema extends z.ZodType>(
  schema: Schema & { readonly shape: object },
  fields: Readonly<Record<string, unknown>>,
): { fields: z.infer<Schema>; warnings: string[] } {
  const result = schema.safeParse(fields);
  if (!result.success) {
    const [{ path, message }] = result.error.issues as [z.core.$ZodIssue];
    const got = path.reduce<unknown>(
      (inner, key) => (inner as Record<PropertyKey, unknown>)?.[key],
      fields,
    );
    throw invalid(path.join("."), message, got);
  }
  const warnings = Object.entries(fields).flatMap(([name, value]) => {
    if (name in schema.shape || untold.has(name) || value === "auto") return [];
    return inapplicable.has(name)
      ? `${name} does not apply to this model and was ignored.`
      : `${name.slice(0, 40)} is no field of this request and was ignored.`;
  });
  return { fields: result.data, warnings: warnings.slice(0, 20) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
