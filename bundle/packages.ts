/** @file The built packages of the house and what they depend on, without what only development needs. */
import { cp, mkdir, readFile, realpath, symlink } from "node:fs/promises";
import { dirname, extname, join, relative, sep } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

interface Manifest {
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/**
 * Copies the package in `folder` of the repository `root`, and all that it needs when it runs, to the same places in `to`.
 * Refuses packages outside of `root`, which have no place there.
 */
export async function copyPackages(root: string, folder: string, to: string): Promise<void> {
  const seen = new Set<string>();
  const visit = async (place: string): Promise<void> => {
    if (seen.has(place)) return;
    seen.add(place);
    const real = await realpath(place);
    const inside = relative(root, real);
    if (inside.split(sep)[0] === "..") {
      throw new DalleError(
        "unsupported",
        `${place} leads to ${real}, outside of ${root}; run \`npm ci\` there, and make the bundle again.`,
      );
    }
    const manifest = await readManifest(real);
    if (!runsOnTarget(manifest)) return;
    if (place !== real) {
      await link(join(to, relative(root, place)), join(to, inside));
      return visit(real);
    }
    await copyPackage(real, join(to, inside), manifest);
    for (const name of Object.keys(manifest.dependencies ?? {})) {
      if (unneeded.has(name)) continue;
      const found = await findPackage(name, real, root);
      if (!found) {
        throw new DalleError("not_found", `${name} is not installed; run \`npm ci\` first.`);
      }
      await visit(found);
    }
    for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
      const found = await findPackage(name, real, root);
      if (found) await visit(found);
    }
  };
  await visit(folder);
}

/** Linux on x86-64 with glibc, as npm's fields say it. */
function runsOnTarget({ os, cpu, libc }: Manifest): boolean {
  const fits = (field: readonly string[] | undefined, wanted: string) =>
    field === undefined || field.includes(wanted);
  return fits(os, "linux") && fits(cpu, "x64") && fits(libc, "glibc");
}

/** Loaded by commands that no training needs, and by pages. */
const unneeded = new Set(["@dalle-ts/studio", "onnxruntime-web"]);

/** Types, source maps and texts for people; .ts files are sources or types. */
const development = new Set([".ts", ".mts", ".cts", ".map", ".md"]);
/**
 * What packages bring for others: libraries of other systems and of the runtime Bare, names of emoji in other languages, fonts
 * that no sheet is written in.
 */
const forOthers = [
  /onnxruntime-node\/bin\/napi-v\d+\/(?!linux$|linux\/x64)/,
  /\/bare-[a-z]+\/prebuilds$/,
  /emojibase-data\/(?!(package\.json|LICENSE|en|en\/data\.json)$)/,
  /dejavu-fonts-ttf\/(?!(package\.json|LICENSE|ttf|ttf\/DejaVuSansCondensed\.ttf)$)/,
];

/** Of a package of the house only what it would publish. */
async function copyPackage(from: string, to: string, { files }: Manifest): Promise<void> {
  const ours = !from.includes(`${sep}node_modules${sep}`);
  const kept = (path: string): boolean => {
    const inside = relative(from, path);
    const [top] = inside.split(sep);
    if (top === "node_modules" || development.has(extname(path))) return false;
    if (ours && top && top !== "package.json") return files?.includes(top) ?? true;
    return !forOthers.some((part) => part.test(path));
  };
  await cp(from, to, { recursive: true, filter: kept });
}

async function link(place: string, target: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  await symlink(relative(dirname(place), target), place);
}

async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/** As Node resolves it: in the nearest node_modules at or above `from`. */
async function findPackage(name: string, from: string, root: string): Promise<string | undefined> {
  const place = join(from, "node_modules", name);
  if (await readManifest(place).catch(() => undefined)) return place;
  return from === root ? undefined : findPackage(name, dirname(from), root);
}
