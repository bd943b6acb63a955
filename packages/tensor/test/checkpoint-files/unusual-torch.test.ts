/** @file What sound torch files may hold beside a model's weights: tensors with attributes, types that no model has, dates. */
import { expect, test } from "vitest";
import { readContents } from "../../src/checkpoint-files/read-contents.js";
import { MemorySource } from "./memory-source.js";
import {
  called,
  named,
  Operations,
  operationsOf,
  storage,
  tensor,
  type Written,
} from "./pickle-writer.js";
import { flaxArray, flaxMap, torchLegacy, torchZip } from "./torch-writer.js";

const two = Float32Array.of(1, 2);
const float = storage("Float", "0", 2);
const weight = tensor(float, 0, [2], [1]);
const contents = (bytes: Uint8Array) => readContents(new MemorySource(bytes));
const dict = (entries: Record<string, Written>) =>
  new Map<Written, Written>(Object.entries(entries));

/** A tensor as torch writes those with attributes, such as buffers. */
function withAttributes(rebuild: Written, argumentList: Written): Operations {
  const attributes = dict({ persistent: true, _is_buffer: true });
  const type = named("torch", "Tensor");
  return called("torch._tensor", "_rebuild_from_type_v2", rebuild, type, argumentList, attributes);
}

/** A tensor of a type that has no storages of its own. `bytes`: of its storage, called "1". */
function untyped(type: string, bytes: number, shape: number[]): Operations {
  const id = ["storage", named("torch.storage", "UntypedStorage"), "1", "cpu", bytes];
  const from = new Operations(operationsOf(id), 0x51);
  const hooks = called("collections", "OrderedDict");
  const rest = [0, shape, [1], false, hooks, named("torch", type)];
  return called("torch._utils", "_rebuild_tensor_v3", from, ...rest);
}

test("a tensor with attributes is the tensor", async () => {
  const rebuild = named("torch._utils", "_rebuild_tensor_v2");
  const buffer = withAttributes(rebuild, [float, 0, [2], [1], false, null]);
  const { tensors } = await contents(torchZip(dict({ buffer }), { 0: two }));
  expect(await tensors.get("buffer")!.read()).toEqual(two);
});

test.each([
  ["any other function", named("collections", "OrderedDict")],
  ["itself", named("torch._tensor", "_rebuild_from_type_v2")],
  ["a text", "torch._utils._rebuild_tensor_v2"],
])("a tensor with attributes is made by no call of %s", async (_, rebuild) => {
  const value = withAttributes(rebuild, [[]]);
  await expect(contents(torchZip(value))).rejects.toThrow(/with attributes that is malformed/);
});

test("dates are passed over", async () => {
  const bytes = called("_codecs", "encode", "\u0007\u00e4\u0001\u0002", "latin1");
  const zone = called("datetime", "timezone", called("datetime", "timedelta", 0, 0, 0));
  const saved = called("datetime", "datetime", bytes, zone);
  const { tensors } = await contents(torchZip(dict({ saved, weight }), { 0: two }));
  expect(await tensors.get("weight")!.read()).toEqual(two);
});

test.each([
  ["a torch zip", torchZip],
  ["a legacy torch file", torchLegacy],
])("a tensor of an unusual type in %s hurts only who reads it", async (_, write) => {
  const value = dict({
    weight,
    counts: untyped("uint16", 4, [2]),
    waves: tensor(storage("ComplexFloat", "2", 1), 0, [1], [1]),
  });
  const waves = Object.assign(new DataView(new ArrayBuffer(8)), { length: 1 });
  const { tensors } = await contents(write(value, { 0: two, 1: new Uint8Array(4), 2: waves }));
  expect(await tensors.get("weight")!.read()).toEqual(two);
  expect(tensors.get("counts")!.shape).toEqual([2]);
  await expect(tensors.get("counts")!.read()).rejects.toThrow(/holds u16, which no model here has/);
  await expect(tensors.get("waves")!.read()).rejects.toThrow(/holds c64, which no model here has/);
  await expect(tensors.get("waves")!.readFloat32()).rejects.toMatchObject({
    message: "a tensor holds c64, which no model here has",
    nextStep: "convert it to float32 and give the file again",
  });
});

test("so does one in flax's msgpack, where seeds are", async () => {
  const seed = flaxArray([2], "uint32", Uint32Array.of(0, 7));
  const kernel = flaxArray([2], "float32", two);
  const { tensors } = await contents(Uint8Array.from(flaxMap({ seed, kernel })));
  expect(await tensors.get("kernel")!.read()).toEqual(two);
  await expect(tensors.get("seed")!.read()).rejects.toThrow(/holds u32, which no model here has/);
});

test("an unusual tensor may not be larger than its storage, nor of any type at all", async () => {
  const storages = { 1: new Uint8Array(4) };
  await expect(contents(torchZip(untyped("uint16", 4, [3]), storages))).rejects.toThrow(
    /needs 3 elements of a storage that has 2/,
  );
  await expect(contents(torchZip(untyped("float32", 4, [1]), storages))).rejects.toThrow(
    /a tensor of an unknown type/,
  );
});
