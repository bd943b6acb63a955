/** @file Events that wait for a slow reader: in order, few of each picture, and none once the reader has gone. */
import { expect, test } from "vitest";
import { EventBuffer } from "../src/drawing/event-buffer.js";

const buffer = () =>
  new EventBuffer<string>({
    most: 2,
    nameOf: (event) => (event.startsWith("partial") ? event[7] : undefined),
  });

test("of one name the newest takes the place of the last, and the others all wait in order", async () => {
  const events = buffer();
  for (const event of ["queued", "partialA1", "partialB1", "partialA2", "partialA3", "partialA4"]) {
    events.push(event);
  }
  events.push("whole A");
  events.end();
  expect(await all(events)).toEqual([
    ...["queued", "partialA1", "partialB1", "partialA4", "whole A"],
  ]);
});

test("what comes after the loop was left is not held", async () => {
  const events = buffer();
  events.push("first");
  for await (const event of events) {
    expect(event).toBe("first");
    break;
  }
  events.push("second");
  events.end();
  expect(await all(events)).toEqual([]);
});

async function all<Event>(events: AsyncIterable<Event>): Promise<Event[]> {
  const found: Event[] = [];
  for await (const event of events) found.push(event);
  return found;
}
