/** @file The operator suite's table: every operator of the Tensor interface, with the shapes that are easy to get wrong. */
import {
  type CaseInput,
  flags,
  floats,
  ids,
  type OperatorCase,
  positives,
  trained,
  unknown,
} from "./case.js";

const batch = (input: CaseInput) => unknown(input, { 0: "N" });

const operator = (
  name: string,
  inputs: readonly CaseInput[],
  apply: OperatorCase["apply"],
): OperatorCase => ({ name, inputs, apply });

const elementwise: OperatorCase[] = [
  operator("add, equal shapes", [floats(2, 3), floats(2, 3)], (x, y) => x!.add(y!)),
  operator("add, broadcast both ways", [floats(4, 1, 3), floats(2, 1)], (x, y) => x!.add(y!)),
  operator("add a number", [floats(2, 3)], (x) => x!.add(1.5)),
  operator("add to unknown batch", [batch(floats(2, 3)), floats(3)], (x, y) => x!.add(y!)),
  operator("add i64", [ids(9, 4), ids(9, 3, 1)], (x, y) => x!.add(y!).add(2)),
  operator("sub", [floats(3), floats(2, 3)], (x, y) => x!.sub(y!).sub(0.25)),
  operator("mul", [floats(2, 3), floats(2, 1)], (x, y) => x!.mul(y!).mul(-2)),
  operator("div", [floats(2, 3), positives(3)], (x, y) => x!.div(y!).div(3)),
  operator("maximum", [floats(2, 3), floats(3)], (x, y) => x!.maximum(y!).maximum(-0.5)),
  operator("abs", [floats(7)], (x) => x!.abs()),
  operator("exp", [floats(7)], (x) => x!.exp()),
  operator("log", [positives(7)], (x) => x!.log()),
  operator("sqrt", [positives(7)], (x) => x!.sqrt()),
  operator("tanh", [floats(7)], (x) => x!.tanh()),
  operator("sigmoid", [floats(7)], (x) => x!.sigmoid()),
  operator("relu", [floats(7)], (x) => x!.relu()),
  operator("quickGelu", [floats(2, 7)], (x) => x!.quickGelu()),
  operator("gelu", [floats(2, 7)], (x) => x!.mul(3).gelu()),
  operator("silu", [floats(2, 7)], (x) => x!.silu()),
  operator("lessThan", [floats(9)], (x) => x!.lessThan(0.3)),
  operator("lessThan on i64", [ids(9, 9)], (x) => x!.lessThan(4)),
  operator("choose", [flags(2, 1, 3), floats(4, 1), floats(3)], (c, x, y) => c!.choose(x!, y!)),
  operator("choose i64", [flags(5), ids(9, 5), ids(9, 5)], (c, x, y) => c!.choose(x!, y!)),
  operator("cast f32 to i64 drops the fraction", [floats(9)], (x) => x!.cast("i64")),
  operator("cast i64 to f32", [ids(9, 4)], (x) => x!.cast("f32")),
  operator("cast bool to f32", [flags(9)], (x) => x!.cast("f32")),
  operator("cast to i32 and back", [ids(9, 4)], (x) => x!.cast("i32").add(1).cast("i64")),
  operator("constant", [floats(2, 3)], (x) =>
    x!.add(x!.constant(Float32Array.of(1, 2, 3), [3], "f32")),
  ),
];

const products: OperatorCase[] = [
  operator("matmul", [floats(3, 4), floats(4, 5)], (x, y) => x!.matmul(y!)),
  operator("matmul, batch broadcast", [floats(2, 1, 3, 4), floats(5, 4, 2)], (x, y) =>
    x!.matmul(y!),
  ),
  operator("matmul, transposed", [floats(2, 3, 4), floats(2, 5, 4)], (x, y) =>
    x!.matmul(y!, { transposeOther: true }),
  ),
  operator("matmul, transposed, other rank", [floats(2, 3, 4), floats(5, 4)], (x, y) =>
    x!.matmul(y!, { transposeOther: true }),
  ),
  operator(
    "matmul, keys of unknown count",
    [
      unknown(floats(2, 3, 1, 4), { 0: "N", 2: "L" }),
      unknown(floats(2, 3, 5, 4), { 0: "N", 2: "S" }),
    ],
    (query, key) => query!.matmul(key!, { transposeOther: true }),
  ),
  operator(
    "matmul, no keys",
    [floats(2, 1, 4), unknown(floats(2, 0, 4), { 1: "S" })],
    (query, key) => query!.matmul(key!, { transposeOther: true }),
  ),
  operator(
    "matmul over no keys is zero",
    [unknown(floats(2, 3, 0), { 2: "S" }), unknown(floats(2, 0, 4), { 1: "S" })],
    (weights, value) => weights!.matmul(value!),
  ),
  operator("linear", [floats(3, 4), trained(floats(5, 4)), trained(floats(5))], (x, w, b) =>
    x!.linear(w!, b!),
  ),
  operator("linear without bias", [batch(floats(2, 3, 4)), trained(floats(5, 4))], (x, w) =>
    x!.linear(w!),
  ),
  operator("linear, weight computed", [floats(2, 3, 4), floats(5, 4), floats(5)], (x, w, b) =>
    x!.linear(w!, b!),
  ),
  operator("lookup, 1-D ids", [trained(floats(7, 3)), batch(ids(7, 4))], (table, at) =>
    table!.lookup(at!),
  ),
  operator("lookup, 2-D ids", [floats(7, 3), batch(ids(7, 2, 4))], (table, at) =>
    table!.lookup(at!),
  ),
];

const layout: OperatorCase[] = [
  operator("reshape", [floats(2, 6)], (x) => x!.reshape([3, 4])),
  operator("reshape, inferred", [floats(2, 6)], (x) => x!.reshape([4, -1])),
  operator("reshape, unknown batch", [batch(floats(2, 6))], (x) => x!.reshape([-1, 3, 2])),
  operator("reshape, batch joins another", [batch(floats(2, 3, 4))], (x) => x!.reshape([-1, 4])),
  operator(
    "reshape, heads of two unknown axes",
    [unknown(floats(2, 3, 8), { 0: "N", 1: "L" })],
    (x) => x!.reshape([x!.shape[0]!, x!.shape[1]!, 2, 4]),
  ),
  operator("reshape, unknown axes move", [unknown(floats(1, 2, 3, 4), { 1: "N", 2: "L" })], (x) =>
    x!.reshape([x!.shape[1]!, x!.shape[2]!, 4]),
  ),
  operator("reshape, unknown axes empty", [unknown(floats(2, 0, 8), { 0: "N", 1: "L" })], (x) =>
    x!.reshape([x!.shape[0]!, x!.shape[1]!, 2, 4]),
  ),
  operator("reshape, unknown axes and an empty one", [batch(floats(2, 0, 4))], (x) =>
    x!.reshape([x!.shape[0]!, 4, 0]),
  ),
  operator("reshape, known empty axis", [floats(2, 0)], (x) => x!.reshape([0, 3])),
  operator("reshape to a scalar", [floats(1, 1)], (x) => x!.reshape([])),
  operator("permute", [batch(floats(2, 3, 4))], (x) => x!.permute([2, 0, 1])),
  operator("permute, negative axes", [floats(2, 3, 4)], (x) => x!.permute([0, -1, -2])),
  operator("slice", [floats(4, 5)], (x) => x!.slice(1, 1, 4)),
  operator("slice, negative axis, to the end", [floats(4, 5)], (x) => x!.slice(-2, 3)),
  operator("slice an unknown axis to the end", [batch(floats(4, 5))], (x) => x!.slice(0, 1)),
  operator("slice of nothing", [floats(4, 5)], (x) => x!.slice(0, 2, 2)),
  operator("split", [floats(4, 5)], (x) => {
    const [first, second, third] = x!.split(1, [2, 1, 2]);
    return third!.mul(second!).sub(first!);
  }),
  operator("split, negative axis, unknown batch", [batch(floats(2, 4))], (x) => {
    const [first, second] = x!.split(-1, [2, 2]);
    return first!.sub(second!);
  }),
  operator("concat", [floats(2, 3), floats(2, 1), floats(2, 2)], (x, y, z) =>
    x!.concat([y!, z!], -1),
  ),
  operator("concat i64", [ids(9, 2), ids(9, 3)], (x, y) => x!.concat([y!], 0)),
  operator(
    "concat an empty cache and new keys",
    [unknown(floats(2, 0, 4), { 0: "N", 1: "S" }), unknown(floats(2, 1, 4), { 0: "N", 1: "L" })],
    (cache, key) => cache!.concat([key!], 1),
  ),
  operator("expand", [floats(2, 1, 3)], (x) => x!.expand([-1, 4, 3])),
  operator("expand, unknown batch, new axis", [batch(floats(2, 1))], (x) => x!.expand([3, -1, 4])),
];

const reductions: OperatorCase[] = [
  operator("sum", [floats(2, 3, 4)], (x) => x!.sum([0, -1])),
  operator("sum, axes kept", [batch(floats(2, 3, 4))], (x) => x!.sum([1], true)),
  operator("sum of all", [floats(2, 3)], (x) => x!.sum([0, 1])),
  operator("sum i64", [ids(9, 2, 3)], (x) => x!.sum([1])),
  operator("sum over nothing", [unknown(floats(2, 0), { 1: "S" })], (x) => x!.sum([1])),
  operator("mean", [floats(2, 3, 4)], (x) => x!.mean([-2])),
  operator("mean, axes kept", [floats(2, 3, 4)], (x) => x!.mean([1, 2], true)),
  operator("argmax", [batch(floats(3, 5))], (x) => x!.argmax(-1)),
  operator("argmax takes the first of equals", [floats(2, 4)], (x) => x!.mul(0).argmax(1)),
  operator("softmax", [batch(floats(2, 5))], (x) => x!.softmax(-1)),
  operator("softmax, middle axis", [floats(2, 3, 4)], (x) => x!.softmax(1)),
  operator("softmax with masked entries", [floats(2, 4), flags(2, 4)], (x, seen) =>
    x!.add(seen!.cast("f32").mul(-1e9)).softmax(-1),
  ),
  operator("logSoftmax", [floats(2, 5)], (x) => x!.logSoftmax(-1)),
  operator("layerNorm", [batch(floats(2, 3, 8)), floats(8), floats(8)], (x, w, b) =>
    x!.layerNorm(w!, b!, 1e-5),
  ),
  operator(
    "layerNorm of a sum, both used",
    [floats(2, 3, 8), floats(2, 3, 8), floats(8)],
    (x, y, w) => {
      const sum = x!.add(y!);
      return sum.layerNorm(w!, w!, 1e-5).add(sum);
    },
  ),
];

const images: OperatorCase[] = [
  operator(
    "conv2d 3 × 3",
    [batch(floats(2, 3, 5, 4)), trained(floats(6, 3, 3, 3)), trained(floats(6))],
    (x, w, b) => x!.conv2d(w!, b!),
  ),
  operator("conv2d 1 × 1", [floats(1, 3, 4, 4), floats(2, 3, 1, 1), floats(2)], (x, w, b) =>
    x!.conv2d(w!, b!),
  ),
  operator("conv2d 7 × 7", [floats(1, 2, 8, 8), floats(3, 2, 7, 7), floats(3)], (x, w, b) =>
    x!.conv2d(w!, b!),
  ),
  operator(
    "conv2d, every second pixel, zeros after",
    [batch(floats(2, 3, 6, 4)), trained(floats(2, 3, 3, 3)), trained(floats(2))],
    (x, w, b) => x!.conv2d(w!, b!, { stride: 2, padding: [0, 1] }),
  ),
  operator(
    "conv2d 4 × 4, every second pixel",
    [floats(1, 2, 6, 4), floats(3, 2, 4, 4), floats(3)],
    (x, w, b) => x!.conv2d(w!, b!, { stride: 2, padding: [1, 1] }),
  ),
  operator(
    "groupNorm",
    [batch(floats(2, 6, 3, 2)), trained(floats(6)), trained(floats(6))],
    (x, w, b) => x!.groupNorm(2, w!, b!, 1e-3),
  ),
  operator("maxPool2d", [batch(floats(2, 3, 4, 6))], (x) => x!.maxPool2d(2)),
  operator("upsampleNearest2d", [batch(floats(2, 3, 2, 3))], (x) => x!.upsampleNearest2d(2)),
  operator("upsampleNearest2d by 3", [floats(1, 1, 2, 2)], (x) => x!.upsampleNearest2d(3)),
];

export const operatorCases: readonly OperatorCase[] = [
  ...elementwise,
  ...products,
  ...layout,
  ...reductions,
  ...images,
];
