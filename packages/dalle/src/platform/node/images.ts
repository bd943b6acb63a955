/**
 * @file Picture files in Node, by sharp. Files come from strangers: format and size are limited before anything is
 * decoded, and every failure is one `DalleError`.
 */
import { open, stat } from "node:fs/promises";
import { DalleError } from "@dalle-ts/tensor";
import sharp from "sharp";
import type { DalleImage } from "../../images/image.js";
import { HEAD_BYTES, pictureKind } from "../../images/picture-format.js";
import {
  type ChannelCount,
  type DecodedPixels,
  type ImageSource,
  type LoadImageOptions,
  MOST_PIXELS,
  sourceName,
} from "../../images/source.js";

/** A picture file, upright, in so many channels. */
export async function decodePixels(
  source: ImageSource,
  { size, svg = false }: LoadImageOptions,
  channels: ChannelCount,
): Promise<DecodedPixels> {
  if (typeof source === "string") await checkFile(source);
  const file = source instanceof Blob ? new Uint8Array(await source.arrayBuffer()) : source;
  const head = typeof file === "string" ? await readHead(file) : file.subarray(0, HEAD_BYTES);
  const kind = pictureKind(head);
  if (kind === undefined) throw noPicture(sourceName(source));
  if (kind === "svg" && !svg) throw unboundedDrawing(sourceName(source));
  try {
    const upright = sharp(file, {
      limitInputPixels: MOST_PIXELS,
      failOn: "truncated",
    }).autoOrient();
    const pipeline =
      channels === 3 ? upright.flatten({ background: "white" }) : upright.ensureAlpha();
    pipeline.toColourspace("srgb");
    if (size !== undefined) pipeline.resize(size, size, { fit: "cover", kernel: "lanczos3" });
    const raw = pipeline.raw({ depth: "uchar" });
    const { data, info } = await raw.toBuffer({ resolveWithObject: true });
    // No Buffer, whose `slice` shares what it is cut from.
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.length);
    return { width: info.width, height: info.height, data: bytes, head };
  } catch (cause) {
    throw explain(sourceName(source), (cause as Error).message, cause);
  }
}

/** Without metadata. */
export async function compressPng({ width, height, pixels }: DalleImage): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

async function checkFile(path: string): Promise<void> {
  if (/^(https?|data):/i.test(path)) {
    const sentence = `${sourceName(path)} is an address, and Node reads a picture from a file or from its bytes; pass the path or the bytes.`;
    throw new DalleError("unsupported", sentence);
  }
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new DalleError("not_found", `${path} does not exist; check the path.`);
  if (!found.isFile()) throw new DalleError("bad_file", `${path} is not a file; name a picture.`);
}

async function readHead(path: string): Promise<Uint8Array> {
  await using file = await open(path).catch((cause: NodeJS.ErrnoException) => {
    throw new DalleError("io", `${path} cannot be read (${cause.code}); check its permissions.`, {
      cause,
    });
  });
  const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES));
  return buffer.subarray(0, bytesRead);
}

function noPicture(name: string, cause?: unknown): DalleError {
  const sentence = `${name} is not a picture this program can read; give a PNG, JPEG, WebP, GIF, TIFF or AVIF file.`;
  return new DalleError("bad_file", sentence, { cause });
}

function unboundedDrawing(name: string): DalleError {
  return new DalleError(
    "bad_file",
    `${name} is an SVG, and a small one can take hours to draw; give a PNG, JPEG, WebP, GIF, TIFF or AVIF file.`,
  );
}

/** libvips speaks in several lines; the first says what is wrong. */
function explain(name: string, message: string, cause: unknown): DalleError {
  const reason = message.split("\n")[0]!.trim();
  if (/unsupported image format|missing or empty|is empty/i.test(reason))
    return noPicture(name, cause);
  const sentence = /pixel limit/i.test(reason)
    ? `${name} has more than ${MOST_PIXELS / 1e6} million pixels; make it smaller first.`
    : `${name} is damaged or cut short (${reason}); copy or save it again.`;
  return new DalleError("bad_file", sentence, { cause });
}
