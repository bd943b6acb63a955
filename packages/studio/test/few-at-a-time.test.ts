/** @file Jobs of which only a few run at once. */
import { expect, test } from "vitest";
import { FewAtATime } from "../src/pictures/few-at-a-time.js";

test("so many at once, the others in their order, and a failed one frees its place", async () => {
  const turns = new FewAtATime(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const job = (number: number) => async () => {
    started.push(number);
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    if (number === 1) throw new Error("one");
    return number;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((number) => turns.run(job(number))));
  expect(results.map(({ status }) => status === "fulfilled")).toEqual([
    true,
    false,
    true,
    true,
    true,
  ]);
  expect([most, started]).toEqual([2, [0, 1, 2, 3, 4]]);
  expect(await turns.run(job(5))).toBe(5);
});
