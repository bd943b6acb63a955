/** @file Weight formats of `linear`: how far each is from double precision, and that one graph can mix them. */
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Graph, type GraphOptions, GraphWeights, type WeightFormat } from "@dalle-ts/tensor";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { describe, expect, onTestFinished, test } from "vitest";
import { narrowFloat16 } from "../src/graph/formats/float16.js";
import { encodeProto } from "../src/graph/onnx-schema.js";
import { relativeError, wave } from "./numbers.js";

const [rows, inputs, outputs] = [8, 256, 96];
const states = wave(rows * inputs);
const weight = wave(outputs * inputs, 0.1);
const bias = wave(outputs);

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dalle-graph-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const expected = Float32Array.from({ length: rows * outputs }, (_, index) => {
  const [row, output] = [Math.floor(index / outputs), index % outputs];
  let sum = bias[output]!;
  for (let k = 0; k < inputs; k++) sum += states[row * inputs + k]! * weight[output * inputs + k]!;
  return sum;
});

function recordLinear(options: GraphOptions, data = weight): Graph {
  const graph = new Graph("linear", options);
  const x = graph.input("states", ["N", 1, inputs], "f32");
  const w = graph.parameter("layer.weight", [outputs, inputs], data);
  graph.output("result", x.linear(w, graph.parameter("layer.bias", [outputs], bias)));
  return graph;
}

async function run(graph: Graph, data = states): Promise<Float32Array> {
  const session = await InferenceSession.create(await graph.encode());
  const feeds = { states: new Tensor("float32", data, [data.length / inputs, 1, inputs]) };
  const { result } = await session.run(feeds);
  await session.release();
  return result!.data as Float32Array;
}

describe("lookup", () => {
  const width = 64;
  const large = 2 ** 18 / width + 1;
  const lowerRows = 3;
  const table = wave(large * width, 0.1).map((value, index) =>
    index < width ? 1000 * value : value,
  );
  const record = (weightFormat: WeightFormat, tableRows = large) => {
    const graph = new Graph("lookup", { weightFormat });
    const values = table.subarray(0, tableRows * width);
    const border = (tableRows - lowerRows) * width;
    const upper = graph.parameter(
      "upper",
      [tableRows - lowerRows, width],
      values.subarray(0, border),
    );
    const lower = graph.parameter("lower", [lowerRows, width], values.subarray(border));
    const ids = graph.input("ids", ["N"], "i64");
    graph.output("rows", upper.concat([lower], 0).lookup(ids));
    return graph;
  };

  test.each([
    ["f32", 0, 4],
    ["f16", 3e-4, 2],
    ["int8", 0.006, 1],
    ["int8-rows", 0.006, 1],
    ["int4", 0.006, 1],
  ] as const)(
    "%s: each row by itself, from the file as from the graph",
    async (weightFormat, tolerance, bytes) => {
      const places = [0, large - lowerRows - 1, large - lowerRows, large - 1];
      const session = await InferenceSession.create(await record(weightFormat).encode());
      const feeds = { ids: new Tensor("int64", BigInt64Array.from(places, BigInt), [4]) };
      const rowsFound = (await session.run(feeds)).rows!.data as Float32Array;
      await session.release();
      for (const [place, row] of places.entries()) {
        const found = rowsFound.subarray(place * width, (place + 1) * width);
        const truth = table.subarray(row * width, (row + 1) * width);
        expect(relativeError(found, truth)).toBeLessThanOrEqual(tolerance);
        if (bytes < 4) expect(relativeError(found, truth)).toBeGreaterThan(0);
      }
      const folder = await temporaryFolder();
      await record(weightFormat).save(join(folder, "lookup"));
      const stored = await GraphWeights.open(join(folder, "lookup.onnx"));
      const lower = await stored.parameter("lower", [lowerRows, width]);
      expect(lower!.subarray(0, width)).toEqual(rowsFound.subarray(2 * width, 3 * width));
      const sizes = await Promise.all(
        record(weightFormat)
          .record()
          .tensors.filter(({ name }) => !name.endsWith("_scales"))
          .map(async (tensor) => (await tensor.read()).length),
      );
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(table.length * bytes);
    },
  );

  test("a small table stays as it is", () => {
    const types = record("int8-rows", large - 1)
      .record()
      .tensors.map(({ type }) => type);
    expect(types).toEqual(["f32", "f32"]);
  });
});

describe("linear", () => {
  test("f32 is exact to rounding", async () => {
    expect(relativeError(await run(recordLinear({})), expected)).toBeLessThan(1e-6);
  });

  test.each(["int8", "int8-rows"] as const)("%s stays within one percent", async (weightFormat) => {
    const found = await run(recordLinear({ weightFormat }));
    expect(relativeError(found, expected)).toBeLessThan(0.01);
  });

  test("f16 is within half precision, int4 within a tenth", async () => {
    const half = await run(recordLinear({ weightFormat: "f16" }));
    expect(relativeError(half, expected)).toBeLessThan(5e-4);
    expect(relativeError(half, expected)).toBeGreaterThan(1e-6);
    const quarter = await run(recordLinear({ weightFormat: "int4" }));
    expect(relativeError(quarter, expected)).toBeLessThan(0.1);
  });

  test("f16 rounds to the nearest number of half precision, ties to even", () => {
    const tiny = 2 ** -24;
    const values = Float32Array.of(1, -2, 1 + 2 ** -11, 1 + 3 * 2 ** -11, tiny, 1.5 * tiny, 0, 1e6);
    const bits = [0x3c00, 0xc000, 0x3c00, 0x3c02, 1, 2, 0, 0x7bff];
    expect([...narrowFloat16(values)]).toEqual(bits);
  });

  test.each(["int8", "int8-rows"] as const)(
    "%s scales each output by itself",
    async (weightFormat) => {
      // One output a thousand times larger than the others must not cost them their digits.
      const uneven = weight.map((value, index) => (index < inputs ? 1000 * value : value));
      const found = await run(recordLinear({ weightFormat }, uneven));
      const others = (values: Float32Array) => values.filter((_, index) => index % outputs > 0);
      expect(relativeError(others(found), others(expected))).toBeLessThan(0.01);
    },
  );

  test.each(["int8", "int8-rows"] as const)("%s of zeros is the bias", async (weightFormat) => {
    const zeroWeight = recordLinear({ weightFormat }, new Float32Array(weight.length));
    const zeroStates = new Float32Array(states.length);
    for (const found of [
      await run(zeroWeight),
      await run(recordLinear({ weightFormat }), zeroStates),
    ])
      expect(found.every((value, index) => value === bias[index % outputs])).toBe(true);
  });

  test.each(["f32", "f16", "int8", "int8-rows", "int4"] as const)(
    "%s: weights one below the other are one layer",
    async (weightFormat) => {
      const parts = (isJoined: boolean) => {
        const graph = new Graph("linear", { weightFormat });
        const x = graph.input("states", ["N", 1, inputs], "f32");
        const [first, second] = [0, 1].map((half) =>
          graph.parameter(
            `half_${half}`,
            [outputs / 2, inputs],
            weight.subarray((half * weight.length) / 2, ((half + 1) * weight.length) / 2),
          ),
        );
        const joined = isJoined
          ? x.linear(first!.concat([second!], 0))
          : x.linear(first!).concat([x.linear(second!)], -1);
        graph.output("result", joined);
        return graph;
      };
      expect(
        parts(true)
          .record()
          .nodes.some(({ operator }) => operator === "Concat"),
      ).toBe(false);
      const [joined, apart] = [await run(parts(true)), await run(parts(false))];
      expect(relativeError(joined, apart)).toBeLessThan(1e-6);
    },
  );

  test.each(["f32", "f16", "int8", "int8-rows", "int4"] as const)(
    "%s: no row depends on the others",
    async (weightFormat) => {
      const graph = recordLinear({ weightFormat });
      const together = await run(graph);
      for (let row = 0; row < rows; row++) {
        const alone = await run(graph, states.slice(row * inputs, (row + 1) * inputs));
        expect(alone).toEqual(together.slice(row * outputs, (row + 1) * outputs));
      }
    },
  );

  test.each([
    ["f32", 0],
    ["f16", 3e-4],
    ["int8", 0.005],
    ["int8-rows", 0.005],
    ["int4", 0.08],
  ] as const)("%s is read back from its file", async (weightFormat, tolerance) => {
    const folder = await temporaryFolder();
    await recordLinear({ weightFormat }).save(join(folder, "linear"));
    const stored = await GraphWeights.open(join(folder, "linear.onnx"));
    const restored = await stored.parameter("layer.weight", [outputs, inputs]);
    expect(relativeError(restored!, weight)).toBeLessThanOrEqual(tolerance);
    expect(await stored.parameter("layer.bias", [outputs])).toEqual(bias);
    expect(await stored.parameter("other.bias", [outputs])).toBeUndefined();
    await expect(stored.parameter("layer.bias", [outputs + 1])).rejects.toThrow(
      `"layer.bias" has shape [${outputs}] where [${outputs + 1}] is expected`,
    );
    await writeFile(join(folder, "linear.onnx"), "no model");
    await expect(GraphWeights.open(join(folder, "linear.onnx"))).rejects.toThrow(
      "is not an ONNX model; export the model again.",
    );
  });

  test.each([
    ["f16", 3e-4],
    ["int8", 0.005],
    ["int8-rows", 0.005],
    ["int4", 0.08],
  ] as const)(
    "%s is read back in rows that end inside a block",
    async (weightFormat, tolerance) => {
      const folder = await temporaryFolder();
      const uneven = weight.subarray(0, 5 * 75);
      const graph = new Graph("linear", { weightFormat });
      const w = graph.parameter("w", [5, 75], uneven);
      graph.output("result", graph.input("states", ["N", 75], "f32").linear(w));
      await graph.save(join(folder, "linear"));
      const stored = await GraphWeights.open(join(folder, "linear.onnx"));
      expect(relativeError((await stored.parameter("w", [5, 75]))!, uneven)).toBeLessThan(
        tolerance,
      );
    },
  );

  test("a weight file that was cut, or tells another length, is refused by name", async () => {
    const folder = await temporaryFolder();
    await recordLinear({}).save(join(folder, "linear"));
    const stored = await GraphWeights.open(join(folder, "linear.onnx"));
    await truncate(join(folder, "linear.weights-0.bin"), 1000);
    await expect(stored.parameter("layer.weight", [outputs, inputs])).rejects.toMatchObject({
      code: "bad_model",
      message: expect.stringMatching(
        /linear\.weights-0\.bin: it ends before "layer\.weight\.transposed" does; copy or export the model again\.$/,
      ),
    });
    const initializer = [{ name: "w", dims: [4], dataType: 1, rawData: new Uint8Array(6) }];
    await writeFile(join(folder, "short.onnx"), encodeProto({ graph: { initializer } }));
    const short = await GraphWeights.open(join(folder, "short.onnx"));
    await expect(short.parameter("w", [4])).rejects.toThrow(
      /short\.onnx: "w" has 6 bytes where \[4\] takes 16; copy or export the model again\.$/,
    );
  });

  test("int8 is one node, its bias included", () => {
    const { nodes } = recordLinear({ weightFormat: "int8" }).record();
    expect(nodes.map((node) => node.operator)).toEqual(["MatMulNBits"]);
  });

  test("int8 takes a quarter of the bytes", () => {
    const bytes = (options: GraphOptions) =>
      recordLinear(options)
        .record()
        .tensors.map(({ name, type }) => `${name} ${type}`);
    expect(bytes({})).toEqual(["layer.bias f32", "layer.weight.transposed f32"]);
    expect(bytes({ weightFormat: "int8" })).toEqual([
      "layer.bias f32",
      "layer.weight.int8_blocks u8",
      "layer.weight.int8_block_scales f32",
    ]);
  });

  test("the format can be chosen for each parameter", () => {
    const graph = recordLinear({
      weightFormat: (name, shape) =>
        name === "layer.weight" && shape[0] === outputs ? "int8" : "f32",
    });
    expect(graph.record().nodes).toHaveLength(1);
  });
});
