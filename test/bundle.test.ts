/** @file The bundle's folder holds what is the user's too; its train.sh says to `dalle train` what its variables say. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { replaceBundle, requireBundleFolder } from "../bundle/folder.js";
import { copyPackages } from "../bundle/packages.js";

const bundle = fileURLToPath(new URL("../bundle/", import.meta.url));

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "dalle-bundle-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe("the folder of a bundle", () => {
  test("is not one of other files, which stay", () => {
    const folder = folderWith({ "thesis.txt": "mine" });
    const script = ["--conditions=@dalle-ts/source", "--import=tsx", join(bundle, "make.ts")];
    const { status, stderr } = spawnSync(process.execPath, [...script, folder], {
      encoding: "utf8",
      env: { ...process.env, PATH: "" }, // no npm, no tar: what is not refused fails at once
    });
    expect(stderr).toBe(
      `${folder} is not empty and holds no bundle (app.tar.xz with train.sh); name an empty or new folder for it.\n`,
    );
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(["thesis.txt"]);
  });

  test("may be new, empty or a bundle's, and is no file", async () => {
    const folder = folderWith({});
    await requireBundleFolder(folder);
    await requireBundleFolder(join(folder, "new"));
    const file = join(folderWith({ "app.tar.xz": "" }), "app.tar.xz");
    await expect(requireBundleFolder(file)).rejects.toMatchObject({ code: "bad_option" });
    await requireBundleFolder(folderWith({ "app.tar.xz": "", "train.sh": "", notes: "" }));
  });

  test("keeps what is not the bundle's", async () => {
    const folder = folderWith({ "app.tar.xz": "old", "train.sh": "old", notes: "mine" });
    const file = join(folderWith({ file: "new" }), "file");
    const files = { "app.tar.xz": file, "train.sh": file, "join.sh": file, "README.md": file };
    await replaceBundle(folder, files);
    const texts = readdirSync(folder).map((name) => [
      name,
      readFileSync(join(folder, name), "utf8"),
    ]);
    expect(Object.fromEntries(texts)).toEqual({
      "app.tar.xz": "new",
      "train.sh": "new",
      "join.sh": "new",
      "README.md": "new",
      notes: "mine",
    });
  });
});

/** In bytes, of all that lies in it. */
function sizeOf(folder: string): number {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

test("the packages are those of training alone, few enough for 60 MB when they are packed", async () => {
  const folder = folderWith({});
  const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
  await copyPackages(root, join(root, "packages/cli"), folder);
  const brought = readdirSync(join(folder, "node_modules"));
  expect(brought).toContain("onnxruntime-node");
  expect(brought).not.toContain("onnxruntime-web");
  // 83 MB of Node.js come with them; a fifth of it all is left when it is packed.
  expect(sizeOf(folder)).toBeLessThan(140e6);
});

test("a package that is linked from elsewhere is refused, and written nowhere", async () => {
  const root = realpathSync(folderWith({ "package.json": '{ "dependencies": { "far": "1" } }' }));
  const far = realpathSync(folderWith({ "package.json": "{}" }));
  mkdirSync(join(root, "node_modules"));
  symlinkSync(far, join(root, "node_modules/far"));
  const to = join(folderWith({}), "app");
  await expect(copyPackages(root, root, to)).rejects.toMatchObject({
    code: "unsupported",
    message: expect.stringContaining(`leads to ${far}, outside of ${root}; run \`npm ci\` there`),
  });
  expect(readdirSync(to)).toEqual(["package.json"]);
});

test("train.sh begins with the weights that FROM names", () => {
  const folder = folderWith({ node: '#!/bin/sh\necho "$@" >> "$CALLS"\n' });
  mkdirSync(join(folder, "packages/cli"), { recursive: true });
  chmodSync(join(folder, "node"), 0o755);
  const archive = join(folder, "app.tar.xz");
  execFileSync("tar", ["-C", folder, "-cf", archive, "node", "packages"]);
  copyFileSync(join(bundle, "train.sh"), join(folder, "train.sh"));
  const python = join(folder, "python"); // called as python -m tarfile -e <archive> <folder>
  writeFileSync(python, '#!/bin/sh\nexec tar -xf "$4" -C "$5"\n', { mode: 0o755 });
  const calls = join(folder, "calls");
  execFileSync(join(folder, "train.sh"), {
    stdio: "pipe",
    env: {
      PATH: process.env.PATH,
      PYTHON: python,
      LIBTORCH: "/none",
      CXX: "c++",
      CALLS: calls,
      DEVICE: "cpu",
      TRANSFORMER_MINUTES: "20",
      DVAE_FROM: "my eyes",
      TRANSFORMER_FROM: "first",
      CLIP_FROM: "reranker",
    },
  });
  const work = join(folder, "work/runs");
  const tokenizer = `--tokenizer ${work}/tokenizer`;
  const trained = readFileSync(calls, "utf8")
    .split("\n")
    .filter((line) => line.includes(" train "));
  expect(trained.map((line) => line.replace(/^.* train /, ""))).toEqual([
    `tokenizer whole-world-tokenizer -o ${work}/tokenizer`,
    `dvae whole-world-64-dvae -o ${work}/dvae --device cpu --from my eyes`,
    `transformer whole-world-64-transformer -o ${work}/transformer --device cpu ${tokenizer} --dvae ${work}/dvae --from first --minutes 20`,
    `clip whole-world-64-clip -o ${work}/clip --device cpu ${tokenizer} --dvae ${work}/dvae --from reranker`,
  ]);
});
