/** @file ruDALL-E's release [SPEC §7.6]: the transformer's state dict and either VQGAN, or both. */
import {
  checkSandwichTransformerConfig,
  malevich,
  type SandwichTransformerConfig,
  sandwichTransformerSpecs,
} from "@dalle-ts/models";
import { type CheckpointFile, DalleError } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { HEADS_STEP } from "../family-heads.js";
import { type ImportedVqgan, importVqgan, vqganImageSize } from "../vqgan/import-vqgan.js";
import { Weights } from "../weights.js";

export interface ImportedRudalle {
  readonly config: SandwichTransformerConfig;
  /** Of `sandwichTransformerSpecs`; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
  /** Those among the files; the one of patch 2 draws pictures of twice the size. */
  readonly vqgans: readonly ImportedVqgan[];
}

/** What no weight tells. */
export interface RudalleFacts {
  readonly heads: number;
  readonly release: SandwichTransformerConfig["release"];
}

const transformerTensor = "text_pos_embeddings.weight";
const vqganTensor = "quantize.embed.weight";

/** files: in any order; they must stay open until the parameters were read. */
export function importRudalle(
  files: readonly CheckpointFile[],
  facts: RudalleFacts,
): ImportedRudalle {
  const transformer = findRudalleTransformer(files);
  const vqgans = files.flatMap(findVqgan);
  if (!transformer || vqgans.length === 0)
    throw new DalleError(
      "bad_file",
      "rudalle: expected a transformer and a VQGAN among the files; give pytorch_model_v3.bin (or another release's) and vqgan.gumbelf8-sber.model.ckpt.",
    );
  const weights = new Weights(transformer);
  const config = inferConfig(weights, facts);
  return {
    config,
    parameters: sandwichTransformerSpecs(config).map((spec) =>
      weights.parameter(spec, sourceName(spec.name)),
    ),
    vqgans: vqgans.map((vqgan) =>
      importVqgan(vqgan, {
        imageSize: vqganImageSize(vqgan, config.gridSide),
        normEpsilon: 1e-6,
        pixelRange: "signed",
      }),
    ),
  };
}

/** The one among the files that holds the transformer. */
export function findRudalleTransformer(
  files: readonly CheckpointFile[],
): CheckpointFile | undefined {
  return files.find(({ tensors }) => tensors.has(transformerTensor));
}

function findVqgan(file: CheckpointFile): Weights[] {
  const name = [...file.tensors.keys()].find((each) => each.endsWith(vqganTensor));
  return name === undefined ? [] : [new Weights(file, name.slice(0, -vqganTensor.length))];
}

function inferConfig(weights: Weights, { heads, release }: RudalleFacts) {
  const [imageCodes, width] = weights.shape("image_embeddings.weight") as [number, number];
  const textStates = weights.shape(transformerTensor)[0]! - 1;
  // The program can be told to leave them out.
  const sandwichNorms = weights.has("transformer.layers.0.before_first_addition_layernorm.weight");
  const sizes = {
    layers: weights.count(/^transformer\.layers\.(\d+)\./),
    width,
    heads,
    textStates,
    imageCodes,
    release,
    textVocabulary: weights.shape("text_embeddings.weight")[0]! - textStates,
    gridSide: weights.shape("image_row_embeddings.weight")[0]!,
    convolutionKernel: malevich.convolutionKernel,
    ...(sandwichNorms ? {} : { sandwichNorms }),
  };
  return weights.sized(checkSandwichTransformerConfig, sizes, HEADS_STEP);
}

/** layers.0.attention.norm.weight → transformer.layers.0.input_layernorm.weight */
function sourceName(name: string): string {
  return name
    .replace(/^logits\.(norm\.)?/, (_, norm) => `to_logits.${norm ? 0 : 1}.`)
    .replace(/^text\.tokens\./, "text_embeddings.")
    .replace(/^text\.positions\./, "text_pos_embeddings.")
    .replace(/^image\.tokens\./, "image_embeddings.")
    .replace(/^image\.rows\./, "image_row_embeddings.")
    .replace(/^image\.columns\./, "image_col_embeddings.")
    .replace(/^norm\./, "transformer.final_layernorm.")
    .replace(/^layers\./, "transformer.layers.")
    .replace(".attention.norm.", ".input_layernorm.")
    .replace(".attention.norm_after.", ".before_first_addition_layernorm.")
    .replace(".attention.output.", ".attention.dense.")
    .replace(".feed_forward.norm.", ".post_attention_layernorm.")
    .replace(".feed_forward.norm_after.", ".before_second_addition_layernorm.")
    .replace(".feed_forward.expand.", ".mlp.dense_h_to_4h.")
    .replace(".feed_forward.contract.", ".mlp.dense_4h_to_h.");
}
