/** @file What is said of results that agree with a reference, differ, or cannot be compared. */
import { join } from "node:path";
import { writeSafetensors } from "@dalle-ts/tensor";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.js";
import { checkText, compareAll } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkImport } from "../../src/import/kinds.js";

const folder = temporaryFolder();
const one = { dtype: "f32", shape: [1], data: Float32Array.of(1) } as const;

async function referenceOf(expected: Parameters<typeof writeSafetensors>[1]): Promise<Reference> {
  await writeSafetensors(join(folder, "inputs.safetensors"), [{ name: "in", ...one }]);
  await writeSafetensors(join(folder, "expected.safetensors"), expected);
  return Reference.read(folder);
}

test("each result that cannot be compared says why", async () => {
  const names = ["right", "wrong", "strange", "short", "missing"];
  const reference = await referenceOf(names.map((name) => ({ name, ...one })));
  const found = new Map([
    ["right", Float32Array.of(1)],
    ["wrong", Float32Array.of(2)],
    ["strange", Float32Array.of(Number.NaN)],
    ["short", new Float32Array()],
  ]);
  expect(checkText(compareAll(reference, found))).toEqual([
    "right 0.0e+0",
    "wrong 1.0e+0",
    "strange not a number",
    "short of another length",
    "missing missing",
    "1/5 within 2e-5",
  ]);
});

test("halves are compared as the numbers that they are", async () => {
  const reference = await referenceOf([
    { name: "half", dtype: "f16", shape: [2], data: Uint16Array.of(0x3c00, 0xc000) }, // 1 and −2
  ]);
  expect(compareAll(reference, new Map([["half", Float32Array.of(1, -2)]]))).toEqual([
    { name: "half", error: 0, exact: false, ok: true },
  ]);
});

test("a reference that expects nothing of this kind is refused, not passed", async () => {
  await referenceOf([{ name: "other", ...one }]);
  const kind = { takes: [], parts: async () => ({}), check: async () => ({ rows: [] }) };
  await expect(checkImport(kind, [], folder)).rejects.toThrow(
    "nothing is expected there that this kind computes; give a folder made for it.",
  );
});
