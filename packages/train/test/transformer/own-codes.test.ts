import { type CodeShards, Random } from "@dalle-ts/data";
import { expect, test } from "vitest";
import type { TrainedDvae } from "../../src/run/run-folder.js";
import { pairsOfCodes } from "../../src/transformer/own-codes.js";

test("each of a picture's captions is trained on", () => {
  const codes = {
    path: "codes",
    count: 1,
    settings: { dvae: { sha256: "ab12" } },
    caption: () => "a red card\na card on a table",
    codes: () => new Uint16Array(4),
  } as unknown as CodeShards;
  const pairs = pairsOfCodes(codes, "runs/dvae", { hash: "ab12" } as TrainedDvae);
  const random = new Random(1, 2);
  const drawn = new Set(Array.from({ length: 20 }, () => pairs.caption(0, random)));
  expect([...drawn].sort()).toEqual(["a card on a table", "a red card"]);
});
