/** @file Which column of somebody's table names the picture, and which one holds the caption. */
import { DalleError } from "@dalle-ts/tensor";

/** Names in use by img2dataset, Hugging Face, Conceptual Captions, COCO and LAION, most telling first; case does not count. */
const fileNames = [
  ...["file_name", "filename", "file", "file_path", "filepath", "image_path", "image_file", "path"],
  ...["image", "img", "img_path", "picture", "png", "jpg", "url", "image_url"],
] as const;
const captionNames = [
  ...["caption", "text", "captions", "description", "alt_text", "alt", "title", "prompt", "label"],
  ...["name", "top_caption", "sentence"],
] as const;

export interface ColumnNames {
  readonly file: string;
  readonly caption: string;
}

/** `wanted` overrules what is found by name. Throws a `bad_data` error that lists the columns there are. */
export function findColumns(
  path: string,
  columns: readonly string[],
  wanted: Partial<ColumnNames> = {},
): ColumnNames {
  const find = (role: string, names: readonly string[], name: string | undefined): string => {
    const found = (name === undefined ? names : [name])
      .map((each) => columns.find((column) => sameName(column, each)))
      .find((column) => column !== undefined);
    if (found !== undefined) return found;
    const [lacks, next] =
      name === undefined
        ? [`no column for the ${role}`, "name it"]
        : [`no column "${name}"`, "name another"];
    throw new DalleError(
      "bad_data",
      `${path} has ${lacks} (its columns: ${columns.slice(0, 20).join(", ") || "none"}); ${next} with --${role}-column.`,
    );
  };
  return {
    file: find("file", fileNames, wanted.file),
    caption: find("caption", captionNames, wanted.caption),
  };
}

const sameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.toLowerCase();

/** What a caption cell says: a text, or several; nothing for anything else. */
export function captionsIn(value: unknown): readonly string[] {
  return [value].flat().filter((each) => typeof each === "string");
}
