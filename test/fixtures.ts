/**
 * @file Test data that is too large for the repository: the folder `shared/fixtures` beside it, or the one that the
 * environment variable DALLE_FIXTURES names. Tests that need it are skipped, with a word why, where it is missing.
 */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

const root =
  process.env.DALLE_FIXTURES ?? resolve(import.meta.dirname, "..", "..", "shared", "fixtures");

/** The folder of a fixture, such as "import/openai-dvae"; undefined where it is missing. */
export function fixtureFolder(name: string): string | undefined {
  const folder = join(root, name);
  if (existsSync(folder)) return folder;
  console.log(`skipped: there is no ${folder}; set DALLE_FIXTURES to the folder of fixtures.`);
  return undefined;
}
