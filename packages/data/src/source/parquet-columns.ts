/** @file Which columns of a Parquet file hold pictures and captions, and what their cells are. */
import { type FileMetaData, parquetSchema, type SchemaTree } from "hyparquet";
import { joinCaptions } from "./caption-lines.js";
import { type ColumnNames, captionsIn, findColumns } from "./columns.js";
import { MOST_CAPTION_BYTES } from "./limits.js";
import { decodeText } from "./text.js";

/** A column of bytes is taken before one of paths, and a path before an address on the web. */
export function parquetColumns(
  path: string,
  metadata: FileMetaData,
  wanted: Partial<ColumnNames>,
): ColumnNames {
  const { children } = parquetSchema(metadata);
  const names = children.map(({ element }) => element.name);
  const withBytes = children.filter(holdsBytes).map(({ element }) => element.name);
  if (wanted.file === undefined && withBytes.length > 0) {
    const { caption } = findColumns(path, [...names, "file"], { ...wanted, file: "file" });
    const bytes = withBytes.filter((name) => name !== caption);
    const usual = bytes.find((name) => /^(image|img|picture|jpe?g|png|webp)$/i.test(name));
    const file = usual ?? bytes[0];
    if (file !== undefined) return { file, caption };
  }
  return findColumns(path, names, wanted);
}

/** Hugging Face's image struct { bytes, path }, or plain bytes. */
function holdsBytes({ element, children }: SchemaTree): boolean {
  if (children.length > 0) return children.some((child) => child.element.name === "bytes");
  const isText = element.converted_type === "UTF8" || element.logical_type?.type === "STRING";
  return element.type === "BYTE_ARRAY" && !isText;
}

/** The picture's bytes, or the path or address that stands for it. */
export function pictureOf(cell: unknown): Uint8Array | string | undefined {
  if (cell instanceof Uint8Array || typeof cell === "string") return cell;
  if (typeof cell !== "object" || cell === null) return undefined;
  const { bytes, path } = cell as { bytes?: unknown; path?: unknown };
  if (bytes instanceof Uint8Array && bytes.length > 0) return bytes;
  return typeof path === "string" ? path : undefined;
}

/** The captions, tidied, one a line; undefined where there is none or they are too long. */
export function captionOfCell(cell: unknown): string | undefined {
  const texts = [cell].flat().map((each) => (each instanceof Uint8Array ? decodeText(each) : each));
  const captions = captionsIn(texts);
  const length = captions.reduce((sum, caption) => sum + caption.length, 0);
  return length > MOST_CAPTION_BYTES ? undefined : joinCaptions(captions);
}
