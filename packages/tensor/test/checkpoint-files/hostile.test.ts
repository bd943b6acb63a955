/** @file Files that lie, are cut short, or were made to do harm end in one sentence that says what is wrong. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointFile, DalleError } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../../../../test/temporary-folder.js";
import { readContents } from "../../src/checkpoint-files/read-contents.js";
import { FileFault } from "../../src/files/file-fault.js";
import { MemorySource } from "./memory-source.js";
import {
  called,
  named,
  Operations,
  object,
  operationsOf,
  pickle,
  storage,
  tensor,
} from "./pickle-writer.js";
import { bytesOf, flaxArray, flaxMap, nested, torchLegacy, torchZip } from "./torch-writer.js";
import { zip } from "./zip-writer.js";

const folder = temporaryFolder();

const two = Float32Array.of(1, 2);
const weight = tensor(storage("Float", "0", 2), 0, [2], [1]);
const float = (length: number) => storage("Float", "0", length);
const member = (name: string, value = weight) => ({ name, bytes: pickle(value) });
const data = { name: "m/data/0", bytes: new Uint8Array(two.buffer) };
const repeated = (count: number, ...bytes: number[]) =>
  new Operations(Array.from({ length: count }, () => bytes).flat());

/** l = [l, l, …] twenty-five times over: 2 to the power of 25 values in 100 operations. */
const laughs = new Operations(
  [0x5d, 0x71, 0],
  ...Array.from({ length: 25 }, () => [0x5d, 0x68, 0, 0x61, 0x68, 0, 0x61, 0x71, 0]),
);
/** A dict made anew ten thousand times from one list of a thousand pairs. */
const copies = new Operations(
  [...named("collections", "OrderedDict").bytes, 0x71, 1, 0x30],
  [0x28, ...repeated(1000, 0x4b, 1, 0x4b, 2, 0x86).bytes, 0x74, 0x85, 0x71, 0],
  repeated(10_000, 0x68, 1, 0x68, 0, 0x52, 0x30).bytes,
);

/** A million arguments, for one function ten thousand times over. */
const calls = new Operations(
  [...named("typing", "Any").bytes, 0x71, 1, 0x30],
  [0x28, ...repeated(1_000_000, 0x4e).bytes, 0x74, 0x71, 0, 0x30],
  repeated(10_000, 0x68, 1, 0x68, 0, 0x52, 0x30).bytes,
  [0x4e],
);

const long = "k".repeat(10_000);
/** A key of MessagePack, with nothing under it. */
const longEntry = [0xda, long.length >> 8, long.length & 255, ...Buffer.from(long), 0xc0];

/** A safetensors file that describes one tensor. */
function safetensors(name: string, dtype: string, content: ArrayBufferView): Uint8Array {
  const entry = { dtype, shape: [1], data_offsets: [0, content.byteLength] };
  const header = new TextEncoder().encode(JSON.stringify({ [name]: entry }));
  const length = bytesOf(BigInt64Array.of(BigInt(header.length)));
  return new Uint8Array(Buffer.concat([length, header, bytesOf(content)]));
}

const cases: readonly [string, Uint8Array, RegExp][] = [
  ["a PNG picture", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /neither a torch file/],
  ["nothing", new Uint8Array(), /neither a torch file/],
  ["text", new TextEncoder().encode("<html>not found</html>"), /neither a torch file/],
  ["two pickles", zip([member("a/data.pkl"), member("b/data.pkl")]), /has 2 members/],
  ["a member twice", zip([member("a/data.pkl"), member("a/data.pkl")]), /"a\/data.pkl" twice/],
  ["a zip slip", zip([member("../data.pkl")]), /zip archive is broken.*\.\./],
  ["an absolute path", zip([member("/etc/data.pkl")]), /zip archive is broken/],
  ["a backslash", zip([member("..\\data.pkl")]), /zip archive is broken/],
  [
    "a member longer than the file",
    zip([member("m/data.pkl"), { ...data, claims: { length: 1000 } }]),
    /zip archive is broken \(file data overflows/,
  ],
  [
    "overlapping members",
    zip([member("m/data.pkl"), data, { ...data, name: "m/data/1", claims: { position: 0 } }]),
    /overlaps/,
  ],
  ["a missing storage", torchZip(weight), /storage "0" is missing/],
  [
    "a storage that is shorter than it claims",
    torchZip(tensor(float(3), 0, [3], [1]), { 0: two }),
    /storage "0" has 8 bytes and claims 3 f32/,
  ],
  ["a tensor past its storage", torchZip(tensor(float(2), 1, [2], [1]), { 0: two }), /needs 3 el/],
  ["a stride past it", torchZip(tensor(float(2), 0, [2], [2]), { 0: two }), /needs 3 elements/],
  ["a negative stride", torchZip(tensor(float(2), 1, [2], [-1]), { 0: two }), /strides \[-1\]/],
  ["a negative offset", torchZip(tensor(float(2), -1, [2], [1]), { 0: two }), /shape \[2\]/],
  ["half an axis", torchZip(tensor(float(2), 0, [1.5], [1]), { 0: two }), /shape \[1.5\]/],
  ["a huge shape", torchZip(tensor(float(2), 0, [2 ** 52, 2 ** 52], [1, 1])), /is missing/],
  ["a storage of −1 elements", torchZip(tensor(float(-1), 0, [0], [1]), { 0: two }), /claims -1/],
  ["a fraction of elements", torchZip(tensor(float(0.5), 0, [0], [1]), { 0: two }), /claims 0.5/],
  ["too many axes", torchZip(tensor(float(2), 0, Array(17).fill(1), [1])), /storage|shape/],
  [
    "a tensor without a storage",
    torchZip(called("torch._utils", "_rebuild_tensor_v2", 1, 2, [1], [1])),
    /without a storage/,
  ],
  [
    "big-endian numbers",
    torchZip(weight, { 0: two }, [
      { name: "file/byteorder", bytes: new TextEncoder().encode("big") },
    ]),
    /big-endian/,
  ],
  ["a shell command", torchZip(called("posix", "system", "true")), /asks for "posix.system"/],
  ["eval", torchZip(called("builtins", "eval", "1")), /asks for "builtins.eval"/],
  ["a name of ours", torchZip(called("constructor", "prototype")), /constructor.prototype/],
  [
    "a pickle in a pickle",
    torchZip(called("torch.storage", "_load_from_bytes", "x")),
    /_load_from/,
  ],
  ["a call of a type", torchZip(called("torch", "FloatStorage", 1)), /which is no function/],
  [
    "a call of a text",
    torchZip(new Operations([...pickle("x").slice(2, -1), 0x29, 0x52])),
    /calls/,
  ],
  ["INST", torchZip(new Operations([0x28, 0x69])), /operation 0x69/],
  ["doubling lists", torchZip(laughs), /holds over 2000000 values/],
  ["deep lists", torchZip(nested(100_000)), /nests over 100 levels/],
  ["a dict copied for ever", torchZip(copies), /over 1000000 lists/],
  ["a million arguments", torchZip(calls), /calls a function with 1000000 arguments/],
  ["too many lists", torchZip(repeated(1_000_001, 0x5d, 0x30)), /over 1000000 lists/],
  ["too many operations", torchZip(repeated(2_000_001, 0x4e, 0x30)), /over 4000000 operations/],
  ["an integer of 2 GB", torchZip(new Operations([0x8b, 0, 0, 0, 0x7f])), /integer of 2130706432/],
  ["a text of 2 GB", torchZip(new Operations([0x58, 0, 0, 0, 0x7f, 0x61])), /ends too early/],
  ["a text of 2^60 bytes", torchZip(new Operations([0x8d, 0, 0, 0, 0, 0, 0, 0, 16])), /too early/],
  ["broken UTF-8", torchZip(new Operations([0x58, 1, 0, 0, 0, 0xff])), /not UTF-8/],
  ["a name without an end", torchZip(repeated(1000, 0x63)), /name without an end/],
  [
    "a long name from the stack",
    torchZip(new Operations(operationsOf("lightning"), operationsOf("a.".repeat(200)), 0x93)),
    /names a class in over 256 characters/,
  ],
  [
    "a long key above tensors",
    torchZip(new Map([[long, [weight]]]), { 0: two }),
    /has a name of over 1024 characters/,
  ],
  [
    "a long key of a storage",
    torchZip(tensor(storage("Float", long, 2), 0, [2], [1])),
    /k…k+" is m/,
  ],
  ["a long key of flax twice", Uint8Array.of(0x82, ...longEntry, ...longEntry), /k…k+" twice/],
  ["a long name of safetensors", safetensors(long, "F4", two), /k…k+" has the dtype "F4"/],
  ["an empty stack", torchZip(new Operations([0x61])), /takes a value where there is none/],
  ["a value below a mark", torchZip(new Operations([0x4e, 0x28, 0x30])), /takes a value/],
  ["a list never begun", torchZip(new Operations([0x74])), /never began/],
  ["an unknown memo", torchZip(new Operations([0x68, 9])), /unknown value 9/],
  ["a key without a value", torchZip(new Operations([0x7d, 0x28, 0x4e, 0x75])), /without a value/],
  ["items in a number", torchZip(new Operations([0x4b, 1, 0x28, 0x75])), /what is no dict/],
  ["entries in a number", torchZip(new Operations([0x4b, 1, 0x4e, 0x61])), /what is no list/],
  ["a state for a number", torchZip(new Operations([0x4b, 1, 0x4e, 0x62])), /state to plain data/],
  ["pairs that are none", torchZip(called("collections", "OrderedDict", ["x"])), /no pairs/],
  ["a foreign reference", torchZip(new Operations([0x4e, 0x51])), /no storage/],
  [
    "two tensors of one name",
    torchZip(
      new Map<string, never>([
        ["a.b", weight as never],
        ["a", new Map([["b", weight]]) as never],
      ]),
      { 0: two },
    ),
    /two of its tensors are called "a.b"/,
  ],
  [
    "a legacy storage that lies",
    torchLegacy(weight, { 0: Float32Array.of(1, 2, 3) }),
    /has 3 elem/,
  ],
  ["a legacy storage nobody has", torchLegacy(weight, { 0: two, 1: two }), /does not fit/],
  ["a legacy storage that is not there", torchLegacy(weight, {}), /does not fit/],
  [
    "a legacy storage inside another",
    torchLegacy(tensor(storage("Float", "0", 2, ["1", 0, 2]), 0, [2], [1]), { 0: two }),
    /view of another one/,
  ],
  [
    "flax bytes that lie",
    Uint8Array.from(flaxMap({ a: flaxArray([3], "float32", two) })),
    /in 8 b/,
  ],
  ["a flax type", Uint8Array.from(flaxMap({ a: flaxArray([2], "float31", two) })), /float31/],
  ["a flax map of 4 billion", Uint8Array.of(0xdf, 255, 255, 255, 255, 0xa1, 0x61, 1), /are needed/],
  [
    "deep msgpack",
    new Uint8Array(100_000).fill(0x91).fill(0x81, 0, 1).fill(0xa0, 1, 2),
    /64 levels/,
  ],
  ["bytes after the end", Uint8Array.of(0x81, 0xa1, 0x61, 1, 0xc0), /1 bytes after its end/],
  ["a msgpack extension", Uint8Array.of(0x81, 0xa1, 0x61, 0xd4, 5, 0), /extension of type 5/],
];

describe("a file with", () => {
  test.each(cases)("%s is refused", async (name, bytes, message) => {
    const path = join(folder, name.replaceAll(" ", "-"));
    await writeFile(path, bytes);
    const started = performance.now();
    const refusal = await CheckpointFile.open(path).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(DalleError);
    expect(refusal).toMatchObject({ code: "bad_file" });
    const sentence = (refusal as DalleError).message;
    expect(sentence).toMatch(message);
    expect(sentence).toMatch(/^[^\n]{1,400}; get the file again[^\n.]*\.$/);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

/** A tar archive's first block. */
const tar = new Uint8Array(512);
tar.set(new TextEncoder().encode("1.3B/config.yaml"));
tar.set(new TextEncoder().encode("ustar"), 257);

test.each([
  [
    "1.3B.tar.gz",
    Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3),
    /an archive of gzip; unpack it and give the files in it\.$/,
  ],
  ["1.3B.tar", tar, /an archive of tar; unpack it and give the files in it\.$/],
  [
    "a pointer",
    new TextEncoder().encode("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    /git's pointer to a file that was not fetched; run `git lfs pull` in its repository /,
  ],
  [
    "1.3B.zip",
    zip([{ name: "1.3B/tokenizer.ckpt", bytes: data.bytes }]),
    /an archive of zip that torch did not write; unpack it and give the files in it\.$/,
  ],
  [
    "a compressed pickle",
    zip([{ ...member("m/data.pkl"), claims: { method: 8, length: 9 } }]),
    /an archive of zip that torch did not write; unpack it/,
  ],
])("%s in a checkpoint's place has a next step of its own", async (name, bytes, message) => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  await expect(CheckpointFile.open(path)).rejects.toThrow(message);
});

test("a tensor that repeats its elements without end is refused when it is read", async () => {
  const path = join(folder, "repeating");
  await writeFile(path, torchZip(tensor(float(2), 0, [2 ** 40], [0]), { 0: two }));
  await using file = await CheckpointFile.open(path);
  await expect(file.read("")).rejects.toThrow(/repeats the 2 elements/);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY])(
  "a weight of %s is refused by name",
  async (value) => {
    const path = join(folder, "nan");
    const root = new Map([["layer.weight", weight]]);
    await writeFile(path, torchZip(root, { 0: Float32Array.of(1, value) }));
    await using file = await CheckpointFile.open(path);
    await expect(file.readFloat32("layer.weight")).rejects.toThrow(
      `a weight is ${value} at index 1 (tensor "layer.weight"); get the file again`,
    );
  },
);

test("the name of a refused weight is cut where it is long", async () => {
  const path = join(folder, "long");
  await writeFile(path, safetensors(long, "I64", BigInt64Array.of(1n)));
  await using file = await CheckpointFile.open(path);
  await expect(file.readFloat32(long)).rejects.toThrow(
    /: a weight holds i64, not floats \(tensor "k{1,200}…k{1,100}"\); get the file again/,
  );
});

test("a missing tensor, file or folder is named", async () => {
  const path = join(folder, "small");
  await writeFile(path, torchZip(weight, { 0: two }));
  await using file = await CheckpointFile.open(path);
  await expect(file.read("b")).rejects.toThrow('small has no tensor "b"');
  await expect(CheckpointFile.open(join(folder, "absent"))).rejects.toThrow(
    `${join(folder, "absent")} does not exist; check the path.`,
  );
  await expect(CheckpointFile.open(folder)).rejects.toThrow(/is not a file/);
});

test("plain data has no prototype of the file's choice", async () => {
  const state = object(
    "torch.nn.modules.linear",
    "Linear",
    new Map([["__proto__", new Map([["a", 1]])]]),
  );
  const { values } = await readContents(new MemorySource(torchZip(state)));
  expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  expect(Object.keys(values as object)).toEqual(["__proto__"]);
});

test.each([
  ["torch zip", torchZip(weight, { 0: two })],
  ["legacy torch", torchLegacy(weight, { 0: two })],
  ["flax", Uint8Array.from(flaxMap({ a: flaxArray([2], "float32", two) }))],
])("every cut of a %s file is refused", async (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) {
    const cut = new MemorySource(bytes.slice(0, length));
    await expect(readContents(cut)).rejects.toBeInstanceOf(FileFault);
  }
});
