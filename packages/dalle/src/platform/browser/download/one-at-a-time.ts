/** @file Pages, and parts of one page, that load the same model at once: it is downloaded once. */
import { throwIfAborted } from "../../../abort.js";

/** Runs the job when no other under this name runs, in any page of the origin. A page that closes lets the next begin. */
export async function oneAtATime<T>(
  name: string,
  signal: AbortSignal | undefined,
  job: () => Promise<T>,
): Promise<T> {
  try {
    return await navigator.locks.request(`dalle-ts ${name}`, { signal }, job);
  } catch (error) {
    throwIfAborted(signal); // of a wait that was given up the browser has an error of its own
    throw error;
  }
}
