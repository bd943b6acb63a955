/**
 * @file Writes words/vocabulary.txt: every word that captions of each family can have.
 *
 *     npx tsx --conditions=@dalle-ts/source packages/data/tools/vocabulary.ts
 *
 * To be run when a grammar changes; a test holds the two together.
 */
import { writeFileSync } from "node:fs";
import { familyNames } from "../src/world/families.js";
import { vocabularyOf } from "../src/world/vocabulary.js";

const rows = familyNames.map((family) => [family, ...vocabularyOf(family)].join(" "));
writeFileSync(new URL("../words/vocabulary.txt", import.meta.url), `${rows.join("\n")}\n`);
