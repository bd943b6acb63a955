/** @file Many requests to a server that has room for some: a few at a time, and again where it asks for patience. */

/** The server has no room now. */
export class BusyError extends Error {
  /** After which to ask again. */
  readonly seconds: number;

  constructor(message: string, seconds: number) {
    super(message);
    this.seconds = seconds;
  }
}

/** Runs the job for each item, `most` of them at once, and rejects with the first failure; no job is begun after it. */
export async function fewAtATime<Item>(
  items: readonly Item[],
  most: number,
  job: (item: Item) => Promise<void>,
): Promise<void> {
  const left = [...items];
  const worker = async () => {
    try {
      for (let item = left.shift(); item !== undefined; item = left.shift()) await job(item);
    } catch (error) {
      left.length = 0;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
}

/** Runs the job until it does not fail with a `BusyError`, or until the signal. */
export async function patiently(job: () => Promise<void>, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await job();
    } catch (error) {
      if (!(error instanceof BusyError)) throw error;
      await pause(error.seconds, signal);
      signal.throwIfAborted();
    }
  }
}

/** Ends early at the signal. */
function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
  });
}
