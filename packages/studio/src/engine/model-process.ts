/**
 * @file The process that owns the model: one batch after the other. Arguments: the path of the model folder and, where it
 * must be a certain model, its hash.
 */
import { DalleError } from "@dalle-ts/tensor";
import { Dalle } from "dalle-ts";
import { cosineOf } from "dalle-ts/parts";
import type { EngineError, EngineOrder, FromEngine, Question, ToEngine } from "./messages.js";

/** Messages of progress cost the server a little each. */
const CODES_BETWEEN_REPORTS = 16;

/** Of the batch under way, by place. */
let controllers: AbortController[] = [];
let current = -1;
/** Questions are answered beside the batch, one after the other. */
let answered = Promise.resolve();

// A terminal tells this process too of an interrupt and of its own end; the server says when to end.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
process.on("disconnect", () => process.exit());

try {
  const [, , folder, hash] = process.argv;
  const dalle = await Dalle.load(folder);
  if (hash !== undefined && dalle.hash !== hash) {
    throw new DalleError(
      "bad_model",
      `The model in ${folder} is another one than the server began with; put that one back, or restart the server.`,
    );
  }
  process.on("message", (message: ToEngine) => {
    if (message.type === "draw") void draw(dalle, message.batch, message.orders);
    else if (message.type === "give-up" && message.batch === current) {
      controllers[message.index]?.abort();
    } else if (message.type === "ask") {
      answered = answered.then(() => answer(dalle, message.number, message.question));
    } else if (message.type === "close") void dalle.dispose().then(() => process.disconnect());
  });
  tell({ type: "ready" });
} catch (error) {
  tell({ type: "failed", error: errorOf(error) });
}

function tell(message: FromEngine): void {
  process.send!(message);
}

async function draw(dalle: Dalle, batch: number, orders: readonly EngineOrder[]): Promise<void> {
  current = batch;
  controllers = orders.map(() => new AbortController());
  const given = orders.map((order, index) => ({ ...order, signal: controllers[index]!.signal }));
  const embedded = new Map<string, Float32Array>();
  const embed = async (caption: string) => {
    if (!embedded.has(caption)) embedded.set(caption, await dalle.embedCaption(caption));
    return embedded.get(caption)!;
  };
  let reported = 0;
  const onProgress = (done: number, total: number) => {
    if (done - reported < CODES_BETWEEN_REPORTS * orders.length && done < total) return;
    reported = done;
    tell({ type: "progress", done, total });
  };
  try {
    for await (const event of dalle.streamTogether(given, { onProgress })) {
      const order = orders[event.index]!;
      if (event.type === "partial" || !order.scored) {
        tell({ type: "event", event });
        continue;
      }
      const score = cosineOf(await dalle.embed(event.image), await embed(order.caption));
      tell({ type: "event", event: { ...event, image: { ...event.image, score } } });
    }
    tell({ type: "drawn" });
  } catch (error) {
    tell({ type: "failed", error: errorOf(error) });
  }
}

async function answer(dalle: Dalle, number: number, question: Question): Promise<void> {
  try {
    const answer =
      question.ask === "explain"
        ? await dalle.explain(question.image, question.caption)
        : await dalle.continueCaption(question.prefix, { count: question.count });
    tell({ type: "answered", number, answer });
  } catch (error) {
    tell({ type: "not-answered", number, error: errorOf(error) });
  }
}

function errorOf(error: unknown): EngineError {
  const { message } = error as Error;
  return error instanceof DalleError ? { code: error.code, message } : { message };
}
