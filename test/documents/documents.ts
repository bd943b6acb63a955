/** @file The documents that users read, and the pieces of them that a reader would try. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Document {
  /** From the root, such as "docs/serve.md". */
  readonly path: string;
  readonly text: string;
}

/** The log is a diary: what it says was true on its day. */
const diary = "docs/log.md";

export function readDocuments(): Document[] {
  const inFolder = (folder: string) =>
    readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  const packages = inFolder("packages").map((folder) => `${folder}/README.md`);
  const others = ["README.md", "examples/browser/README.md", "models/default/README.md"];
  return [...others, ...inFolder("docs"), ...packages]
    .filter((path) => path.endsWith(".md") && path !== diary && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

/** What is between the fences of this language. */
export function fenced(text: string, language: string): string[] {
  const fences = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms");
  return [...text.matchAll(fences)].map(([, code]) => code!);
}

/** The lines of shell code, fenced or indented; a line that ends in "\" with the next one. */
export function shellLines(text: string): string[] {
  const indented = [...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, line]) => line!);
  const code = [...fenced(text, "sh"), ...indented].join("\n");
  return code.replaceAll(/\s*\\\n\s*/g, " ").split("\n");
}
