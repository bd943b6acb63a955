/** @file The folder that a bundle is written to: what is the user's in it stays. */
import { copyFile, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { DalleError } from "@dalle-ts/tensor";

/** What a bundle is made of, by where each file comes from; all else in its folder is the user's, such as runs. */
export interface BundleFiles {
  readonly "app.tar.xz": string;
  readonly "train.sh": string;
  readonly "join.sh": string;
  readonly "README.md": string;
}

/** Refuses a folder in which other files than a bundle's could be overwritten; one that is not there is right. */
export async function requireBundleFolder(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === "ENOENT") return [];
    throw new DalleError(
      "bad_option",
      `${folder} cannot be read as a folder (${error.code}); name another one for the bundle.`,
      { cause: error },
    );
  });
  if (names.length === 0 || ["app.tar.xz", "train.sh"].every((name) => names.includes(name))) {
    return;
  }
  throw new DalleError(
    "bad_option",
    `${folder} is not empty and holds no bundle (app.tar.xz with train.sh); name an empty or new folder for it.`,
  );
}

/** Replaces each file once its copy is whole: a train.sh that runs meanwhile goes on with the one that it began with. */
export async function replaceBundle(folder: string, files: BundleFiles): Promise<void> {
  for (const [name, source] of Object.entries(files)) {
    const partial = join(folder, `${name}.partial`);
    await copyFile(source, partial);
    await rename(partial, join(folder, name));
  }
}
