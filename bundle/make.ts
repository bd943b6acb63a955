/**
 * @file `npm run bundle:train [folder]`: all that training needs on a bare, offline Linux machine with PyTorch and a C++
 * compiler, in one folder. docs/bundle.md says how it is used.
 */
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { DalleError } from "@dalle-ts/tensor";
import { copyDrawings } from "./emoji.js";
import { type BundleFiles, replaceBundle, requireBundleFolder } from "./folder.js";
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
    const files: BundleFiles = {
      "app.tar.xz": join(staging, "app.tar.xz"),
      "train.sh": join(root, "bundle/train.sh"),
      "join.sh": join(root, "bundle/join.sh"),
      "README.md": join(root, "docs/bundle.md"),
    };
    await packApp(join(staging, "app"), files["app.tar.xz"]);
    await mkdir(folder, { recursive: true });
    await replaceBundle(folder, files);
    return await sizeOf(folder, Object.keys(files));
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Node.js, the packages and the drawings, gathered in the new folder `app` and packed. */
async function packApp(app: string, archive: string): Promise<void> {
  await mkdir(app);
  console.log(`Node.js ${await copyNode(app)}`);
  await copyPackages(root, join(root, "packages/cli"), app);
  await copyDrawings(join(root, "node_modules"), join(app, "node_modules"));
  // The filter for x86 code makes native libraries a tenth smaller.
  const filter = ["-I", "xz -T0 --x86 --lzma2=preset=6"];
  const plain = ["--sort=name", "--owner=0", "--group=0", "--mtime=@0"];
  const argv = [...filter, ...plain, "-C", app, "-cf", archive, "."];
  execFileSync("tar", argv, { stdio: "inherit" });
}

/** In bytes, each printed. */
async function sizeOf(folder: string, names: readonly string[]): Promise<number> {
  let sum = 0;
  for (const name of names) {
    const { size } = await stat(join(folder, name));
    console.log(`${name.padEnd(12)} ${(size / 1e6).toFixed(1).padStart(6)} MB`);
    sum += size;
  }
  return sum;
}

try {
  const folder = resolve(process.argv[2] ?? "bundle-train");
  await requireBundleFolder(folder);
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
