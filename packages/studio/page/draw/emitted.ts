/** @file What a job tells through callbacks, as an async iterable. */

/** Ends when the job does, and throws what it throws. */
export async function* emitted<Event>(
  job: (emit: (event: Event) => void) => Promise<void>,
): AsyncGenerator<Event, void, undefined> {
  const events: Event[] = [];
  let wake = () => {};
  let isDone = false;
  const done = job((event) => {
    events.push(event);
    wake();
  }).finally(() => {
    isDone = true;
    wake();
  });
  done.catch(() => undefined); // thrown below
  for (;;) {
    yield* events.splice(0);
    if (events.length > 0) continue; // they came while those were looked at
    if (isDone) return done;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
}
