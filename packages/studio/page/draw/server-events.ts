/** @file Server-sent events of one response, as their JSON. */

/** Throws what an `error` event says. */
// biome-ignore lint/suspicious/noExplicitAny: whatever the server sends
export async function* serverEvents(response: Response): AsyncGenerator<any, void, undefined> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
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
