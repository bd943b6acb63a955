/** @file Every container gives the tensors and plain data that were put into it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointFile, writeSafetensors } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.js";
import {
  called,
  named,
  Operations,
  object,
  operationsOf,
  pickle,
  storage,
  tensor,
  type Written,
} from "./pickle-writer.js";
import { bytesOf, flaxArray, flaxMap, flaxText, torchLegacy, torchZip } from "./torch-writer.js";
import { zip } from "./zip-writer.js";

const folder = temporaryFolder();

async function opened(bytes: Uint8Array): Promise<CheckpointFile> {
  const path = join(folder, "checkpoint");
  await writeFile(path, bytes);
  return CheckpointFile.open(path);
}

const numbers = Float32Array.from({ length: 12 }, (_, index) => index);
const shared = storage("Float", "0", 12);
const views = new Map([
  ["whole", tensor(shared, 0, [3, 4], [4, 1])],
  ["transposed", tensor(shared, 0, [4, 3], [1, 4])],
  ["inner", tensor(shared, 5, [2, 2], [4, 1])],
  ["every third", tensor(shared, 1, [4], [3])],
  ["cube", tensor(shared, 0, [2, 2, 3], [6, 1, 2])],
  ["number", tensor(shared, 7, [], [])],
  ["nothing", tensor(shared, 12, [0, 4], [4, 1])],
]);
const viewed = {
  whole: [...numbers],
  transposed: [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11],
  inner: [5, 6, 9, 10],
  "every third": [1, 4, 7, 10],
  cube: [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11],
  number: [7],
  nothing: [],
};

describe.each([
  ["a torch zip", () => torchZip(views, { 0: numbers })],
  ["a legacy torch file", () => torchLegacy(views, { 0: numbers })],
])("%s", (_, make) => {
  test("views of one storage are read by their offsets and strides", async () => {
    await using file = await opened(make());
    const found = await Promise.all(
      Object.keys(viewed).map(async (name) => [name, [...(await file.readFloat32(name))]]),
    );
    expect(Object.fromEntries(found)).toEqual(viewed);
    expect([...(await file.tensors.get("transposed")!.at(1).readFloat32())]).toEqual([1, 5, 9]);
  });
});

test("every type of element is read as it is stored", async () => {
  const storages = {
    Half: Uint16Array.of(0x3c00, 0xc000),
    BFloat16: Uint16Array.of(0x3f80, 0xc000),
    Double: Float64Array.of(1, -2),
    Long: BigInt64Array.of(1n, -(2n ** 62n)),
    Int: Int32Array.of(1, -2),
    Short: Int16Array.of(1, -2),
    Char: Int8Array.of(1, -2),
    Byte: Uint8Array.of(1, 254),
    Bool: Uint8Array.of(1, 0),
  };
  const types = Object.keys(storages);
  const value = new Map(types.map((type) => [type, tensor(storage(type, type, 2), 0, [2], [1])]));
  await using file = await opened(torchZip(value, storages));
  for (const [type, data] of Object.entries(storages)) expect(await file.read(type)).toEqual(data);
  for (const type of ["Half", "BFloat16", "Double"])
    expect([...(await file.readFloat32(type))]).toEqual([1, -2]);
  await expect(file.readFloat32("Long")).rejects.toThrow(/holds i64, not floats \(tensor "Long"\)/);
});

test("what is no tensor comes as plain data", async () => {
  const hparams = new Map<string, never>(
    Object.entries({
      depth: 3,
      rate: 0.5,
      name: "größer",
      large: 2 ** 52,
      flags: [true, false, null],
      ordered: called("collections", "OrderedDict", [["a", 1]]),
      names: called("__builtin__", "set", ["x", "y"]),
      device: called("torch", "device", "cuda", 1),
      type: named("torch", "float16"),
    }) as [string, never][],
  );
  const value = new Map<string, never>([
    ["hparams", hparams as never],
    ["weights", new Map([["a.b", tensor(storage("Float", "0", 1), 0, [1], [1])]]) as never],
  ]);
  await using file = await opened(torchZip(value, { 0: Float32Array.of(1) }));
  expect([...file.tensors.keys()]).toEqual(["weights.a.b"]);
  expect(file.values).toEqual({
    hparams: {
      depth: 3,
      rate: 0.5,
      name: "größer",
      large: 2 ** 52,
      flags: [true, false, null],
      ordered: { a: 1 },
      names: ["x", "y"],
      device: "cuda:1",
      type: "torch.float16",
    },
    weights: {},
  });
});

const weight = tensor(storage("Float", "0", 2), 0, [2], [1]);

/** An object whose state may refer to it, by `remembered(key)`. */
function rememberedObject(key: number, module: string, name: string, state: Written): Operations {
  const made = [...named(module, name).bytes, 0x29, 0x81, 0x71, key];
  return new Operations(made, operationsOf(state), 0x62);
}
const remembered = (key: number) => new Operations([0x68, key]);

test("what Lightning leaves beside the weights: configs whose nodes know their parents, arrays, counts", async () => {
  const dict = (entries: Record<string, Written>) =>
    new Map<Written, Written>(Object.entries(entries));
  const metadata = object(
    "omegaconf.base",
    "ContainerMetadata",
    dict({ key_type: named("builtins", "int"), ref_type: named("typing", "Any") }),
  );
  const leaf = (parent: number, value: number) =>
    object("omegaconf.nodes", "AnyNode", dict({ _val: value, _parent: remembered(parent) }));
  const node = (key: number, parent: Written, content: Record<string, Written>) =>
    rememberedObject(
      key,
      ...(["omegaconf.dictconfig", "DictConfig"] as const),
      dict({ _metadata: metadata, _parent: parent, _content: dict(content) }),
    );
  const inner = node(2, remembered(1), { ch: leaf(2, 128) });
  const hparams = node(1, null, { lr: leaf(1, 0.5), ddconfig: inner });
  const array = new Operations(
    called("numpy.core.multiarray", "_reconstruct", named("numpy", "ndarray"), [0], "b").bytes,
    operationsOf([1, [2], null, false, "x"]),
    0x62,
  );
  const attributes = new Operations(
    named("lightning_fabric.utilities.data", "AttributeDict").bytes,
    [0x29, 0x81, 0x28, ...operationsOf("size"), ...operationsOf(4), 0x75],
  );
  const value = dict({
    hyper_parameters: hparams,
    attributes,
    array,
    milestones: called("collections", "Counter", dict({ step: 2 })),
    state_dict: dict({ w: weight }),
  });
  await using file = await opened(torchZip(value, { 0: Float32Array.of(1, 2) }));
  expect([...file.tensors.keys()]).toEqual(["state_dict.w"]);
  const _metadata = { key_type: "builtins.int", ref_type: "typing.Any" };
  expect(file.values).toMatchObject({
    hyper_parameters: {
      _content: { lr: { _val: 0.5 }, ddconfig: { _metadata, _content: { ch: { _val: 128 } } } },
    },
    attributes: { size: 4 },
    milestones: { step: 2 },
  });
});

test("plain data may lie under keys of any length", async () => {
  const key = "a caption of a picture ".repeat(100);
  await using file = await opened(torchZip(new Map([[key, new Map([[key, 5]])]])));
  expect(file.values).toEqual({ [key]: { [key]: 5 } });
});

test("a list that holds itself holds nothing there", async () => {
  const value = new Operations([0x5d, 0x71, 0, 0x68, 0, 0x61, 0x4b, 7, 0x61]);
  await using file = await opened(torchZip(value));
  expect(file.values).toEqual([null, 7]);
});

test("a pickled module is named as its state dict, its attributes are plain data", async () => {
  const inner = object(
    "dall_e.utils",
    "Conv2d",
    new Map([["_parameters", new Map([["w", weight]])]]),
  );
  const outer = object(
    "dall_e.encoder",
    "Encoder",
    new Map<string, never>([
      ["_modules", new Map([["input", inner]]) as never],
      ["n_hid", 16 as never],
    ]),
  );
  await using file = await opened(torchZip(outer, { 0: Float32Array.of(1, 2) }));
  expect([...file.tensors.keys()]).toEqual(["input.w"]);
  expect(file.values).toEqual({ n_hid: 16, input: {} });
  // Old files name the class of a module with its source text.
  const id = ["module", named("dall_e.utils", "Conv2d"), "utils.py", "class Conv2d"];
  const state = new Map([["_parameters", new Map([["w", weight]])]]);
  const old = new Operations(
    ...[[...pickle(id).slice(2, -1)], 0x51, 0x29, 0x81, [...pickle(state).slice(2, -1)], 0x62],
  );
  await using legacy = await opened(torchLegacy(old, { 0: Float32Array.of(1, 2) }));
  expect([...(await legacy.readFloat32("w"))]).toEqual([1, 2]);
});

test("a TorchScript archive gives its attributes and its constants", async () => {
  const root = object(
    "__torch__.clip.model.___torch_mangle_5",
    "CLIP",
    new Map([["scale", weight]]),
  );
  const bytes = torchZip(root, { 0: Float32Array.of(1, 2) }, [
    { name: "file/constants.pkl", bytes: pickle([weight]) },
    { name: "file/constants/0", bytes: bytesOf(Float32Array.of(3, 4)) },
    { name: "file/code/model.py", bytes: new Uint8Array(), claims: { method: 8 } },
  ]);
  await using file = await opened(bytes);
  expect([...file.tensors.keys()]).toEqual(["scale", "constants.0"]);
  expect([...(await file.readFloat32("constants.0"))]).toEqual([3, 4]);
});

test("flax's msgpack gives its arrays by path", async () => {
  const tree = flaxMap({
    model: flaxMap({
      kernel: flaxArray([2, 1], "float32", Float32Array.of(1, 2)),
      scale: flaxArray([2], "bfloat16", Uint16Array.of(0x3f80, 0x4000)),
    }),
    version: flaxText("1.0"),
    step: [0xcd, 1, 0],
  });
  await using file = await opened(Uint8Array.from(tree));
  expect([...file.tensors.keys()]).toEqual(["model.kernel", "model.scale"]);
  expect(file.values).toEqual({ model: {}, version: "1.0", step: 256 });
  expect([...(await file.readFloat32("model.kernel"))]).toEqual([1, 2]);
  expect([...(await file.readFloat32("model.scale"))]).toEqual([1, 2]);
});

test("flax's arrays in pieces are whole", async () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 6);
  const pieces = (shape: number[]) =>
    flaxMap({
      __msgpack_chunked_array__: [0xc3],
      shape: flaxMap({ 0: [shape[0]!], 1: [shape[1]!] }),
      chunks: flaxMap({
        0: flaxArray([4], "float32", data.subarray(0, 4)),
        1: flaxArray([2], "float32", data.subarray(4)),
      }),
    });
  await using file = await opened(Uint8Array.from(flaxMap({ kernel: pieces([3, 2]) })));
  expect(file.tensors.get("kernel")!.shape).toEqual([3, 2]);
  expect([...(await file.readFloat32("kernel"))]).toEqual([...data]);
  const transposed = await file.readFloat32("kernel", (whole) => whole.permute([1, 0]));
  expect([...transposed]).toEqual([1, 3, 5, 2, 4, 6]);
  await expect(opened(Uint8Array.from(flaxMap({ kernel: pieces([3, 3]) })))).rejects.toThrow(
    /an array of shape \[3,3\] in pieces of 6;/,
  );
});

test("archives over 4 GiB are read, whose numbers lie elsewhere", async () => {
  const pickled = pickle(new Map([["a", 5]]));
  await using file = await opened(zip([{ name: "x/data.pkl", bytes: pickled }], true));
  expect(file.values).toEqual({ a: 5 });
});

test("safetensors of types that only other programs write", async () => {
  const header = {
    wide: { dtype: "F64", shape: [1], data_offsets: [0, 8] },
    short: { dtype: "I16", shape: [1], data_offsets: [8, 10] },
    byte: { dtype: "I8", shape: [2], data_offsets: [10, 12] },
  };
  const json = new TextEncoder().encode(JSON.stringify(header));
  const data = [Float64Array.of(0.5), Int16Array.of(-300), Int8Array.of(-1, 7)].map(bytesOf);
  const length = bytesOf(BigInt64Array.of(BigInt(json.length)));
  await using file = await opened(new Uint8Array(Buffer.concat([length, json, ...data])));
  expect([...(await file.readFloat32("wide"))]).toEqual([0.5]);
  expect(await file.read("short")).toEqual(Int16Array.of(-300));
  expect(await file.read("byte")).toEqual(Int8Array.of(-1, 7));
});

test("safetensors opens like the others", async () => {
  const path = join(folder, "model.safetensors");
  const data = Float32Array.of(1, 2);
  const metadata = { format: "pt" };
  await writeSafetensors(path, [{ name: "a", dtype: "f32", shape: [2], data }], { metadata });
  await using file = await CheckpointFile.open(path);
  expect(file.values).toEqual({ format: "pt" });
  expect(await file.read("a")).toEqual(data);
});

test("pickles of Python 2 and of protocol 4 are read too", async () => {
  const short = (value: string) => [...new TextEncoder().encode(value)];
  // {"a": [1, 2]} with SHORT_BINSTRING, and with FRAME, SHORT_BINUNICODE, MEMOIZE and a name from the stack.
  const old = new Operations([0x7d, 0x28, 0x55, 1, 0x61, 0x5d, 0x28, 0x4b, 1, 0x4b, 2, 0x65, 0x75]);
  const fresh = new Operations(
    [0x95, 9, 0, 0, 0, 0, 0, 0, 0, 0x8c, 11, ...short("collections"), 0x94],
    [0x8c, 11, ...short("OrderedDict"), 0x93, 0x29, 0x52, 0x8c, 1, 0x61, 0x5d, 0x94],
    [0x28, 0x4b, 1, 0x4b, 2, 0x65, 0x73],
  );
  for (const value of [old, fresh]) {
    await using file = await opened(zip([{ name: "x/data.pkl", bytes: pickle(value) }]));
    expect(file.values).toEqual({ a: [1, 2] });
  }
});
