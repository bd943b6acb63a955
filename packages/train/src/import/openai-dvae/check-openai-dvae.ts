/** @file The dVAE against the public package's results: mapped pixels → logits → tokens → decoder's output → pixels. */
import { decodeCodes, encoder, mapPixels, pixelsFromDecoder } from "@dalle-ts/models";
import { runtimeTensor } from "dalle-ts";
import { graphOf } from "../../export/record.js";
import { type CheckRow, compareAll } from "../check/compare.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportedDvae } from "./import-openai-dvae.js";

/** reference: `image` [N, 3, H, W] in 0…1, of any size that the dVAE divides. */
export async function checkOpenAiDvae(
  { config, parameters }: ImportedDvae,
  reference: Reference,
): Promise<CheckRow[]> {
  const image = reference.floats("image");
  const encoding = graphOf("encoder", parameters);
  const mapped = mapPixels(encoding.graph.input("image", image.shape, "f32"));
  const logits = encoder(encoding.tree.at("encoder"), config, mapped);
  encoding.graph.output("mapped", mapped);
  encoding.graph.output("encoder_logits", logits.permute([0, 3, 1, 2])); // the package has codes second
  encoding.graph.output("tokens", logits.argmax(-1));
  const encoded = await runGraph(encoding.graph, { image: runtimeTensor(image.data, image.shape) });

  // From the expected tokens: a wrong one says so on its own rung, not on those above.
  const tokens = reference.integers("tokens");
  const decoding = graphOf("decoder", parameters);
  const codes = decoding.graph.input("tokens", tokens.shape, "i64");
  const statistics = decodeCodes(decoding.tree.at("decoder"), config, codes);
  decoding.graph.output("x_stats", statistics);
  decoding.graph.output("pixels", pixelsFromDecoder(statistics));
  const decoded = await runGraph(decoding.graph, {
    tokens: runtimeTensor(tokens.data, tokens.shape),
  });
  const pixels = (decoded.get("pixels") as Float32Array).map((x) => Math.min(1, Math.max(0, x)));
  return compareAll(reference, new Map([...encoded, ...decoded, ["pixels", pixels]]));
}
