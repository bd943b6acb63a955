/**
 * @file CLIP against the reference program. Inputs: `image` [N, 3, P, P] in 0 … 1 and `text` [M, S], ids with start and end.
 * Expected, in the reference's names: `image_features`, `text_features` and `logits_per_image` [N, M].
 */
import { embedImages, embedTexts, normalise } from "@dalle-ts/models";
import { runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { type CheckRow, compareAll } from "../check/compare.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedClip } from "./import-clip.js";

export async function checkClip(
  { config, parameters }: ImportedClip,
  reference: Reference,
): Promise<CheckRow[]> {
  const { states, vocabulary } = config.text;
  const pixels = reference.floats("image");
  const text = reference.integers("text");
  const end = BigInt(vocabulary + 1);
  const ends = Float32Array.from(text.data, (id, index) =>
    // The first of a row: padding is another id, but a careless caption may name the end twice.
    id === end && text.data.indexOf(end, index - (index % states)) === index ? 1 : 0,
  );
  const { graph, tree } = graphOf("clip", parameters);
  const inputs = {
    pixels: graph.input("pixels", pixels.shape, "f32"),
    ids: graph.input("ids", text.shape, "i64"),
    ends: graph.input("ends", text.shape, "f32"),
  };
  const image = embedImages(tree.at("image"), config, inputs.pixels);
  const caption = embedTexts(tree.at("text"), config, inputs.ids, inputs.ends);
  const cosines = normalise(image).matmul(normalise(caption), { transposeOther: true });
  graph.output("image_features", image);
  graph.output("text_features", caption);
  graph.output("logits_per_image", cosines.mul(tree.get("log_scale").exp()));
  const found = await runGraph(graph, {
    pixels: runtimeTensor(pixels.data, pixels.shape),
    ids: runtimeTensor(text.data, text.shape),
    ends: runtimeTensor(ends, text.shape),
  });
  return compareAll(reference, found);
}
