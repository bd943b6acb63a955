/** @file Server-sent events of one response, as their JSON. */

const BROKEN_OFF = "The server broke off; check that `dalle serve` still runs, and draw again.";

/** Throws what an `error` event says, and where the response ends before its last event. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the server sends
export async function* serverEvents(response: Response): AsyncGenerator<any, void, undefined> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(refuseBreak);
      if (done) throw new Error(BROKEN_OFF);
      text += value;
      const blocks = text.split("\n\n");
      text = blocks.pop()!;
      for (const block of blocks) {
        const data = block
          .split("\n")
          .find((line) => line.startsWith("data: "))
          ?.slice(6);
        if (data === undefined) continue; // a heartbeat
        if (data === "[DONE]") return;
        const parsed = JSON.parse(data);
        if (parsed.error) throw new Error(parsed.error.message);
        yield parsed;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The browser's own words for a lost connection differ; who cancelled knows why it ended. */
function refuseBreak(error: Error): never {
  throw error.name === "AbortError" ? error : new Error(BROKEN_OFF);
}
