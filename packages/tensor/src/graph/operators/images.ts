/** @file Operators on images [N, C, H, W]: convolution, pooling, up-sampling. */
import { badOption } from "../../errors.js";
import { type Axis, mayEqual, UNKNOWN } from "../axes.js";
import type { GraphTensor } from "../graph-tensor.js";
import { requireFloat, requireRank, shapeError } from "../shape-error.js";

type ImageAxes = [batch: Axis, channels: Axis, height: Axis, width: Axis];

function imageAxes(operator: string, tensor: GraphTensor): ImageAxes {
  requireFloat(operator, tensor);
  requireRank(operator, tensor, 4, "[N, C, H, W]");
  return tensor.axes as ImageAxes;
}

export function conv2d(image: GraphTensor, weight: GraphTensor, bias: GraphTensor): GraphTensor {
  const [batch, channels, height, width] = imageAxes("conv2d", image);
  requireRank("conv2d weight", weight, 4, "[O, C, k, k]");
  const [outputs, inputs, size, other] = weight.axes as ImageAxes;
  if (typeof size !== "number" || size !== other || size % 2 === 0)
    throw shapeError("conv2d", [image, weight], "the kernel must be square and odd");
  if (!mayEqual(channels, inputs))
    throw shapeError("conv2d", [image, weight], `the image must have ${inputs} channels`);
  if (bias.axes.length !== 1 || !mayEqual(bias.axes[0]!, outputs))
    throw shapeError("conv2d", [image, weight, bias], `the bias must be [${outputs}]`);
  const padding = (size - 1) / 2;
  return image.graph.emit(
    "Conv",
    [image, weight, bias],
    [batch, outputs, height, width],
    image.dtype,
    { kernel_shape: { ints: [size, size] }, pads: { ints: [padding, padding, padding, padding] } },
  );
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
