/**
 * @file OpenAI's CLIPs with a residual network: the folded, recorded tower against the network as it was trained, in
 * libtorch's own operators.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, type Shape, writeSafetensors } from "@dalle-ts/tensor";
import { aten, noGradient, type TorchTensor, tensor } from "@dalle-ts/torch";
import { expect, onTestFinished, test } from "vitest";
import { normalArray } from "../../../models/test/tiny.js";
import { Reference } from "../../src/import/check/reference.js";
import { checkClip } from "../../src/import/clip/check-clip.js";
import { importClip } from "../../src/import/clip/import-clip.js";
import { clipShapes } from "./tiny-clip.js";

/** Pictures of 64 pixels; a stem of 4 channels, four groups of bottlenecks, and 128 channels in the end. */
const [width, groups, embedding] = [4, [2, 1, 1, 1], 3];

function networkShapes(): Record<string, number[]> {
  const shapes: Record<string, number[]> = {};
  const convolution = (name: string, norm: string, shape: number[]) => {
    shapes[`visual.${name}.weight`] = shape;
    for (const part of ["weight", "bias", "running_mean", "running_var"])
      shapes[`visual.${norm}.${part}`] = [shape[0]!];
  };
  convolution("conv1", "bn1", [width / 2, 3, 3, 3]);
  convolution("conv2", "bn2", [width / 2, width / 2, 3, 3]);
  convolution("conv3", "bn3", [width, width / 2, 3, 3]);
  let inputs = width;
  for (const [group, blocks] of groups.entries())
    for (let block = 0; block < blocks; block++) {
      const [at, inner] = [`layer${group + 1}.${block}`, width * 2 ** group];
      convolution(`${at}.conv1`, `${at}.bn1`, [inner, inputs, 1, 1]);
      convolution(`${at}.conv2`, `${at}.bn2`, [inner, inner, 3, 3]);
      convolution(`${at}.conv3`, `${at}.bn3`, [4 * inner, inner, 1, 1]);
      if (block === 0)
        convolution(`${at}.downsample.0`, `${at}.downsample.1`, [4 * inner, inputs, 1, 1]);
      inputs = 4 * inner;
    }
  shapes["visual.attnpool.positional_embedding"] = [5, inputs];
  for (const [name, outputs] of Object.entries({ q: inputs, k: inputs, v: inputs, c: embedding })) {
    shapes[`visual.attnpool.${name}_proj.weight`] = [outputs, inputs];
    shapes[`visual.attnpool.${name}_proj.bias`] = [outputs];
  }
  return shapes;
}

const size = (shape: Shape) => shape.reduce((a, b) => a * b, 1);

/** Weights small enough that no layer runs over; variances are positive. */
function randomNumbers(name: string, shape: Shape, seed: number): Float32Array {
  const numbers = normalArray(size(shape), seed);
  if (name.endsWith("running_var")) return numbers.map((value) => 0.5 + value * value);
  return numbers.map((value) => value / Math.sqrt(Math.max(1, size(shape.slice(1)))));
}

test("a residual network gives what its layers give one by one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dalle-clip-rn-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const text = Object.entries(clipShapes(11)).filter(([name]) => !name.startsWith("visual."));
  const shapes = { ...Object.fromEntries(text), ...networkShapes() };
  const arrays = new Map(
    Object.entries(shapes).map(([name, shape], seed) => [name, randomNumbers(name, shape, seed)]),
  );
  const path = join(folder, "rn.safetensors");
  const entries = Object.entries(shapes).map(([name, shape]) => ({
    name,
    shape,
    dtype: "f32" as const,
    data: arrays.get(name)!,
  }));
  await writeSafetensors(path, entries);
  await using file = await CheckpointFile.open(path);
  const imported = importClip([file]);
  expect(imported.config.image).toMatchObject({
    family: "convolutional",
    groups,
    width,
    heads: 2,
    imageSize: 64,
  });

  const pixels = normalArray(2 * 3 * 64 * 64, 5).map((x) => 1 / (1 + Math.exp(-x)));
  const ids = BigInt64Array.of(9n, 3n, 10n, 0n, 0n);
  const { mean, deviation } = imported.config.image;
  const standard = pixels.map((value, index) => {
    const channel = Math.floor(index / 4096) % 3;
    return (value - mean[channel]!) / deviation[channel]!;
  });
  const expected = noGradient(() => {
    const of = (name: string) => tensor(arrays.get(name)!, shapes[name]!, "f32");
    return network(of, tensor(standard, [2, 3, 64, 64], "f32")).toArray() as Float32Array;
  });
  await writeSafetensors(join(folder, "inputs.safetensors"), [
    { name: "image", dtype: "f32", shape: [2, 3, 64, 64], data: pixels },
    { name: "text", dtype: "i64", shape: [1, 5], data: ids },
  ]);
  await writeSafetensors(join(folder, "expected.safetensors"), [
    { name: "image_features", dtype: "f32", shape: [2, embedding], data: expected },
  ]);
  const [row] = await checkClip(imported, await Reference.read(folder));
  expect(row).toMatchObject({ name: "image_features", ok: true });
});

/** The network layer by layer, batch norms and all. of: a weight by its name in the file. */
function network(of: (name: string) => TorchTensor, pixels: TorchTensor): TorchTensor {
  const layer = (at: string, norm: string, x: TorchTensor, stride = 1) => {
    const weight = of(`visual.${at}.weight`);
    const padding = weight.shape[2] === 3 ? 1 : 0;
    const options = [[stride, stride], [padding, padding], [1, 1], 1] as const;
    const convolved = aten("aten::conv2d", x, weight, undefined, ...options) as TorchTensor;
    const [scale, shift, mean, variance] = ["weight", "bias", "running_mean", "running_var"].map(
      (part) => of(`visual.${norm}.${part}`),
    );
    const statistics = [mean, variance, false, 0.1, 1e-5, false] as const;
    return aten("aten::batch_norm", convolved, scale, shift, ...statistics) as TorchTensor;
  };
  const pool = (x: TorchTensor) => aten("aten::avg_pool2d", x, [2, 2]) as TorchTensor;
  let x = layer("conv1", "bn1", pixels, 2).relu();
  x = layer("conv2", "bn2", x).relu();
  x = pool(layer("conv3", "bn3", x).relu());
  for (const [group, blocks] of groups.entries())
    for (let block = 0; block < blocks; block++) {
      const at = `layer${group + 1}.${block}`;
      const halves = group > 0 && block === 0;
      let inner = layer(`${at}.conv1`, `${at}.bn1`, x).relu();
      inner = layer(`${at}.conv2`, `${at}.bn2`, inner).relu();
      const wide = layer(`${at}.conv3`, `${at}.bn3`, halves ? pool(inner) : inner);
      const kept =
        block === 0 ? layer(`${at}.downsample.0`, `${at}.downsample.1`, halves ? pool(x) : x) : x;
      x = wide.add(kept).relu();
    }
  const channels = x.shape[1]!;
  const cells = x.reshape([2, channels, 4]).permute([0, 2, 1]);
  const states = cells
    .mean([1], true)
    .concat([cells], 1)
    .add(of("visual.attnpool.positional_embedding"));
  const projected = (name: string) =>
    states.linear(
      of(`visual.attnpool.${name}_proj.weight`),
      of(`visual.attnpool.${name}_proj.bias`),
    );
  const heads = [0, 1].map((head) => {
    const [query, key, value] = ["q", "k", "v"].map((name) =>
      projected(name).slice(2, head * 64, (head + 1) * 64),
    ) as [TorchTensor, TorchTensor, TorchTensor];
    const weights = query
      .matmul(key, { transposeOther: true })
      .mul(1 / 8)
      .softmax(-1);
    return weights.matmul(value).slice(1, 0, 1);
  });
  return heads[0]!
    .concat([heads[1]!], 2)
    .reshape([2, channels])
    .linear(of("visual.attnpool.c_proj.weight"), of("visual.attnpool.c_proj.bias"));
}
