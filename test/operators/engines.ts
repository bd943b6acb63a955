/** @file The engines behind one small interface: each takes a case's inputs from the host and returns its output. */
import { type DType, Graph, type GraphTensor } from "@dalle-ts/tensor";
import { tensor, tidy, torchInstallation } from "@dalle-ts/torch";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import type { Engine } from "./case.js";
import { ReferenceTensor } from "./reference-tensor.js";

export const reference: Engine = {
  name: "reference",
  async run({ inputs, apply }) {
    const none = new ReferenceTensor(new Float64Array(), [0], "f32");
    const result = apply(
      ...inputs.map(({ data, shape, dtype }) => none.constant(data, shape, dtype)),
    );
    return { ...result, data: Float32Array.from(result.data) };
  },
};

/** Records the case as ONNX and runs the record. */
export const onnxRuntime: Engine = {
  name: "ONNX Runtime",
  async run({ name, inputs, apply }) {
    const graph = new Graph(name);
    const feeds: Record<string, OrtTensor> = {};
    const operands = inputs.map(({ data, shape, dtype, unknown, trained }, index): GraphTensor => {
      if (trained) return graph.parameter(`weight${index}`, shape, data as Float32Array);
      feeds[`input${index}`] = new OrtTensor(ortTypes[dtype], data as Float32Array, shape);
      const axes = shape.map((size, axis) => unknown[axis] ?? size);
      return graph.input(`input${index}`, axes, dtype);
    });
    const output = apply(...operands);
    graph.output("output", output);
    const session = await InferenceSession.create(await graph.encode(), { logSeverityLevel: 3 });
    const found = (await session.run(feeds)).output!;
    await session.release();
    const data = found.data as Float32Array;
    return { data, shape: found.dims, dtype: dtypes[found.type as keyof typeof dtypes] };
  },
};

export const torch: Engine = {
  name: "libtorch",
  async run({ inputs, apply }) {
    return tidy(() => {
      const operands = inputs.map(({ data, shape, dtype }) => tensor(data, shape, dtype));
      const result = apply(...operands);
      return { data: result.toArray(), shape: [...result.shape], dtype: result.dtype };
    });
  },
};

/** Why libtorch cannot run here; undefined where it can. */
export function whyNoTorch(): string | undefined {
  const installation = torchInstallation();
  if (!installation) return "no libtorch was found; run `npm run setup:torch`";
  return installation.built
    ? undefined
    : `the binding for libtorch ${installation.version} is not built; run \`npm run setup:torch\``;
}

const dtypes = { float32: "f32", int64: "i64", int32: "i32", uint8: "u8", bool: "bool" } as const;

const ortTypes = {
  f32: "float32",
  i64: "int64",
  i32: "int32",
  u8: "uint8",
  bool: "bool",
  f16: "float16",
  bf16: "uint16",
} as const satisfies Record<DType, OrtTensor.Type>;
