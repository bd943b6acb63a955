/** @file The end of several things, none of which stays open because another could not be closed. */

/** Throws the first error, once all have ended. */
export async function disposeAll(parts: readonly (AsyncDisposable | undefined)[]): Promise<void> {
  const ends = await Promise.allSettled(parts.map(async (part) => part?.[Symbol.asyncDispose]()));
  const failed = ends.find((end) => end.status === "rejected");
  if (failed) throw failed.reason;
}
