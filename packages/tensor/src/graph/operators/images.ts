/** @file Operators on images [N, C, H, W]: convolution, group normalisation, pooling, up-sampling. */
import { badOption } from "../../errors.js";
import type { ConvolutionOptions } from "../../tensor.js";
import { type Axis, mayEqual, UNKNOWN } from "../axes.js";
import type { GraphTensor } from "../graph-tensor.js";
import { requireFloat, requireRank, shapeError } from "../shape-error.js";

type ImageAxes = [batch: Axis, channels: Axis, height: Axis, width: Axis];

function imageAxes(operator: string, tensor: GraphTensor): ImageAxes {
  requireFloat(operator, tensor);
  requireRank(operator, tensor, 4, "[N, C, H, W]");
  return tensor.axes as ImageAxes;
}

export function conv2d(
  image: GraphTensor,
  weight: GraphTensor,
  bias: GraphTensor,
  { stride = 1, padding }: ConvolutionOptions = {},
): GraphTensor {
  const [batch, channels, ...plane] = imageAxes("conv2d", image);
  requireRank("conv2d weight", weight, 4, "[O, C, k, k]");
  const [outputs, inputs, size, other] = weight.axes as ImageAxes;
  if (typeof size !== "number" || size !== other || (size % 2 === 0 && !padding))
    throw shapeError(
      "conv2d",
      [image, weight],
      "the kernel must be square, and odd where no padding is given",
    );
  if (!mayEqual(channels, inputs))
    throw shapeError("conv2d", [image, weight], `the image must have ${inputs} channels`);
  if (bias.axes.length !== 1 || !mayEqual(bias.axes[0]!, outputs))
    throw shapeError("conv2d", [image, weight, bias], `the bias must be [${outputs}]`);
  requireFactor("conv2d stride", stride);
  const [before, after] = padding ?? [(size - 1) / 2, (size - 1) / 2];
  const room = before + after - size;
  const resized = plane.map((length) => {
    if (typeof length === "number") return Math.floor((length + room) / stride) + 1;
    return stride === 1 && room === -1 ? length : UNKNOWN;
  });
  const operands = [image, weight, bias];
  return image.graph.emit("Conv", operands, [batch, outputs, ...resized], image.dtype, {
    kernel_shape: { ints: [size, size] },
    pads: { ints: [before, before, after, after] },
    strides: { ints: [stride, stride] },
  });
}

/** ONNX Runtime has a kernel for norms of single channels: a group's are laid end to end as one. */
export function groupNorm(
  image: GraphTensor,
  groups: number,
  weight: GraphTensor,
  bias: GraphTensor,
  epsilon: number,
): GraphTensor {
  const [, channels, height, width] = imageAxes("groupNorm", image);
  const operands = [image, weight, bias];
  requireFactor("groupNorm groups", groups);
  if (typeof channels !== "number" || typeof height !== "number" || typeof width !== "number")
    throw shapeError("groupNorm", operands, "channels, height and width must be known");
  if (channels % groups !== 0)
    throw shapeError("groupNorm", operands, `the channels must be a multiple of ${groups}`);
  for (const operand of [weight, bias])
    if (operand.axes.length !== 1 || !mayEqual(operand.axes[0]!, channels))
      throw shapeError("groupNorm", operands, `weight and bias must be [${channels}]`);
  const { graph, dtype } = image;
  const rows = image.reshape([image.shape[0]!, groups, (channels / groups) * height * width]);
  const ones = graph.constant(new Float32Array(groups).fill(1), [groups], "f32").cast(dtype);
  const zeros = graph.constant(new Float32Array(groups), [groups], "f32").cast(dtype);
  return graph
    .emit("InstanceNormalization", [rows, ones, zeros], rows.axes, dtype, {
      epsilon: { float: epsilon },
    })
    .reshape(image.shape)
    .mul(weight.reshape([channels, 1, 1]))
    .add(bias.reshape([channels, 1, 1]));
}

export function maxPool2d(image: GraphTensor, size: number): GraphTensor {
  const [batch, channels, ...plane] = imageAxes("maxPool2d", image);
  requireFactor("maxPool2d size", size);
  const pooled = plane.map((length) => (typeof length === "number" ? length / size : UNKNOWN));
  if (pooled.some((length) => typeof length === "number" && !Number.isInteger(length)))
    throw shapeError("maxPool2d", [image], `height and width must be multiples of ${size}`);
  return image.graph.emit("MaxPool", [image], [batch, channels, ...pooled], image.dtype, {
    kernel_shape: { ints: [size, size] },
    strides: { ints: [size, size] },
  });
}

export function upsampleNearest2d(image: GraphTensor, scale: number): GraphTensor {
  const [batch, channels, ...plane] = imageAxes("upsampleNearest2d", image);
  requireFactor("upsampleNearest2d scale", scale);
  const grown = plane.map((length) => (typeof length === "number" ? length * scale : UNKNOWN));
  const scales = image.graph.constant(Float32Array.of(1, 1, scale, scale), [4], "f32");
  return image.graph.emit(
    "Resize",
    [image, undefined, scales],
    [batch, channels, ...grown],
    image.dtype,
    {
      mode: { text: "nearest" },
      coordinate_transformation_mode: { text: "asymmetric" },
      nearest_mode: { text: "floor" },
    },
  );
}

function requireFactor(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw badOption(name, "an integer ≥ 1", value);
}
