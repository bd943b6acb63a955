/** @file A download that stops where its server waits. */
import { expect } from "vitest";
import { localFiles } from "../../src/import/download.js";

/** Leaves in `folder` what the server sends before it waits. */
export async function stopDownload(address: string, folder: string): Promise<void> {
  const stop = new AbortController();
  await expect(
    localFiles([address], folder, { signal: stop.signal, onProgress: () => stop.abort() }),
  ).rejects.toThrow(/^The download of .* start the import again to go on from where it is\.$/);
}
