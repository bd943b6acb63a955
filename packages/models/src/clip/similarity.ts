/** @file How well pictures and captions match: the cosine of their embeddings. */
import { branchSpecs, type ParameterSpec, type Tensor } from "@dalle-ts/tensor";
import type { ClipConfig } from "./config.js";
import { imageTowerSpecs } from "./image-tower.js";
import { textTowerSpecs } from "./text-tower.js";

/** [N, E] → [N, E] of length 1 each. */
export function normalise<T extends Tensor<T>>(embeddings: T): T {
  return embeddings.div(embeddings.mul(embeddings).sum([1], true).sqrt());
}

/** Both towers, and the logarithm of the factor on cosines in training, which starts at 1 / 0.07. */
export function clipSpecs(config: ClipConfig): ParameterSpec[] {
  return [
    ...branchSpecs("image", imageTowerSpecs(config)),
    ...branchSpecs("text", textTowerSpecs(config)),
    { name: "log_scale", shape: [1], init: { fill: Math.log(1 / 0.07) } },
  ];
}
