/** @file A caption in a file of its own beside the picture: text, or JSON as img2dataset writes it. */
import { captionOf, findColumns } from "./columns.js";
import { Unreadable } from "./read-file.js";
import { decodeText, tidyCaption } from "./text.js";

/** Extensions of caption files, most wanted first. */
export const captionExtensions = ["txt", "caption", "json"] as const;

/** Throws `Unreadable` where nothing is said. */
export function captionFromFile(name: string, bytes: Uint8Array): string {
  const text = decodeText(bytes);
  const caption = tidyCaption(/\.json$/i.test(name) ? captionFromJson(text) : text);
  if (caption === undefined) throw new Unreadable("is empty, so its picture has no caption");
  return caption;
}

function captionFromJson(text: string): string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Unreadable("is not valid JSON");
  }
  if (typeof value !== "object" || value === null) throw new Unreadable("holds no caption");
  const fields = value as Record<string, unknown>;
  try {
    // Only the caption's name matters here; the file is the one beside it.
    const { caption } = findColumns("", ["file", ...Object.keys(fields)], { file: "file" });
    return captionOf(fields[caption]) ?? "";
  } catch {
    throw new Unreadable(`holds no caption (its fields: ${Object.keys(fields).join(", ")})`);
  }
}
