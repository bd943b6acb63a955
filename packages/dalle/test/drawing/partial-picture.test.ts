import { expect, test } from "vitest";
import { fillUnknown } from "../../src/drawing/partial-picture.js";

const fill = (codes: number[], known: number[]) =>
  [...fillUnknown(codes, (index) => known.includes(index), 3)].join(" ");

test("an unknown code repeats the one above, the one before, or the first known", () => {
  expect(fill([4, 5, 6, 7, 0, 0, 0, 0, 0], [0, 1, 2, 3])).toBe("4 5 6 7 5 6 7 5 6");
  expect(fill([4, 0, 0, 0, 0, 0, 0, 0, 0], [0])).toBe("4 4 4 4 4 4 4 4 4");
  expect(fill([0, 0, 0, 0, 0, 0, 1, 2, 3], [6, 7, 8])).toBe("1 1 1 1 1 1 1 2 3");
  expect(fill([0, 0, 0, 0, 9, 0, 0, 0, 0], [4])).toBe("9 9 9 9 9 9 9 9 9");
});
