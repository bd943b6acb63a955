/** @file The models of public checkpoints on both engines: ONNX Runtime gives what libtorch gives. */
import {
  type AxialTransformerConfig,
  axialTransformer,
  axialTransformerSpecs,
  type DenseTransformerConfig,
  decodeImage,
  denseTransformer,
  denseTransformerSpecs,
  type EncoderDecoderConfig,
  encodeText,
  imageDecoderSpecs,
  paddingBias,
  type SandwichTransformerConfig,
  type StridedDvaeConfig,
  sandwichTransformer,
  sandwichTransformerSpecs,
  stridedDvaeDecoderSpecs,
  stridedDvaeEncoderSpecs,
  stridedDvaePixels,
  stridedDvaeScores,
  textEncoderSpecs,
  type VqganConfig,
  vqganDecoderSpecs,
  vqganEncoderSpecs,
  vqganPixels,
  vqganScores,
} from "@dalle-ts/models";
import {
  branchSpecs,
  Graph,
  type HostArray,
  type ParameterSpec,
  ParameterTree,
  type Tensor,
} from "@dalle-ts/tensor";
import { noGradient, tensor, tidy } from "@dalle-ts/torch";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-node";
import { expect, test } from "vitest";
import {
  loudParameters,
  normalArray,
  relativeError,
  torchTree,
} from "../packages/models/test/tiny.js";

interface Model {
  readonly specs: readonly ParameterSpec[];
  readonly inputs: readonly { readonly data: HostArray; readonly shape: readonly number[] }[];
  apply<T extends Tensor<T>>(params: ParameterTree<T>, inputs: readonly T[]): T;
}

const halves = {
  inputWidth: 32,
  levels: [
    { width: 32, blocks: 1, attention: false },
    { width: 64, blocks: 2, attention: true },
  ],
};
const vqgan: VqganConfig = {
  imageSize: 8,
  channels: 3,
  patch: 1,
  codes: 10,
  codeWidth: 4,
  latentWidth: 6,
  encoder: halves,
  decoder: halves,
  normEpsilon: 1e-6,
  pixelRange: "signed",
};
const bart: EncoderDecoderConfig = {
  width: 24,
  heads: 3,
  feedForward: 20,
  encoderLayers: 2,
  decoderLayers: 2,
  textVocabulary: 9,
  textStates: 5,
  textStart: 0,
  textEnd: 2,
  padding: 1,
  imageCodes: 7,
  imageVocabulary: 8,
  imageStates: 6,
  start: 7,
};
const dense: DenseTransformerConfig = {
  layers: 2,
  width: 24,
  heads: 3,
  textVocabulary: 9,
  textStates: 5,
  imageCodes: 7,
  imageStates: 6,
  activation: "gelu",
};
const sandwich: SandwichTransformerConfig = {
  layers: 4,
  width: 24,
  heads: 3,
  textVocabulary: 9,
  textStates: 5,
  imageCodes: 7,
  gridSide: 4,
  convolutionKernel: 3,
  release: "v2",
};
const axial: AxialTransformerConfig = {
  width: 18,
  heads: 3,
  headSize: 8,
  feedForward: 20,
  textVocabulary: 9,
  textStates: 5,
  imageCodes: 7,
  gridSide: 2,
  masks: ["full", "row", "column", "convolution"],
  rotary: 6,
  tokenShift: true,
  sandwichNorms: true,
  reversible: true,
  stable: true,
};
const strided: StridedDvaeConfig = {
  imageSize: 8,
  channels: 3,
  layers: 1,
  blocks: 1,
  width: 6,
  codes: 10,
  codeWidth: 4,
};
const ids = (...values: number[]) => BigInt64Array.from(values, BigInt);
const text = { data: ids(0, 3, 2, 1, 1, 0, 8, 7, 6, 2), shape: [2, 5] };
const grid = {
  data: ids(...Array.from({ length: 32 }, (_, index) => index % 10)),
  shape: [2, 4, 4],
};
const pixels = { data: normalArray(2 * 3 * 64, 1).map(Math.abs), shape: [2, 3, 8, 8] };
const image = { data: ids(6, 1, 2, 6, 0, 5), shape: [2, 3] };

const models: Record<string, Model> = {
  "VQGAN encoder": {
    specs: vqganEncoderSpecs(vqgan),
    inputs: [pixels],
    apply: (params, [picture]) => vqganScores(params, vqgan, picture!),
  },
  "VQGAN decoder": {
    specs: vqganDecoderSpecs(vqgan),
    inputs: [grid],
    apply: (params, [codes]) => vqganPixels(params, vqgan, codes!),
  },
  "encoder-decoder": {
    specs: [
      ...branchSpecs("encoder", textEncoderSpecs(bart)),
      ...branchSpecs("decoder", imageDecoderSpecs(bart)),
    ],
    inputs: [text, image],
    apply: (params, [caption, tokens]) => {
      const states = encodeText(params.at("encoder"), bart, caption!);
      const encoded = { states, bias: paddingBias(bart, caption!) };
      return decodeImage(params.at("decoder"), bart, tokens!, encoded);
    },
  },
  "dense transformer": {
    specs: denseTransformerSpecs(dense),
    inputs: [text, image],
    apply: (params, [caption, codes]) => denseTransformer(params, dense, caption!, codes!).image,
  },
  "sandwich transformer": {
    specs: sandwichTransformerSpecs(sandwich),
    inputs: [text, image],
    apply: (params, [caption, codes]) => sandwichTransformer(params, sandwich, caption!, codes!),
  },
  "sandwich transformer without its outer norms": {
    specs: sandwichTransformerSpecs({ ...sandwich, sandwichNorms: false }),
    inputs: [text, image],
    apply: (params, [caption, codes]) =>
      sandwichTransformer(params, { ...sandwich, sandwichNorms: false }, caption!, codes!),
  },
  "axial transformer": {
    specs: axialTransformerSpecs(axial),
    inputs: [text, image],
    apply: (params, [caption, codes]) => axialTransformer(params, axial, caption!, codes!),
  },
  "axial transformer with learned positions": {
    specs: axialTransformerSpecs({ ...axial, rotary: 0, reversible: false }),
    inputs: [text, image],
    apply: (params, [caption, codes]) =>
      axialTransformer(params, { ...axial, rotary: 0, reversible: false }, caption!, codes!),
  },
  "strided dVAE encoder": {
    specs: stridedDvaeEncoderSpecs(strided),
    inputs: [pixels],
    apply: (params, [picture]) => stridedDvaeScores(params, strided, picture!),
  },
  "strided dVAE decoder": {
    specs: stridedDvaeDecoderSpecs(strided),
    inputs: [grid],
    apply: (params, [codes]) => stridedDvaePixels(params, strided, codes!),
  },
};

test.each(Object.entries(models))("%s", async (name, { specs, inputs, apply }) => {
  const parameters = loudParameters(specs, 5);
  const graph = new Graph(name);
  const declared = parameters.map(
    (entry) => [entry.name, graph.parameter(entry.name, entry.shape, entry.data)] as const,
  );
  const feeds = inputs.map(({ data, shape }, index) => {
    const dtype = data instanceof Float32Array ? "f32" : "i64";
    return graph.input(`input${index}`, [-1, ...shape.slice(1)], dtype);
  });
  graph.output("result", apply(new ParameterTree(new Map(declared)), feeds));
  const session = await InferenceSession.create(await graph.encode(), { logSeverityLevel: 3 });
  const values = inputs.map(({ data, shape }, index) => {
    const type = data instanceof Float32Array ? "float32" : "int64";
    return [`input${index}`, new OrtTensor(type, data as Float32Array, shape)] as const;
  });
  const { result } = await session.run(Object.fromEntries(values));
  const found = Float32Array.from(result!.data as Float32Array);
  await session.release();
  const expected = noGradient(() =>
    tidy(() => {
      const operands = inputs.map(({ data, shape }) =>
        tensor(data, shape, data instanceof Float32Array ? "f32" : "i64"),
      );
      return apply(torchTree(parameters), operands).toArray() as Float32Array;
    }),
  );
  expect(found.some((value) => value !== 0)).toBe(true);
  expect(relativeError(found, expected)).toBeLessThan(1e-5);
});
