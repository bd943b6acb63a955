/** @file safetensors: what is written is read back, and what is broken is refused in one sentence. */
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DalleError,
  type DType,
  type HostArray,
  SafetensorsFile,
  type TensorSource,
  writeSafetensors,
} from "@dalle-ts/tensor";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let path: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "safetensors-"));
  path = join(folder, "model.safetensors");
});
afterAll(() => rm(folder, { recursive: true }));

const arrays: Record<DType, (bytes: Uint8Array<ArrayBuffer>) => HostArray> = {
  f32: ({ buffer }) => new Float32Array(buffer),
  bf16: ({ buffer }) => new Uint16Array(buffer),
  f16: ({ buffer }) => new Uint16Array(buffer),
  i64: ({ buffer }) => new BigInt64Array(buffer),
  i32: ({ buffer }) => new Int32Array(buffer),
  u8: (bytes) => bytes,
  bool: (bytes) => bytes.map((byte) => byte & 1),
};
const elementBytes = { f32: 4, bf16: 2, f16: 2, i64: 8, i32: 4, u8: 1, bool: 1 };

const anyTensor = fc
  .record({
    name: fc.string({ unit: "binary" }).filter((name) => name !== "__metadata__"),
    dtype: fc.constantFrom(...(Object.keys(arrays) as DType[])),
    shape: fc.array(fc.nat(3), { maxLength: 3 }),
  })
  .chain(({ name, dtype, shape }) => {
    const length = elementBytes[dtype] * shape.reduce((a, b) => a * b, 1);
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes): TensorSource => ({ name, dtype, shape, data: arrays[dtype](bytes.slice()) }));
  });
const anyTensors = fc.uniqueArray(anyTensor, { selector: (tensor) => tensor.name, maxLength: 5 });
const anyMetadata = fc.dictionary(fc.string(), fc.string(), { noNullPrototype: true });

const bytesOf = (data: HostArray) => Buffer.from(data.buffer, data.byteOffset, data.byteLength);

async function readAll(): Promise<{ metadata: unknown; tensors: Map<string, unknown> }> {
  await using file = await SafetensorsFile.open(path);
  const tensors = new Map<string, unknown>();
  for (const [name, { dtype, shape }] of file.tensors)
    tensors.set(name, { dtype, shape, bytes: bytesOf(await file.read(name)) });
  return { metadata: file.metadata, tensors };
}

describe("round trip", () => {
  test("any tensors and metadata are read back bit for bit", async () => {
    await fc.assert(
      fc.asyncProperty(anyTensors, anyMetadata, async (tensors, metadata) => {
        await writeSafetensors(path, tensors, { metadata });
        const found = await readAll();
        expect(found.metadata).toEqual(metadata);
        expect(found.tensors.size).toBe(tensors.length);
        for (const { name, dtype, shape, data } of tensors)
          expect(found.tensors.get(name)).toEqual({
            dtype,
            shape,
            bytes: bytesOf(data as HostArray),
          });
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("16-bit floats read as f32", async () => {
    const half = { shape: [4], data: Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7bff) };
    const brain = { shape: [2], data: Uint16Array.of(0x3f80, 0xc049) };
    await writeSafetensors(path, [
      { name: "half", dtype: "f16", ...half },
      { name: "brain", dtype: "bf16", ...brain },
    ]);
    await using file = await SafetensorsFile.open(path);
    expect([...(await file.readFloat32("half"))]).toEqual([1, -2, 2 ** -24, 65504]);
    expect([...(await file.readFloat32("brain"))]).toEqual([1, -3.140625]);
  });

  test("the header fills a multiple of eight bytes and wide elements come first", async () => {
    await writeSafetensors(path, [
      { name: "b", dtype: "u8", shape: [3], data: Uint8Array.of(1, 2, 3) },
      { name: "a", dtype: "i64", shape: [], data: () => BigInt64Array.of(7n) },
    ]);
    const bytes = await readFile(path);
    expect(Number(bytes.readBigUInt64LE()) % 8).toBe(0);
    expect([...bytes.subarray(-11)]).toEqual([7, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]);
  });

  test("a write that fails leaves the old file and no other", async () => {
    const good: TensorSource = { name: "a", dtype: "u8", shape: [1], data: Uint8Array.of(9) };
    await writeSafetensors(path, [good]);
    const bad = { ...good, name: "b", data: () => Promise.reject(new Error("lost")) };
    await expect(writeSafetensors(path, [good, bad])).rejects.toThrow("lost");
    expect((await readAll()).tensors.size).toBe(1);
    expect(await readdir(folder)).toEqual(["model.safetensors"]);
  });
});

describe("damaged files", () => {
  test("a flipped bit or a lost end is refused, or changes no shape", async () => {
    const damage = fc.oneof(
      fc.record({ flip: fc.nat(), bit: fc.nat(7) }),
      fc.record({ keep: fc.nat() }),
    );
    await fc.assert(
      fc.asyncProperty(anyTensors, damage, async (tensors, change) => {
        await writeSafetensors(path, tensors);
        const shapes = tensors.map(({ shape }) => shape.join()).sort();
        const bytes = await readFile(path);
        if ("flip" in change) bytes[change.flip % bytes.length]! ^= 1 << change.bit;
        await writeFile(
          path,
          "keep" in change ? bytes.subarray(0, change.keep % bytes.length) : bytes,
        );
        try {
          const found = await readAll();
          const kept = [...found.tensors.values()] as { shape: number[]; bytes: Buffer }[];
          // A flip inside the JSON may rename a tensor or trade a size for the dtype, never change the bytes' count.
          const total = kept.reduce((sum, { bytes }) => sum + bytes.length, 0);
          expect(total).toBe(tensors.reduce((sum, t) => sum + (t.data as HostArray).byteLength, 0));
          if (!("flip" in change)) expect(kept.map((t) => t.shape.join()).sort()).toEqual(shapes);
        } catch (error) {
          expect(error).toBeInstanceOf(DalleError);
        }
      }),
      { numRuns: 300, seed: 2 },
    );
  });

  const refused = async (json: string, data = "", length = Buffer.byteLength(json)) => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(length));
    await writeFile(path, Buffer.concat([size, Buffer.from(json + data)]));
    return SafetensorsFile.open(path).then(
      () => "no error",
      (error: DalleError) => error.message.replace(folder, ""),
    );
  };
  const entry = (dtype: string, shape: string, offsets: string) =>
    `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

  test("each fault has its own sentence", async () => {
    const f32 = entry("F32", "[2]", "[0,8]");
    const messages = [
      await refused("{}", "", 1e8 + 1),
      await refused("{}", "", 50),
      await refused("{]"),
      await refused("[]"),
      await refused('{"__metadata__":{"a":1}}'),
      await refused(`{"a":${f32},"\\u0061":${f32}}`, "12345678"),
      await refused(`{"a":${entry("F32", "[-2]", "[0,8]")}}`, "12345678"),
      await refused(`{"a":${entry("F32", "[2.5]", "[0,10]")}}`, "1234567890"),
      await refused(`{"a":${entry("F64", "[1]", "[0,8]")}}`, "12345678"),
      await refused(`{"a":${entry("F32", "[3]", "[0,8]")}}`, "12345678"),
      await refused(`{"a":${entry("F32", "[2]", "[8,0]")}}`, "12345678"),
      await refused(`{"a":${f32},"b":${entry("F32", "[2]", "[4,12]")}}`, "123456789012"),
      await refused(`{"a":${f32},"b":${entry("F32", "[1]", "[12,16]")}}`, "1234567890123456"),
      await refused(`{"a":${f32}}`, "1234"),
      await refused(`{"a":${f32}}`, "123456789"),
    ];
    expect(messages).toMatchInlineSnapshot(`
      [
        "/model.safetensors is not a sound safetensors file: its header claims 100000001 bytes, more than 100000000; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header claims 50 bytes but the file has 10; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header is not JSON in UTF-8; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header is not a JSON object; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its __metadata__ is not a map from string to string; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header has the key "a" twice; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: tensor "a" has a shape that is not a list of integers ≥ 0; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: tensor "a" has a shape that is not a list of integers ≥ 0; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: tensor "a" has the dtype "F64", not one of F32, BF16, F16, I64, I32, U8, BOOL; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: tensor "a" has 8 bytes where F32 [3] takes 12; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: tensor "a" has data_offsets that are not two integers 0 ≤ begin ≤ end; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: the data of tensor "b" overlaps the one before it; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: the data of tensor "b" leaves a gap before it; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header describes 8 bytes of data but 4 follow; copy or export it again.",
        "/model.safetensors is not a sound safetensors file: its header describes 8 bytes of data but 9 follow; copy or export it again.",
      ]
    `);
  });

  test("a file cut after it was opened", async () => {
    await writeSafetensors(path, [
      { name: "a", dtype: "f32", shape: [4], data: new Float32Array(4) },
    ]);
    await using file = await SafetensorsFile.open(path);
    await truncate(path, (await stat(path)).size - 1);
    await expect(file.read("a")).rejects.toThrow(/ends inside tensor "a"/);
    await expect(file.read("b")).rejects.toMatchObject({ code: "bad_model" });
  });

  test("no file", async () => {
    await expect(SafetensorsFile.open(join(folder, "none"))).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("the writer refuses what readers would", async () => {
    const tensor: TensorSource = { name: "a", dtype: "u8", shape: [2], data: Uint8Array.of(1, 2) };
    const attempts = [
      [tensor, tensor],
      [{ ...tensor, name: "__metadata__" }],
      [{ ...tensor, shape: [3] }],
      [{ ...tensor, shape: [-1, -2] }],
    ];
    for (const tensors of attempts)
      await expect(writeSafetensors(path, tensors)).rejects.toBeInstanceOf(DalleError);
  });
});
