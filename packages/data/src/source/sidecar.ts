/** @file Captions in a file of their own beside the picture: a line of text each, or JSON as img2dataset writes it. */
import { joinCaptions } from "./caption-lines.js";
import { captionsIn, findColumns } from "./columns.js";
import { Unreadable } from "./read-file.js";
import { decodeText } from "./text.js";

/** Extensions of caption files, most wanted first. */
export const captionExtensions = ["txt", "caption", "json"] as const;

/** Throws `Unreadable` where nothing is said. */
export function captionFromFile(name: string, bytes: Uint8Array): string {
  const text = decodeText(bytes);
  const isJson = /\.json$/i.test(name);
  const caption = joinCaptions(isJson ? captionsFromJson(text) : text.split(/[\r\n]+/));
  if (caption === undefined) throw new Unreadable("is empty, so its picture has no caption");
  return caption;
}

function captionsFromJson(text: string): readonly string[] {
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
    return captionsIn(fields[caption]);
  } catch {
    throw new Unreadable(`holds no caption (its fields: ${Object.keys(fields).join(", ")})`);
  }
}
