/** @file The sets of drawings, cut down to what the painted world draws: a tenth of their bytes. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { emojiNames, emojiOf } from "../packages/data/src/art/catalogue.js";
import { type ArtStyle, artSets, artStyles } from "../packages/data/src/art/sets.js";

interface IconSet {
  readonly icons: Readonly<Record<string, unknown>>;
}

/** Copies each set from one node_modules to another with the drawings of the catalogue alone. */
export async function copyDrawings(from: string, to: string): Promise<void> {
  for (const style of artStyles) {
    const { package: name } = artSets[style];
    const [source, target] = [from, to].map((modules) => join(modules, name, "icons.json"));
    const set = JSON.parse(await readFile(source!, "utf8")) as IconSet;
    const drawn = new Set(namesOf(style));
    const icons = Object.fromEntries(Object.entries(set.icons).filter(([icon]) => drawn.has(icon)));
    await mkdir(dirname(target!), { recursive: true });
    // With tabs, as the sets are written: the painter finds drawings by the look of their lines.
    await writeFile(target!, JSON.stringify({ ...set, icons, aliases: {} }, undefined, "\t"));
    await writeFile(join(dirname(target!), "package.json"), JSON.stringify({ name }));
  }
}

function namesOf(style: ArtStyle): string[] {
  return emojiNames.flatMap((name) => emojiOf(name).drawings.get(style) ?? []);
}
