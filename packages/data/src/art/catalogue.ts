/** @file Which emoji there are: name, kind, tags, and which sets draw each. Needs none of the sets' packages. */
import { readFileSync } from "node:fs";
import { badOption } from "@dalle-ts/tensor";
import type { ArtStyle } from "./sets.js";

export interface Emoji {
  /** As captions say it: "fox", "hot pepper", "japan" of a flag. */
  readonly name: string;
  readonly kind: EmojiKind;
  /** Words that people look it up by; may be empty. */
  readonly tags: readonly string[];
  /** Style → the set's own name for its drawing. */
  readonly drawings: ReadonlyMap<ArtStyle, string>;
}
export type EmojiKind =
  | "face"
  | "animal"
  | "plant"
  | "food"
  | "vehicle"
  | "place"
  | "sky"
  | "heart"
  | "person"
  | "object"
  | "flag";

/**
 * Written by tools/catalogue.ts. One emoji a line: name|kind|tags|sets, and where a set has another name for its drawing
 * than ours, that name behind "=". Names and tags: emojibase (MIT).
 */
const lines = readFileSync(new URL("../../art/catalogue.txt", import.meta.url), "utf8").trim();

const byName = new Map(lines.split("\n").map((line) => [line.split("|")[0]!, read(line)]));

/** In the order of the Unicode emoji list. */
export const emojiNames: readonly string[] = [...byName.keys()];

export function isEmoji(name: string | undefined): boolean {
  return name !== undefined && byName.has(name);
}

export function emojiOf(name: string): Emoji {
  const emoji = byName.get(name);
  if (!emoji) throw badOption("emoji", "a name of the catalogue", name);
  return emoji;
}

function read(line: string): Emoji {
  const [name, kind, tags, drawings] = line.split("|") as [string, EmojiKind, string, string];
  const usual = name.replaceAll(" ", "-");
  return {
    name,
    kind,
    tags: tags === "" ? [] : tags.split(","),
    drawings: new Map(
      drawings.split(" ").map((drawing) => {
        const [style, icon = usual] = drawing.split("=");
        return [style as ArtStyle, icon];
      }),
    ),
  };
}
