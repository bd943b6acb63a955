/** @file Pictures in the shapes of the Images API: one JSON object, or events of a stream [SPEC §8]. */
import type { DalleImage, PngMetadata } from "dalle-ts";
import { sizeText } from "dalle-ts/parts";
import type { DrawingEvent, DrawnPicture } from "../drawing/drawings.js";
import type { ServedModel } from "../drawing/served-model.js";
import { encodePicture } from "../pictures/encode.js";
import type { ImagesRequest } from "./read-request.js";

export interface ResponseContext {
  readonly model: ServedModel;
  /** Address of a picture of the library, for clients that ask for URLs. */
  readonly urlOf: (id: string, request: ImagesRequest) => string;
}

export interface StreamMessage {
  readonly event: string;
  readonly data: object;
}

/** The ImagesResponse; what OpenAI's has no field for comes under names of ours. */
export async function imagesResponse(
  request: ImagesRequest,
  pictures: readonly DrawnPicture[],
  context: ResponseContext,
): Promise<object> {
  return {
    created: nowInSeconds(),
    data: await Promise.all(pictures.map((picture) => pictureJson(request, picture, context))),
    ...describe(request, context.model),
    usage: usageOf(request, context.model, request.drawing.rerank ?? pictures.length),
    ...warningsOf(request, pictures),
  };
}

/** The event of a stream that tells of `event`; undefined where nothing is told of it. */
export async function streamMessage(
  request: ImagesRequest,
  event: DrawingEvent,
  context: ResponseContext,
  partialIndex: number,
): Promise<StreamMessage | undefined> {
  const prefix = request.drawing.kind === "generation" ? "image_generation" : "image_edit";
  const common = { created_at: nowInSeconds(), ...describe(request, context.model) };
  const message = (name: string, data: object) => {
    const type = `${prefix}.${name}`;
    return { event: type, data: { type, ...data } };
  };
  if (event.type === "queued") {
    return request.fields.progress
      ? message("queued", { pictures_before: event.before, seed: request.drawing.seed })
      : undefined;
  }
  const { index } = event;
  if (event.type === "partial") {
    const { known, total } = event;
    const b64_json = await encode(request, event.image);
    return message("partial_image", {
      b64_json,
      partial_image_index: partialIndex,
      index,
      ...common,
      codes_known: known,
      codes_total: total,
    });
  }
  return message("completed", {
    ...(await pictureJson(request, event.picture, context)),
    index,
    ...common,
    usage: usageOf(request, context.model, 1),
    ...warningsOf(request, [event.picture]),
  });
}

async function pictureJson(
  request: ImagesRequest,
  picture: DrawnPicture,
  context: ResponseContext,
): Promise<object> {
  const { id, image } = picture;
  const { seed, score, fit } = image;
  const { response_format, stream } = request.fields;
  const url =
    response_format === "url" && id !== undefined ? context.urlOf(id, request) : undefined;
  // Clients of streams read b64_json alone.
  const isWhole = url === undefined || stream;
  const b64_json = isWhole ? await pictureBase64(request, picture) : undefined;
  return { url, b64_json, seed, id, score, fit };
}

async function pictureBase64(
  request: ImagesRequest,
  { image, metadata, png }: DrawnPicture,
): Promise<string> {
  const { output_format, size } = request.fields;
  const isNative =
    size === undefined || (size.width === image.width && size.height === image.height);
  if (output_format === "png" && isNative) return Buffer.from(png).toString("base64");
  return encode(request, image, metadata);
}

async function encode(
  { fields }: ImagesRequest,
  image: DalleImage,
  metadata?: PngMetadata,
): Promise<string> {
  const { output_format: format, output_compression: quality, size } = fields;
  const bytes = await encodePicture(image, { format, quality, size, metadata });
  return Buffer.from(bytes).toString("base64");
}

function describe({ fields }: ImagesRequest, { imageSize }: ServedModel) {
  const native = { width: imageSize, height: imageSize };
  return {
    background: "opaque",
    output_format: fields.output_format,
    quality: "high",
    size: sizeText(fields.size ?? native),
    native_size: sizeText(native),
  };
}

function usageOf({ textTokens }: ImagesRequest, { gridSide }: ServedModel, pictures: number) {
  const output = pictures * gridSide ** 2;
  return {
    input_tokens: textTokens,
    output_tokens: output,
    total_tokens: textTokens + output,
    input_tokens_details: { text_tokens: textTokens, image_tokens: 0 },
  };
}

function warningsOf({ warnings }: ImagesRequest, pictures: readonly DrawnPicture[]) {
  const all = new Set([...warnings, ...pictures.flatMap(({ warning }) => warning ?? [])]);
  return all.size > 0 ? { warnings: [...all] } : {};
}

const nowInSeconds = (): number => Math.floor(Date.now() / 1000);
