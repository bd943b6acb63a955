/** @file The recorder: what it writes runs in ONNX Runtime, holds only what it needs, and refuses what cannot be. */
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DalleError, Graph, type GraphTensor, saveGraphs } from "@dalle-ts/tensor";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { relativeError, wave } from "./numbers.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graph-"));
});
afterAll(() => rm(folder, { recursive: true }));

const width = 32;

/** A transformer's block in small: [N, L, 32] → [N, L, 32]. */
function block(graph: Graph, x: GraphTensor): GraphTensor {
  const weight = (name: string, ...shape: number[]) =>
    graph.parameter(name, shape, wave(shape.reduce((a, b) => a * b, 1)));
  const [batch, length] = x.shape as [number, number];
  const normed = x.layerNorm(weight("norm.weight", width), weight("norm.bias", width), 1e-5);
  const heads = normed
    .linear(weight("heads.weight", 3 * width, width), weight("heads.bias", 3 * width))
    .reshape([batch, length, 6, width / 2])
    .permute([0, 2, 1, 3]);
  const [query, key, value] = [0, 2, 4].map((head) => heads.slice(1, head, head + 2));
  const mixed = query!
    .matmul(key!, { transposeOther: true })
    .softmax(-1)
    .matmul(value!)
    .permute([0, 2, 1, 3])
    .reshape([batch, length, width]);
  return x.add(mixed.linear(weight("output.weight", width, width)).quickGelu());
}

function recordBlock(axes: (string | number)[]): Graph {
  const graph = new Graph("block");
  graph.output("result", block(graph, graph.input("states", axes, "f32")));
  return graph;
}

async function run(model: string | Uint8Array, states: Float32Array, dims: number[]) {
  const session = await InferenceSession.create(model as string);
  const { result } = await session.run({ states: new Tensor("float32", states, dims) });
  await session.release();
  return { data: result!.data as Float32Array, dims: result!.dims };
}

describe("a recorded block", () => {
  test("runs at every batch and length, each item as if alone", async () => {
    const model = await recordBlock([-1, "L", width]).encode();
    const states = wave(3 * 5 * width);
    const whole = await run(model, states, [3, 5, width]);
    expect(whole.dims).toEqual([3, 5, width]);
    for (const item of [0, 1, 2]) {
      const range = [item * 5 * width, (item + 1) * 5 * width] as const;
      const alone = await run(model, states.slice(...range), [1, 5, width]);
      expect(relativeError(alone.data, whole.data.slice(...range))).toBeLessThan(1e-5);
    }
    expect((await run(model, new Float32Array(), [0, 5, width])).dims).toEqual([0, 5, width]);
  });

  test("is the same with known sizes, and with its weights outside the model", async () => {
    const states = wave(2 * 4 * width);
    const unknown = await run(await recordBlock(["N", "L", width]).encode(), states, [2, 4, width]);
    const written = await recordBlock([2, 4, width]).save(join(folder, "known"));
    expect(written.map((path) => path.replace(folder, ""))).toEqual([
      "/known.weights-0.bin",
      "/known.onnx",
    ]);
    const known = await run(join(folder, "known.onnx"), states, [2, 4, width]);
    expect(relativeError(known.data, unknown.data)).toBeLessThan(1e-5);
  });
});

describe("files", () => {
  test("weights are cut into files of the size asked for, and found again", async () => {
    const path = join(folder, "cut", "model.onnx");
    const written = await recordBlock(["N", "L", width]).save(path, {
      weights: "shared",
      fileBytes: 14_000,
      metadata: { licence: "MIT" },
    });
    expect(await readdir(join(folder, "cut"))).toEqual([
      "model.onnx",
      "shared.weights-0.bin",
      "shared.weights-1.bin",
    ]);
    for (const file of written) expect((await stat(file)).size).toBeLessThanOrEqual(14_000);
    const states = wave(4 * width);
    const inside = await run(await recordBlock(["N", "L", width]).encode(), states, [1, 4, width]);
    expect(relativeError((await run(path, states, [1, 4, width])).data, inside.data)).toBe(0);
    expect((await readFile(path)).includes("licence")).toBe(true);
  });

  test("two graphs share the weights they have in common", async () => {
    const graphs = ["long", "short"].map((name) => {
      const graph = new Graph(name);
      const x = graph.input("states", ["N", 4, width], "f32");
      graph.output("result", name === "long" ? block(graph, x).add(1) : block(graph, x));
      return { graph, path: join(folder, "pair", name) };
    });
    const [weights] = await saveGraphs(graphs, { weights: "both" });
    const scalars = 4 * width * width;
    expect((await stat(weights!)).size).toBe(scalars * Float32Array.BYTES_PER_ELEMENT);
    const states = wave(4 * width);
    const [long, short] = await Promise.all(
      graphs.map(({ path }) => run(`${path}.onnx`, states, [1, 4, width])),
    );
    expect(
      relativeError(
        long!.data,
        short!.data.map((value) => value + 1),
      ),
    ).toBeLessThan(1e-6);
  });

  test("a weight that cannot be fetched leaves no file", async () => {
    const graph = new Graph("broken");
    const table = graph.parameter("table", [512, 8], () => Promise.reject(new Error("lost")));
    graph.output("row", table.lookup(graph.input("ids", [-1], "i64")));
    await expect(graph.save(join(folder, "broken", "model"))).rejects.toThrow("lost");
    expect(await readdir(join(folder, "broken"))).toEqual([]);
  });
});

describe("hygiene", () => {
  test("no-ops, unused parameters and dead nodes are not written; constants are stored once", () => {
    const graph = new Graph("tidy");
    const x = graph.input("x", ["N", 4], "f32");
    graph.parameter("unused", [3], new Float32Array(3));
    x.exp().log();
    const same = x.cast("f32").reshape([-1, 4]).permute([0, 1]).slice(1, 0, 4).expand([-1, 4]);
    expect(same).toBe(x);
    graph.output("y", x.add(2).mul(2));
    const { nodes, tensors } = graph.record();
    expect(nodes.map((node) => node.operator)).toEqual(["Add", "Mul"]);
    expect(tensors.map((tensor) => tensor.shape)).toEqual([[]]);
    expect(nodes.at(-1)!.outputs).toEqual(["y"]);
  });

  test("an input, a weight and a value used twice can be outputs", async () => {
    const graph = new Graph("outputs");
    const x = graph.input("x", [2], "f32");
    const y = x.add(1);
    for (const [name, tensor] of Object.entries({ a: x, b: y, c: y })) graph.output(name, tensor);
    graph.output("d", graph.parameter("w", [1], Float32Array.of(7)));
    const session = await InferenceSession.create(await graph.encode());
    const found = await session.run({ x: new Tensor("float32", Float32Array.of(1, 2), [2]) });
    const values = ["a", "b", "c", "d"].map((name) => [...(found[name]!.data as Float32Array)]);
    expect(values).toEqual([[1, 2], [2, 3], [2, 3], [7]]);
  });
});

describe("complaints", () => {
  const graph = new Graph("complaints");
  const input = (name: string, axes: (string | number)[], dtype: "f32" | "i64" | "bool" = "f32") =>
    graph.input(name, axes, dtype);
  const x = input("x", ["N", 2, 3]);
  const y = input("y", [4, 5]);
  const ids = input("ids", ["N"], "i64");
  const seen = input("seen", [3], "bool");
  const message = (attempt: () => unknown) => {
    try {
      return String(attempt());
    } catch (error) {
      return `${(error as DalleError).code}: ${(error as Error).message}`;
    }
  };

  test("name the operator, what it got and what it needs", () => {
    const messages = [
      () => x.add(y),
      () => x.add(ids),
      () => ids.add(0.5),
      () => ids.exp(),
      () => ids.div(2),
      () => seen.add(seen),
      () => x.choose(x, x),
      () => x.matmul(y),
      () => x.linear(y),
      () => y.linear(y, x),
      () => y.lookup(x),
      () => y.reshape([3, -1]),
      () => y.reshape([-1, -1]),
      () => x.reshape([-1, -1, 3]),
      () => y.reshape([4.5]),
      () => x.permute([0, 1]),
      () => x.slice(2, 1, 4),
      () => x.slice(0, -2, -1),
      () => y.split(1, [2, 2]),
      () => x.concat([y], 0),
      () => y.expand([8, 5]),
      () => y.sum([]),
      () => y.sum([0, -2]),
      () => y.softmax(2),
      () => x.layerNorm(y, y, 1e-5),
      () => x.maxPool2d(2),
      () => input("image", [1, 3, 5, 4]).maxPool2d(2),
      () => input("picture", [1, 3, 4, 4]).conv2d(input("even", [2, 3, 2, 2]), seen),
      () => new Graph("other").input("z", [3], "f32").add(x),
      () => input("x", [1]),
      () => input("z", ["no name"]),
      () => graph.parameter("w", [3], new Float32Array(2)),
      () => graph.constant(new Float32Array(2), [2], "i64"),
    ].map(message);
    expect(messages).toMatchInlineSnapshot(`
      [
        "bad_shape: add: got f32 [N, 2, 3] and f32 [4, 5]; aligned at the last axis, sizes must be equal or 1.",
        "bad_shape: add: got f32 [N, 2, 3] and i64 [N]; cast both to one number type first.",
        "bad_option: add operand: expected a number that i64 can hold, got 0.5",
        "bad_shape: exp: got i64 [N]; cast to a float type such as f32 first.",
        "bad_shape: div: got i64 [N]; cast to a float type such as f32 first.",
        "bad_shape: add: got bool [3] and bool [3]; cast both to one number type first.",
        "bad_shape: choose: got f32 [N, 2, 3] and f32 [N, 2, 3] and f32 [N, 2, 3]; it needs a bool and two tensors of one type.",
        "bad_shape: matmul: got f32 [N, 2, 3] and f32 [4, 5]; the inner sizes 3 and 4 must be equal.",
        "bad_shape: linear: got f32 [N, 2, 3] and f32 [4, 5]; the last axis must have the weight's 5 inputs.",
        "bad_shape: linear: got f32 [4, 5] and f32 [4, 5] and f32 [N, 2, 3]; the bias must be [4].",
        "bad_shape: lookup: got f32 [4, 5] and f32 [N, 2, 3]; ids must be i64.",
        "bad_shape: reshape: got f32 [4, 5]; [3, -1] has another number of elements than 20; make them equal.",
        "bad_shape: reshape: got f32 [4, 5]; [-1, -1] has several −1; leave at most one to infer.",
        "bad_shape: reshape: got f32 [N, 2, 3]; [-1, -1, 3] has several −1, which must be the 1 unknown axes in order.",
        "bad_option: reshape size: expected an integer ≥ 0, or −1 to infer it, got 4.5",
        "bad_shape: permute: got f32 [N, 2, 3]; the order [0, 1] must name each axis once.",
        "bad_shape: slice: got f32 [N, 2, 3]; entries 1 to 4 of axis 2 must lie in it, 0 ≤ start ≤ end ≤ 3.",
        "bad_shape: slice: got f32 [N, 2, 3]; entries -2 to -1 of axis 0 must lie in it, 0 ≤ start ≤ end ≤ N.",
        "bad_shape: split: got f32 [4, 5]; the sizes [2, 2] must add up to 5.",
        "bad_shape: concat: got f32 [N, 2, 3] and f32 [4, 5]; types and all axes but 0 must be the same.",
        "bad_shape: expand: got f32 [4, 5]; [8, 5] may change only axes of size 1.",
        "bad_option: sum axes: expected one or more different axes, got []",
        "bad_option: sum axes: expected one or more different axes, got [0,-2]",
        "bad_option: softmax axis: expected an integer in [-2, 1], got 2",
        "bad_shape: layerNorm: got f32 [N, 2, 3] and f32 [4, 5] and f32 [4, 5]; weight and bias must be f32 [3].",
        "bad_shape: maxPool2d: got f32 [N, 2, 3]; it needs rank 4, [N, C, H, W].",
        "bad_shape: maxPool2d: got f32 [1, 3, 5, 4]; height and width must be multiples of 2.",
        "bad_shape: conv2d: got f32 [1, 3, 4, 4] and f32 [2, 3, 2, 2]; the kernel must be square, and odd where no padding is given.",
        "bad_option: Add: "x" was recorded in graph "complaints", not in "other"; build all operands in one graph.",
        "bad_option: graph "complaints": the name "x" is taken; choose another.",
        "bad_option: input "z" axis: expected a size ≥ 0, −1 or a name such as N or S+1, got no name",
        "bad_shape: parameter "w": f32 [3] needs a Float32Array of 3 entries, got a Float32Array of 2; pass data that fits the shape and dtype.",
        "bad_shape: constant: i64 [2] needs a BigInt64Array of 2 entries, got a Float32Array of 2; pass data that fits the shape and dtype.",
      ]
    `);
  });

  test("a lazy parameter of the wrong size is found when it is written", async () => {
    const late = new Graph("late");
    late.output("sum", late.parameter("w", [3], () => new Float32Array(4)).add(1));
    await expect(late.encode()).rejects.toMatchObject({ code: "bad_shape" });
  });
});
