/** @file Requests of the Images API to drawing requests. Everything that can be refused is refused here. */
import { type CompletionStart, type DalleImage, loadMask, type VariationStart } from "dalle-ts";
import {
  competes,
  drawSeed,
  encodesPictures,
  keptCodes,
  LONGEST_CAPTION,
  leftOutWarning,
  loadTransparency,
  otherShape,
  resolveSampling,
  sizeText,
  wholeCharacters,
} from "dalle-ts/parts";
import type { DrawingRequest } from "../drawing/drawing-request.js";
import type { ServedModel } from "../drawing/served-model.js";
import { ApiError, invalid } from "../http/api-error.js";
import type { RequestBody } from "../http/body.js";
import { decodePicture } from "../pictures/decode.js";
import { pictureTurns } from "../pictures/turns.js";
import { type EditFields, parseFields, type SharedFields, schemas } from "./fields.js";

/** What is drawn, how it is given back, and what was not done as asked. */
export interface ImagesRequest {
  readonly drawing: DrawingRequest;
  readonly fields: Omit<SharedFields, "prompt">;
  readonly warnings: readonly string[];
  /** Tokens of the caption that the model reads. */
  readonly textTokens: number;
}

/** As OpenAI streams when it is asked for none in particular. */
const DEFAULT_PARTIALS = 0;

export function readGeneration(body: RequestBody, model: ServedModel): ImagesRequest {
  const { fields, warnings } = parseFields(schemas.generation, body.fields);
  if (body.images.length > 0) {
    throw new ApiError(
      400,
      "image: a generation starts from no picture; post it to /v1/images/edits.",
      {
        param: "image",
      },
    );
  }
  warnOfMask(body, warnings);
  return complete(model, fields, warnings, { kind: "generation", candidates: 1, described: {} });
}

/** readMask: how the mask is read, which is not the same in all interfaces. */
export async function readEdit(
  body: RequestBody,
  model: ServedModel,
  readMask = loadMask,
): Promise<ImagesRequest> {
  const { fields, warnings } = parseFields(schemas.edit, body.fields);
  const picture = pictureOf(body, warnings);
  const image = await readPicture(picture, model);
  const region = await regionOf(body, picture, fields, model, readMask);
  if (!region) {
    warnings.push(
      "There was no mask, no keep and no transparency, so a part chosen by the seed was drawn anew.",
    );
  }
  const from: CompletionStart | VariationStart = region
    ? { image, ...region }
    : { image, share: fields.share };
  // Refuses a mask of all or nothing; where nothing competes, the queue need not make room for candidates.
  const competing = !region || competes(keptCodes(region, model.config.dvae));
  if (region && body.fields.share !== undefined) {
    warnings.push("share: what is drawn anew was said otherwise, so it was ignored.");
  }
  if (!competing && body.fields.candidates !== undefined) {
    warnings.push("candidates: all that stays comes before what is drawn, so they were ignored.");
  }
  return complete(model, fields, warnings, {
    kind: "edit",
    from,
    candidates: competing ? fields.candidates : 1,
    described: fields.keep
      ? { keep: fields.keep }
      : region
        ? { mask: true }
        : { share: fields.share },
  });
}

export async function readVariation(body: RequestBody, model: ServedModel): Promise<ImagesRequest> {
  const { fields, warnings } = parseFields(schemas.variation, body.fields);
  warnOfMask(body, warnings);
  const { share, candidates } = fields;
  const { prompt, rerank, guidance_scale } = fields;
  if (prompt === undefined && rerank !== undefined) {
    throw invalid("rerank", "a prompt to match beside it", rerank);
  }
  if (prompt === undefined && (guidance_scale ?? 1) !== 1) {
    throw invalid("guidance_scale", "1, or a prompt to be guided to beside it", guidance_scale);
  }
  const image = await readPicture(pictureOf(body, warnings), model);
  return complete(model, fields, warnings, {
    kind: "variation",
    from: { image, share },
    candidates,
    described: { share },
  });
}

function warnOfMask({ mask }: RequestBody, warnings: string[]): void {
  if (!mask) return;
  warnings.push("mask: it was ignored; post it with its picture to /v1/images/edits.");
}

function pictureOf({ images }: RequestBody, warnings: string[]): Uint8Array {
  const [picture] = images;
  if (!picture) throw invalid("image", "a picture as a file or a data URL", undefined);
  if (images.length > 1) warnings.push(`Only the first of ${images.length} pictures was used.`);
  return picture;
}

/** A model without an encoder knows of pictures what it drew itself, which is told by the codes in their files. */
async function readPicture(picture: Uint8Array, model: ServedModel): Promise<DalleImage> {
  const image = await decodePicture(picture, { size: model.imageSize });
  if (image.codes || encodesPictures(model.config.dvae)) return image;
  throw new ApiError(
    400,
    `image: the model ${model.name} reads no pictures but those that it drew, as PNGs of its own size; send one of these, ask for a generation, or serve a model with an encoder.`,
    { param: "image", code: "unsupported" },
  );
}

/** What stays of the picture, by the mask, by `keep`, or where the picture itself is not transparent. */
async function regionOf(
  { mask }: RequestBody,
  picture: Uint8Array,
  { keep }: EditFields,
  model: ServedModel,
  readMask: typeof loadMask,
) {
  const size = model.imageSize;
  if (mask && keep) throw invalid("keep", "no mask beside it", keep);
  if (keep) return { keep };
  if (mask) {
    const loaded = await pictureTurns.run(() => readMask(mask, { size }));
    const other = await otherShape(picture, mask);
    if (other) {
      const expected = `the shape of the picture, ${sizeText(other.picture)}`;
      throw invalid("mask", expected, sizeText(other.mask));
    }
    return { mask: loaded };
  }
  const transparency = await pictureTurns.run(() => loadTransparency(picture, { size }));
  return transparency && { mask: transparency };
}

type Kind = Pick<DrawingRequest, "kind" | "candidates" | "described" | "from">;

function complete(
  model: ServedModel,
  fields: Omit<SharedFields, "prompt"> & { readonly prompt?: string },
  warnings: string[],
  kind: Kind,
): ImagesRequest {
  const { prompt = "", n, seed = drawSeed() } = fields;
  const { temperature, top_k: topK, top_p: topP, guidance_scale, guidance_end } = fields;
  const { rerank, stream, partial_images: partials = DEFAULT_PARTIALS } = fields;
  const codes = model.config.transformer.imageCodes;
  if (topK !== undefined && topK > codes)
    throw invalid("top_k", `an integer in [1, ${codes}]`, topK);
  if (rerank !== undefined && rerank < n) throw invalid("rerank", "at least n", rerank);
  if (rerank !== undefined && !model.config.clip) {
    throw new ApiError(
      400,
      `rerank: the model ${model.name} has no CLIP; ask without it, or serve a model that has one.`,
      {
        param: "rerank",
        code: "unsupported",
      },
    );
  }
  // Without a caption there is nothing to be guided to.
  const guidance = prompt === "" ? 1 : guidance_scale;
  const asked = { temperature, topK, topP, guidance, guidanceEnd: guidance_end };
  // Of a prompt that is cut, what is left must not be the blanks before it.
  const told = prompt.length > LONGEST_CAPTION ? prompt.trimStart() : prompt;
  const { ids, dropped } = model.tokenizer.fitCaption(told, model.captionTokens);
  if (dropped !== undefined) {
    warnings.push(leftOutWarning("The model", model.captionTokens, dropped));
  }
  return {
    drawing: {
      ...kind,
      caption: wholeCharacters(told, LONGEST_CAPTION),
      count: n,
      seed,
      rerank,
      sampling: resolveSampling(model.config, asked),
      partials: stream ? partials : 0,
    },
    fields,
    warnings,
    textTokens: ids.length,
  };
}
