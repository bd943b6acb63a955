/**
 * @file The config.json of a model folder, format 1: what the model is, and the size and SHA-256 of every file beside it.
 * Text in, checked config out, with unknown fields refused; reads no files, so it also works in the browser.
 */
import {
  type ClipConfig,
  type CodeModelConfig,
  checkClipConfig,
  checkCodeModel,
  checkPictureCodec,
  codeGrid,
  type PictureCodecConfig,
} from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import * as z from "zod/mini";
import { resolveSampling } from "../sampling.js";
import { codeModel, number, pictureCodec, size } from "./families.js";

export const CONFIG_FILE = "config.json";
/** Of a CLIP that does not read the transformer's text ids. */
export const CLIP_TOKENIZER_FILE = "clip-tokenizer.json";
export const FORMAT_VERSION = 1;

const text = z.string("expected text").check(z.minLength(1, "expected text"));

const perChannel = z.readonly(z.tuple([number, number, number], "expected three numbers"));
const tower = { layers: size, width: size, heads: size };
const shown = { imageSize: size, mean: perChannel, deviation: perChannel };

const clip = z.strictObject({
  embedding: size,
  image: z.discriminatedUnion("family", [
    z.strictObject({ family: z.optional(z.undefined()), ...tower, ...shown, patch: size }),
    z.strictObject({
      family: z.literal("convolutional"),
      groups: z.readonly(z.array(size)),
      width: size,
      heads: size,
      ...shown,
    }),
  ]),
  text: z.strictObject({ ...tower, states: size, vocabulary: size }),
}) satisfies z.ZodMiniType<ClipConfig>;

const sampling = z.strictObject({
  temperature: z.optional(number),
  topK: z.optional(size),
  topP: z.optional(number),
  guidance: z.optional(number),
  guidanceEnd: z.optional(number),
});

/** A plain name: a path with folders in it could point outside the model folder. */
const fileName = z.string().check(z.regex(/^\w[\w.-]*$/, "expected a file name without folders"));

const sha256 = z
  .string("expected 64 hexadecimal digits")
  .check(z.regex(/^[0-9a-f]{64}$/, "expected 64 hexadecimal digits"));

const fileRecord = z.strictObject({ sha256, bytes: size });

/** As the graph recorder calls them: 8 bits with a scale for every 64 numbers or for each row, 4, 16 or 32. */
const dtypes = ["f32", "f16", "int8", "int8-rows", "int4"] as const;

const schema = z.strictObject({
  formatVersion: z.literal(FORMAT_VERSION),
  name: text,
  /** Pictures to codes and back; absent in a model that is nothing but a CLIP. */
  dvae: z.optional(pictureCodec),
  /** What tells the dVAE's codes from another's where it was trained; models without it are told by their encoder's weights. */
  dvaeHash: z.optional(sha256),
  /** Draws codes for a caption; absent in a model that only knows pictures. */
  transformer: z.optional(codeModel),
  /** Absent in a model that cannot rerank or score. */
  clip: z.optional(clip),
  /** Of the linear layers of transformer and CLIP; models exported before this was noted do not say. */
  dtype: z.optional(z.enum(dtypes, `expected one of ${dtypes.join(", ")}`)),
  /** How pictures are drawn when a request does not say; what is absent here too is plain sampling. */
  sampling: z.optional(sampling),
  files: z.record(fileName, fileRecord, "expected an object of files"),
  /** The data in words, with its licence. */
  trainedOn: text,
  /** Streams of the painted world that it was taught with; none where it was trained on other pictures. */
  world: z.array(
    z.strictObject({
      /** One that is named twice was painted twice as often. */
      families: z.array(text, "expected a list of names"),
      seed: z.int("expected an integer"),
      /** The first so many samples of the stream. */
      pictures: size,
      /** Of the painted world; models exported before this was noted do not say. */
      version: z.optional(size),
    }),
    "expected a list of streams",
  ),
  created: z.iso.datetime("expected a time such as 2026-01-31T12:00:00Z"),
});

export type ModelConfig = Readonly<z.infer<typeof schema>>;
/** Of a model that draws: it has a transformer, and what makes pictures of its codes. */
export type DrawingConfig = ModelConfig & {
  readonly dvae: PictureCodecConfig;
  readonly transformer: CodeModelConfig;
};
export type FileRecord = Readonly<z.infer<typeof fileRecord>>;

/** Refuses a model that only reads pictures, such as a CLIP or a dVAE alone. */
export function requireDrawing(config: ModelConfig): DrawingConfig {
  const { name, dvae, transformer } = config;
  if (dvae && transformer) return { ...config, dvae, transformer };
  throw new DalleError(
    "unsupported",
    `The model ${name} has no transformer, which draws pictures for captions; use a model that has.`,
  );
}

/** Parses the text of a config.json; `source` is its path or address, for the message. */
export function parseModelConfig(json: string, source: string): ModelConfig {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw refuse(source, "it is not valid JSON", cause);
  }
  return checkModelConfig(value, source);
}

/** Refuses unknown or missing fields, impossible numbers, and parts that do not belong together. */
export function checkModelConfig(value: unknown, source: string): ModelConfig {
  const version = (value as { formatVersion?: unknown } | null)?.formatVersion;
  if (version !== undefined && version !== FORMAT_VERSION) {
    throw new DalleError(
      "unsupported",
      `${source}: formatVersion is ${JSON.stringify(version)}, this program reads ${FORMAT_VERSION}; update dalle-ts or export the model again.`,
    );
  }
  const result = schema.safeParse(value);
  if (!result.success) throw refuse(source, describe(result.error.issues[0]!, value));
  try {
    checkModelParts(result.data);
  } catch (cause) {
    throw refuse(source, (cause as Error).message, cause);
  }
  return result.data;
}

/** What a model is made of; of the files only their names are looked at. */
export type ModelParts = Pick<ModelConfig, "dvae" | "transformer" | "clip" | "sampling"> & {
  readonly files: Readonly<Record<string, unknown>>;
};

/** Refuses impossible numbers, and parts that do not belong together. The messages have no next step: the caller knows it. */
export function checkModelParts({ dvae, transformer, clip, sampling, files }: ModelParts): void {
  if (dvae) checkPictureCodec(dvae);
  if (clip) checkClipConfig(clip);
  if (!transformer) {
    if (dvae || clip) return;
    throw new Error("it has neither transformer, dvae nor clip");
  }
  if (!dvae) throw new Error("dvae is missing, which makes pictures of the transformer's codes");
  checkCodeModel(transformer);
  resolveSampling({ sampling, transformer });
  const grid = codeGrid(dvae);
  requireSame("the dVAE", [
    ["transformer.imageCodes", transformer.imageCodes, grid.codes],
    ...gridNumbers(transformer, grid.side),
  ]);
  // A CLIP from elsewhere has a vocabulary of its own.
  if (!clip || CLIP_TOKENIZER_FILE in files) return;
  const { textVocabulary } = transformer;
  requireSame("the transformer", [["clip.text.vocabulary", clip.text.vocabulary, textVocabulary]]);
}

type Comparison = readonly [field: string, found: number, expected: number];

/** How a transformer says what grid of codes it draws, and what it must say of a grid of `side` a side. */
function gridNumbers(transformer: CodeModelConfig, side: number): Comparison[] {
  if (transformer.family === undefined)
    return [
      ["transformer.gridRows", transformer.gridRows, side],
      ["transformer.gridColumns", transformer.gridColumns, side],
    ];
  return "imageStates" in transformer
    ? [["transformer.imageStates", transformer.imageStates, side ** 2]]
    : [["transformer.gridSide", transformer.gridSide, side]];
}

function requireSame(giver: string, numbers: readonly Comparison[]): void {
  for (const [field, found, expected] of numbers) {
    if (found !== expected) throw new Error(`${field} is ${found}, but ${giver} gives ${expected}`);
  }
}

/** transformer.layers: expected an integer ≥ 1, got -3 */
function describe(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code === "unrecognized_keys") {
    return `${[...issue.path, issue.keys[0]].join(".")}: this field is unknown`;
  }
  if (issue.code === "invalid_union" && issue.discriminator)
    return `${issue.path.join(".")}: this program knows no such family`;
  const got = issue.path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown>)[key],
    value,
  );
  // A wrong key of `files` is reported with the rule it broke nested one level down.
  const message = issue.code === "invalid_key" ? issue.issues[0]!.message : issue.message;
  const field = issue.path.length === 0 ? "the content" : issue.path.join(".");
  return `${field}: ${message}, got ${got === undefined ? "nothing" : JSON.stringify(got)}`;
}

function refuse(source: string, reason: string, cause?: unknown): DalleError {
  return new DalleError("bad_model", `${source}: ${reason}; copy or export the model again.`, {
    cause,
  });
}
