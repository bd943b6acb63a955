/**
 * @file `npm run bundle:train [folder]`: all that training needs on a bare, offline Linux machine with PyTorch and a C++
 * compiler, in one folder. docs/bundle.md says how it is used.
 */
import { execFileSync } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DalleError } from "@dalle-ts/tensor";
import { copyDrawings } from "./emoji.js";
import { copyNode } from "./node.js";
import { copyPackages } from "./packages.js";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const LARGEST = 60e6;

/** The size of what was written, in bytes. */
async function makeBundle(folder: string): Promise<number> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new DalleError(
      "unsupported",
      "The bundle takes the native libraries of this installation; make it on Linux on x86-64.",
    );
  }
  const staging = await mkdtemp(join(tmpdir(), "dalle-bundle-"));
  try {
    console.log(`Node.js ${await copyNode(staging)}`);
    await copyPackages(root, join(root, "packages/cli"), staging);
    await copyDrawings(join(root, "node_modules"), join(staging, "node_modules"));
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const archive = join(folder, "app.tar.xz");
    const plain = ["--sort=name", "--owner=0", "--group=0", "--mtime=@0"];
    // The filter for x86 code makes native libraries a tenth smaller.
    const pack = [
      "-I",
      "xz -T0 --x86 --lzma2=preset=6",
      ...plain,
      "-C",
      staging,
      "-cf",
      archive,
      ".",
    ];
    execFileSync("tar", pack, { stdio: "inherit" });
    for (const script of ["train.sh", "join.sh"]) {
      await copyFile(join(root, "bundle", script), join(folder, script));
    }
    await copyFile(join(root, "docs/bundle.md"), join(folder, "README.md"));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  for (const [index, name] of names.entries()) {
    console.log(`${name.padEnd(12)} ${(sizes[index]! / 1e6).toFixed(1).padStart(6)} MB`);
  }
  return sizes.reduce((sum, size) => sum + size, 0);
}

try {
  const folder = resolve(process.argv[2] ?? "bundle-train");
  const size = await makeBundle(folder);
  console.log(`${folder}: ${(size / 1e6).toFixed(1)} MB`);
  if (size > LARGEST) {
    throw new DalleError(
      "unsupported",
      `The bundle has ${(size / 1e6).toFixed(1)} MB and may have ${LARGEST / 1e6}; leave out more in bundle/packages.ts.`,
    );
  }
} catch (error) {
  console.error(error instanceof DalleError ? error.message : error);
  process.exitCode = 1;
}
