/** @file The unpacked release of kakaobrain's minDALL-E [SPEC §7.5]: config.yaml, stage1_last.ckpt and stage2_last.ckpt. */
import {
  checkDenseTransformerConfig,
  type DenseTransformerConfig,
  denseTransformerSpecs,
} from "@dalle-ts/models";
import { type CheckpointFile, DalleError, type ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import { familyHeads } from "../family-heads.js";
import { type ImportedVqgan, importVqgan, vqganImageSize } from "../vqgan/import-vqgan.js";
import { Weights } from "../weights.js";
import type { KakaoFacts } from "./facts.js";

export interface ImportedKakao {
  readonly config: DenseTransformerConfig;
  /** Of `denseTransformerSpecs`; read from the open file when they are needed. */
  readonly parameters: readonly GraphParameter[];
  readonly vqgan: ImportedVqgan;
}

/** files: both stages, in any order; they must stay open until the parameters were read. */
export function importKakao(files: readonly CheckpointFile[], facts: KakaoFacts): ImportedKakao {
  const stage1 = find(files, "state_dict.quantize.embedding.weight", "stage1_last.ckpt");
  const stage2 = find(files, "state_dict.tok_emb_img.weight", "stage2_last.ckpt");
  const config = inferConfig(stage2, facts);
  return {
    config,
    parameters: denseTransformerSpecs(config).map((spec) => parameter(stage2, spec)),
    vqgan: importVqgan(stage1, {
      imageSize: vqganImageSize(stage1, Math.sqrt(config.imageStates)),
      normEpsilon: 1e-6,
      pixelRange: "signed",
    }),
  };
}

/** The released model's heads are of this size. */
export const KAKAO_HEAD_SIZE = 64;

function find(files: readonly CheckpointFile[], tensor: string, name: string): Weights {
  const file = files.find(({ tensors }) => tensors.has(tensor));
  if (file) return new Weights(file, "state_dict.");
  throw new DalleError(
    "bad_file",
    `mindalle: none of the files has "${tensor}"; give config.yaml, stage1_last.ckpt, stage2_last.ckpt, and among them ${name}.`,
  );
}

function inferConfig(stage2: Weights, { heads, activation }: KakaoFacts): DenseTransformerConfig {
  const [textVocabulary, width] = stage2.shape("tok_emb_txt.weight") as [number, number];
  const sizes = {
    layers: stage2.count(/^blocks\.(\d+)\./),
    width,
    heads: heads ?? familyHeads(width, KAKAO_HEAD_SIZE),
    textVocabulary,
    textStates: stage2.shape("pos_emb_txt.weight")[0]!,
    imageCodes: stage2.shape("tok_emb_img.weight")[0]!,
    imageStates: stage2.shape("pos_emb_img.weight")[0]!,
    activation,
  };
  // No weight tells the heads: whoever said them can say others.
  const nextStep =
    heads === undefined ? undefined : "check the heads that config.yaml or --heads says";
  return stage2.sized(checkDenseTransformerConfig, sizes, nextStep);
}

function parameter(stage2: Weights, spec: ParameterSpec): GraphParameter {
  const fused = /^(layers\.\d+\.attention\.)query_key_value(\..*)$/.exec(spec.name);
  if (!fused) return single(stage2, spec, spec.name);
  // Three layers of the file are one of ours, one behind the other.
  const shape = [spec.shape[0]! / 3, ...spec.shape.slice(1)];
  const parts = ["query", "key", "value"].map((part) =>
    single(stage2, { ...spec, shape }, `${fused[1]}${part}${fused[2]}`),
  );
  return {
    ...spec,
    async data() {
      const together = new Float32Array(spec.shape.reduce((a, b) => a * b, 1));
      for (const [index, part] of parts.entries())
        together.set(await part.data(), (index * together.length) / 3);
      return together;
    },
  };
}

/** A weight under its name in the file; biases that the config leaves out are 0. */
function single(stage2: Weights, spec: ParameterSpec, name: string) {
  const source = sourceName(name);
  if (source.endsWith(".bias") && !stage2.has(source))
    return { ...spec, data: async () => new Float32Array(spec.shape[0]!) };
  return stage2.parameter(spec, source);
}

/** layers.0.feed_forward.expand.weight → blocks.0.mlp.0.weight */
function sourceName(name: string): string {
  return name
    .replace(/^text\.tokens\./, "tok_emb_txt.")
    .replace(/^image\.tokens\./, "tok_emb_img.")
    .replace(/^text\.positions\./, "pos_emb_txt.")
    .replace(/^image\.positions\./, "pos_emb_img.")
    .replace(/^text\.logits\./, "head_txt.")
    .replace(/^image\.logits\./, "head_img.")
    .replace(/^norm\./, "ln_f.")
    .replace(/^layers\./, "blocks.")
    .replace(".attention.norm.", ".ln1.")
    .replace(".feed_forward.norm.", ".ln2.")
    .replace(".attention.output.", ".attn.proj.")
    .replace(".attention.", ".attn.")
    .replace(".feed_forward.expand.", ".mlp.0.")
    .replace(".feed_forward.contract.", ".mlp.2.");
}
