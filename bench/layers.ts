/**
 * @file `npm run bench:layers -- <model>`: what each layer of a model's transformer is for. How much its image loss on
 * held-out pictures rises without what the layer's attention adds, or its feed-forward block, or both. Layers without
 * which it does not rise cost as much as others, and can be left out (`dalle export --without-layers`). A table and one
 * JSON line; 4 minutes for twelve layers.
 */
import { transformer } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { aten, noGradient, tidy } from "@dalle-ts/torch";
import {
  BytePairEncoder,
  copyParameters,
  disposeParameters,
  openTokenizerRun,
  openTransformer,
  type Pair,
  streamBatch,
  streamLoss,
  type TorchParameters,
  treeOf,
} from "@dalle-ts/train";
import { Dalle } from "dalle-ts";
import { heldOutPictures, mean, PICTURES, SEED } from "./held-out.js";

const BATCH = 32;

const [folder, ...others] = process.argv.slice(2);
if (folder === undefined || others.length > 0) throw badOption("model", "one folder", others[0]);
const { config, parameters } = await openTransformer(folder);
const pairs = await heldOutPairs(folder);
const whole = imageLoss(parameters);
const rows = Array.from({ length: config.layers }, (_, index) => {
  const attention = `layers.${index}.attention.output`;
  const feedForward = `layers.${index}.feed_forward.contract`;
  return {
    layer: index + 1,
    "% without attention": rise([attention]),
    "% without feed-forward": rise([feedForward]),
    "% without both": rise([attention, feedForward]),
  };
});
console.table(rows);
console.log(JSON.stringify({ pictures: PICTURES, seed: SEED, loss: whole, rows }));

async function heldOutPairs(model: string): Promise<Pair[]> {
  await using dalle = await Dalle.load(model);
  const encoder = BytePairEncoder.fromJson((await openTokenizerRun(model)).text);
  const found: Pair[] = [];
  for (const { image, caption } of heldOutPictures(dalle)) {
    const { codes } = await dalle.reconstruct(image);
    found.push({ tokens: encoder.encode(caption), codes });
  }
  return found;
}

/** In nats a code, over all pairs. */
function imageLoss(of: TorchParameters): number {
  const tree = treeOf(of);
  const lossOf = (some: readonly Pair[]) => {
    const batch = streamBatch(config, some, "cpu");
    const states = transformer(tree, config, batch.ids, batch.positions, { precision: "f32" });
    return streamLoss(tree, config, states, batch.textTargets, batch.imageTargets).image.item();
  };
  const batches = Array.from({ length: PICTURES / BATCH }, (_, index) =>
    pairs.slice(index * BATCH, (index + 1) * BATCH),
  );
  return mean(batches.map((some) => noGradient(() => tidy(() => lossOf(some)))));
}

/** How many per cent the loss rises where these linear layers give zeros. */
function rise(silent: readonly string[]): number {
  const changed = copyParameters(parameters);
  noGradient(() => {
    for (const name of silent) {
      for (const part of ["weight", "bias"]) aten("aten::zero_", changed.get(`${name}.${part}`));
    }
  });
  const without = imageLoss(changed);
  disposeParameters(changed);
  return Number((100 * (without / whole - 1)).toFixed(2)) + 0; // no −0
}
