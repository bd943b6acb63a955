/** @file The TypeScript of the documents compiles under `strict`, as a user of the packages would write it. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { fenced, readDocuments, root } from "./documents.js";

const project = await mkdtemp(join(tmpdir(), "dalle-samples-"));
afterAll(() => rm(project, { recursive: true, force: true }));

/** What the reader of a sample has at hand already: a model and a picture, and in a page its elements. */
const given = `
declare const dalle: import("dalle-ts").Dalle;
declare const image: import("dalle-ts").GeneratedImage & File;
declare const mask: File;
declare const signal: AbortSignal;
declare const bar: HTMLProgressElement;
declare const context: CanvasRenderingContext2D;
`;

test("every sample compiles", async () => {
  const samples = readDocuments().flatMap(({ path, text }) =>
    fenced(text, "ts").map((code, index) => ({
      name: `${path.replaceAll("/", "-")}-${index + 1}.ts`,
      code: `${code}\nexport {};\n`,
    })),
  );
  expect(samples.length).toBeGreaterThan(10);
  for (const { name, code } of samples) await writeFile(join(project, name), code);
  await writeFile(join(project, "given.d.ts"), given);
  await writeFile(join(project, "package.json"), '{ "type": "module" }');
  const compilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ["node"],
    target: "ES2023",
    module: "NodeNext",
    customConditions: ["@dalle-ts/source"],
    lib: ["ES2023", "ESNext.Disposable", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
  };
  const config = { compilerOptions, include: ["*.ts"] };
  await writeFile(join(project, "tsconfig.json"), JSON.stringify(config));
  await symlink(join(root, "node_modules"), join(project, "node_modules"));
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const compiled = promisify(execFile)(process.execPath, [compiler, "-p", project]);
  const output = await compiled.then(
    ({ stdout }) => stdout,
    (error: { stdout: string; message: string }) => error.stdout || error.message,
  );
  expect(output).toBe("");
});
