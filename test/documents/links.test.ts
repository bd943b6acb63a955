/** @file Links of the documents lead to files and headings that there are. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { readDocuments, root } from "./documents.js";

/** As the hosts of repositories make them: "## On your own pictures" → "on-your-own-pictures". */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(readDocuments())("$path", ({ path, text }) => {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)]
    .map(([, link, source]) => (link ?? source)!)
    .filter((link) => !/^https?:/.test(link));
  const dead = links.filter((link) => {
    const [file, anchor] = link.split("#");
    const target = file ? join(root, dirname(path), file) : join(root, path);
    if (!existsSync(target)) return true;
    return anchor !== undefined && !anchorsOf(readFileSync(target, "utf8")).includes(anchor);
  });
  expect(dead).toEqual([]);
});
