/**
 * @file Writes art/catalogue.txt: which emoji the world knows, by what name, and what each set calls its drawing.
 *
 *     npx tsx --conditions=@dalle-ts/source packages/data/tools/catalogue.ts
 *
 * Names and groups come from emojibase; skin tones and genders of one figure are one emoji, drawn as the sets draw it plain.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { iconNames, iconsPath } from "../src/art/icons.js";
import { type ArtStyle, artStyles } from "../src/art/sets.js";
import { countries, kindOf, leftOut, undrawable, variant } from "./selection.js";

interface Emoji {
  readonly label: string;
  readonly hexcode: string;
  readonly subgroup: number;
  readonly group?: number;
  readonly tags?: readonly string[];
}

const require = createRequire(import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const emojibase = (path: string) => read(require.resolve(`emojibase-data/${path}`));

const subgroups: Record<string, string> = emojibase("meta/groups.json").subgroups;
const shortcodes: Record<string, string | string[]>[] = [
  "cldr",
  "github",
  "emojibase",
  "iamcal",
  "joypixels",
].map((name) => emojibase(`en/shortcodes/${name}.json`));

const sets = artStyles.map((style) => ({
  style,
  icons: new Set(iconNames(style)),
  aliases: aliasesOf(style),
  codes: read(iconsPath(style).replace(/icons\.json$/, "chars.json")) as Record<string, string>,
}));

function aliasesOf(style: ArtStyle): ReadonlyMap<string, string> {
  const text = readFileSync(iconsPath(style), "latin1");
  return new Map(
    [...text.matchAll(/"([^"\s]+)": \{\n\t\t\t"parent": "([^"]+)"/g)].map(
      ([, alias, icon]) => [alias!, icon!] as const,
    ),
  );
}

const slug = (text: string) =>
  text
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f’'.“”!]/g, "")
    .replaceAll("&", "and")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

function spellings(emoji: Emoji, name: string, kind: string): string[] {
  const codes = shortcodes.flatMap((codes) => [codes[emoji.hexcode] ?? []].flat()).map(slug);
  if (kind === "flag") {
    const country = slug(name);
    return ["flag-for-flag-", "flag-for-", "flag-"].map((prefix) => prefix + country);
  }
  return [slug(emoji.label), ...codes].flatMap((word) => [
    word,
    `${word}-face`,
    word.replaceAll("-", ""),
    `${word.replaceAll("-", "")}face`,
  ]);
}

function drawingsOf(emoji: Emoji, name: string, kind: string): Record<string, string> {
  const hexcode = emoji.hexcode.toLowerCase();
  const bare = hexcode.replaceAll("-fe0f", "");
  const flat = sets.find(({ style }) => style === "flat")!.codes[bare];
  const found: Record<string, string> = {};
  for (const { style, icons, aliases, codes } of sets) {
    if (undrawable.has(`${style} ${name}`)) continue;
    const known = [codes[hexcode], codes[bare], style === "glossy" ? flat : undefined];
    const icon = [...known, ...spellings(emoji, name, kind)]
      .map((word) => word && (icons.has(word) ? word : aliases.get(word)))
      .find((word) => word && icons.has(word));
    if (icon) found[style] = icon;
  }
  return found;
}

const rows: string[] = [];
const names = new Set<string>();
for (const emoji of emojibase("en/data.json") as Emoji[]) {
  const kind = kindOf(subgroups[emoji.subgroup] ?? "");
  if (!kind) continue;
  const label = emoji.label.toLowerCase().replace(/^flag: /, "");
  const name = label
    .normalize("NFD")
    .replace(/[\u0300-\u036f’'.“”!,]/g, "")
    .replace("-shaped", "");
  if (!/^[a-z][a-z -]*$/.test(name) || leftOut.has(name) || variant.test(name) || names.has(name))
    continue;
  if (kind === "flag" && !countries.has(name)) continue;
  const drawings = drawingsOf(emoji, name, kind);
  if (Object.keys(drawings).length < (kind === "flag" ? 2 : 4)) continue;
  names.add(name);
  const tags = (emoji.tags ?? []).filter((tag) => /^[a-z -]+$/.test(tag) && !name.includes(tag));
  const sets = Object.entries(drawings).map(([style, icon]) =>
    icon === slug(name) ? style : `${style}=${icon}`,
  );
  rows.push([name, kind, tags.slice(0, 3).join(","), sets.join(" ")].join("|"));
}
writeFileSync(new URL("../art/catalogue.txt", import.meta.url), `${rows.join("\n")}\n`);
console.log(`${rows.length} emoji`);
