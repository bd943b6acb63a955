/** @file Request bodies, JSON or multipart, as plain fields and picture bytes. No address in a body is ever fetched. */
import type { Context } from "hono";
import { ApiError, invalid } from "./api-error.js";

export interface RequestBody {
  /** Without those that are null, and without pictures. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly images: readonly Uint8Array[];
  readonly mask?: Uint8Array;
}

type Part = string | File;

/** A form says everything in text; these fields are numbers or truth values in JSON. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const textFields = new Set(["prompt", "model", "size", "user", "safety_identifier", "keep"]);

/** OpenAI's clients write an object as a field for each of its members: "keep[top]", "keep[rectangle][left]". */
const KEEP_MEMBER = /^keep\[(\w+)\](?:\[(\w+)\])?$/;

export async function readBody(context: Context): Promise<RequestBody> {
  const type = context.req.header("content-type") ?? "";
  if (/^application\/json\b/i.test(type)) return fromJson(await readJson(context));
  if (/^multipart\/form-data\b/i.test(type)) return fromForm(await readForm(context));
  throw new ApiError(
    415,
    "The body must be application/json or multipart/form-data; set its Content-Type.",
    { code: "unsupported_media_type" },
  );
}

async function readJson(context: Context): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await context.req.text());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ApiError(400, `The body is not valid JSON (${error.message}); correct it.`, {
      code: "invalid_json",
    });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new ApiError(400, "The body must be a JSON object with a prompt; send one.", {
    code: "invalid_json",
  });
}

function fromJson(body: Readonly<Record<string, unknown>>): RequestBody {
  const { image, images, mask, ...rest } = body;
  const given = [image, images].flat().filter((each) => each !== undefined && each !== null);
  return {
    fields: Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null)),
    images: given.map((each) => fromDataUrl("image", each)),
    ...(mask === undefined || mask === null ? {} : { mask: fromDataUrl("mask", mask) }),
  };
}

/** "data:image/png;base64,…", the same in { image_url }, or bare base64. */
export function fromDataUrl(param: string, value: unknown): Uint8Array {
  const inner = (value as { image_url?: unknown } | null)?.image_url;
  const text = typeof inner === "string" ? inner : value;
  if (typeof text !== "string") throw invalid(param, "a picture as a data URL", value);
  if (/^https?:/i.test(text)) {
    throw new ApiError(
      400,
      `${param}: this server fetches no addresses; send the picture itself, as a file or a data URL.`,
      { param, code: "remote_fetch" },
    );
  }
  const base64 = text.replace(/^data:[\w/+.-]+;base64,/, "");
  if (base64 === "" || !/^[A-Za-z0-9+/_-]+={0,2}\s*$/.test(base64)) {
    throw invalid(
      param,
      "a picture as a data URL with base64",
      text.length > 40 ? `${text.slice(0, 40)}…` : text,
    );
  }
  return Buffer.from(base64, "base64");
}

async function readForm(context: Context): Promise<FormData> {
  try {
    return await context.req.formData();
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    throw new ApiError(400, "The multipart form is damaged or cut short; send it again.", {
      code: "invalid_form",
    });
  }
}

async function fromForm(form: FormData): Promise<RequestBody> {
  const fields: Record<string, unknown> = {};
  const images: Uint8Array[] = [];
  let mask: Uint8Array | undefined;
  let keep: Readonly<Record<string, unknown>> | undefined;
  for (const [name, part] of form.entries() as IterableIterator<[string, Part]>) {
    if (/^images?(\[\d*\])?$/.test(name)) images.push(await bytesOf("image", part));
    else if (name === "mask") mask = await bytesOf("mask", part);
    else if (typeof part !== "string") throw invalid(name, "text", "a file");
    else if (KEEP_MEMBER.test(name)) keep = withMember(keep, name, fieldValue(name, part));
    else fields[name] = fieldValue(name, part);
  }
  if (keep) fields.keep = keep;
  return { fields, images, ...(mask && { mask }) };
}

function withMember(
  keep: Readonly<Record<string, unknown>> = {},
  name: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [, outer, inner] = KEEP_MEMBER.exec(name)!;
  const member = inner === undefined ? value : { ...(keep[outer!] as object), [inner]: value };
  return { ...keep, [outer!]: member };
}

async function bytesOf(param: string, part: Part): Promise<Uint8Array> {
  return typeof part === "string"
    ? fromDataUrl(param, part)
    : new Uint8Array(await part.arrayBuffer());
}

function fieldValue(name: string, text: string): unknown {
  if (textFields.has(name)) return text;
  if (NUMBER.test(text)) return Number(text);
  return text === "true" ? true : text === "false" ? false : text;
}
