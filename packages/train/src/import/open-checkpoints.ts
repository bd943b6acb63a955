/** @file The checkpoints among the files of an import. */
import { CheckpointFile } from "@dalle-ts/tensor";

/** Checkpoints among the paths, open while `use` runs; configs and vocabularies are no checkpoints. */
export async function withCheckpoints<R>(
  paths: readonly string[],
  use: (files: readonly CheckpointFile[]) => Promise<R>,
): Promise<R> {
  const files: CheckpointFile[] = [];
  try {
    for (const path of paths.filter((each) => !/\.(json|txt|txt\.gz|ya?ml|model)$/.test(each)))
      files.push(await CheckpointFile.open(path));
    return await use(files);
  } finally {
    for (const file of files) await file.close();
  }
}
