/** @file The queue: which pictures are drawn together, how many may wait, and what becomes of requests that end early. */
import { DalleError } from "@dalle-ts/tensor";
import { describe, expect, test, vi } from "vitest";
import type { Batch, BatchListener, Engine } from "../src/engine/engine.js";
import type { EngineOrder } from "../src/engine/messages.js";
import { DrawingQueue, type Job } from "../src/queue/drawing-queue.js";

/** An engine whose batches end when the test says so. */
function fakeEngine() {
  const batches: {
    captions: string[];
    givenUp: number[];
    listener: BatchListener;
    end(error?: Error): void;
  }[] = [];
  const draw = (orders: readonly EngineOrder[], listener: BatchListener): Batch => {
    let end!: (error?: Error) => void;
    const done = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    const givenUp: number[] = [];
    batches.push({ captions: orders.map(({ caption }) => caption), givenUp, listener, end });
    return { done, giveUp: (index) => givenUp.push(index) };
  };
  return { batches, engine: { draw } as unknown as Engine };
}

const orders = (caption: string, count: number): EngineOrder[] =>
  Array.from({ length: count }, (_, index) => ({ caption: `${caption}${index}`, seed: index }));

const job = (caption: string, count: number, rest: Partial<Job> = {}): Job => ({
  orders: orders(caption, count),
  onEvent: () => undefined,
  ...rest,
});

/** Longer than requests are gathered. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 60));

describe("a queue of batches of 4", () => {
  function open(limit = 10) {
    const { batches, engine } = fakeEngine();
    return { batches, queue: new DrawingQueue(engine, { limit, batch: 4 }) };
  }

  test("requests that wait are drawn together, in turn, and a new one joins the next batch", async () => {
    const { batches, queue } = open();
    const large = queue.draw(job("a", 6));
    const small = queue.draw(job("b", 1));
    await turn();
    expect(batches[0]!.captions).toEqual(["a0", "b0", "a1", "a2"]);
    const late = queue.draw(job("c", 2));
    batches[0]!.end();
    await small;
    await turn();
    expect(batches[1]!.captions).toEqual(["a3", "c0", "a4", "c1"]);
    batches[1]!.end();
    await late;
    await turn();
    expect(batches[2]!.captions).toEqual(["a5"]);
    batches[2]!.end();
    await large;
    expect([queue.waiting, queue.running]).toEqual([0, 0]);
  });

  test("pictures with candidates weigh more, and one is always drawn", async () => {
    const { batches, queue } = open();
    const image = { width: 1, height: 1, pixels: new Uint8Array(3) };
    const heavy = orders("h", 1).map((order) => ({
      ...order,
      candidates: 8,
      from: { image, share: 0.5 },
    }));
    void queue.draw({ orders: heavy, onEvent: () => undefined });
    void queue.draw(job("a", 1));
    await turn();
    expect(batches[0]!.captions).toEqual(["h0"]);
  });

  test("events reach their own request, by its own index", async () => {
    const { batches, queue } = open();
    const seen = { a: [] as number[], b: [] as number[] };
    void queue.draw(job("a", 2, { onEvent: ({ index }) => seen.a.push(index) }));
    void queue.draw(job("b", 1, { onEvent: ({ index }) => seen.b.push(index) }));
    await turn();
    for (const index of [0, 1, 2]) {
      batches[0]!.listener.onEvent({ type: "image", index } as never);
    }
    expect(seen).toEqual({ a: [0, 1], b: [0] });
  });

  test("more than may wait is refused, with a time to come back", async () => {
    const { batches, queue } = open(3);
    void queue.draw(job("a", 4));
    await turn();
    void queue.draw(job("b", 3));
    expect(() => queue.draw(job("c", 1))).toThrow(
      expect.objectContaining({ name: "QueueFullError", retryAfterSeconds: 7 }),
    );
    batches[0]!.end();
    await turn();
    void queue.draw(job("c", 1));
  });

  test("a cancelled request gives up its pictures and leaves the others alone", async () => {
    const { batches, queue } = open();
    const controller = new AbortController();
    const cancelled = queue.draw(job("a", 9, { signal: controller.signal }));
    const other = queue.draw(job("b", 1));
    await turn();
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: "aborted" });
    expect(batches[0]!.givenUp).toEqual([0, 2, 3]);
    expect([queue.waiting, queue.running]).toEqual([0, 1]);
    batches[0]!.end();
    await other;
    const before = queue.draw(job("c", 1, { signal: AbortSignal.abort() }));
    await expect(before).rejects.toMatchObject({ code: "aborted" });
  });

  test("what a picture takes is not learnt from a batch that was given up", async () => {
    const { batches, queue } = open();
    const controller = new AbortController();
    const cancelled = queue.draw(job("a", 1, { signal: controller.signal }));
    await turn();
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ code: "aborted" });
    batches[0]!.end();
    await turn();
    void queue.draw(job("b", 4));
    expect(queue.secondsToDrain).toBe(4); // a second each, as before the first picture
  });

  test("a batch that fails fails its requests, and the next one is drawn", async () => {
    const { batches, queue } = open();
    const failing = queue.draw(job("a", 1));
    await turn();
    const next = queue.draw(job("b", 1));
    batches[0]!.end(new Error("broken"));
    await expect(failing).rejects.toThrow("broken");
    await turn();
    batches[1]!.end();
    await next;
  });

  test("a request that cannot be drawn fails alone, and no picture is drawn twice", async () => {
    const { batches, queue } = open();
    const drawn = vi.fn();
    const good = queue.draw(job("a", 2, { onEvent: drawn }));
    const bad = queue.draw(job("b", 1));
    const last = queue.draw(job("c", 1));
    const failure = new DalleError("bad_model", "Code 3 is NaN; load another model.");
    await turn();
    expect(batches[0]!.captions).toEqual(["a0", "b0", "c0", "a1"]);
    batches[0]!.listener.onEvent({ type: "image", index: 0 } as never);
    batches[0]!.end(failure);
    await turn();
    expect(batches[1]!.captions).toEqual(["b0"]);
    batches[1]!.end(failure);
    await turn();
    expect(batches[2]!.captions).toEqual(["c0"]);
    batches[2]!.end();
    await turn();
    expect(batches[3]!.captions).toEqual(["a1"]);
    batches[3]!.listener.onEvent({ type: "image", index: 0 } as never);
    batches[3]!.end();
    await expect(bad).rejects.toBe(failure);
    await Promise.all([good, last]);
    expect(drawn.mock.calls.map(([{ index }]) => index)).toEqual([0, 1]);
    expect([queue.waiting, queue.running]).toEqual([0, 0]);
  });

  test("of a batch that runs out of memory each request is drawn apart", async () => {
    const { batches, queue } = open();
    const both = [queue.draw(job("a", 1)), queue.draw(job("b", 1))];
    await turn();
    batches[0]!.end(new DalleError("no_memory", "It failed for want of memory; draw fewer."));
    await turn();
    for (const apart of [1, 2]) {
      batches[apart]!.listener.onEvent({ type: "image", index: 0 } as never);
      batches[apart]!.end();
      await turn();
    }
    await Promise.all(both);
    expect(batches.map(({ captions }) => captions)).toEqual([["a0", "b0"], ["a0"], ["b0"]]);
  });

  test("a process that ends fails all of its batch, which is not drawn again", async () => {
    const { batches, queue } = open();
    const both = [queue.draw(job("a", 1)), queue.draw(job("b", 1))];
    await turn();
    batches[0]!.end(new DalleError("native", "The model's process ended; send it again."));
    for (const each of both) await expect(each).rejects.toMatchObject({ code: "native" });
    await turn();
    expect(batches).toHaveLength(1);
  });

  test("requests are told how many pictures come before them", async () => {
    const { batches, queue } = open();
    const onPosition = vi.fn();
    void queue.draw(job("a", 6));
    await turn();
    void queue.draw(job("b", 1, { onPosition }));
    expect(onPosition).toHaveBeenLastCalledWith(6);
    batches[0]!.end();
    await turn();
    expect(batches[1]!.captions).toEqual(["a4", "b0", "a5"]);
  });
});
