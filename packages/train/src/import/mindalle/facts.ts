/** @file What minDALL-E's config.yaml tells and no weight does [SPEC §7.5]; what it leaves out is as in the released model. */
import { type DenseTransformerConfig, minDallE } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { parse } from "yaml";
import { z } from "zod";

export interface MinDallEFacts {
  readonly heads: number;
  readonly activation: DenseTransformerConfig["activation"];
  /** Side of the pictures in pixels. */
  readonly imageSize: number;
}

const schema = z.object({
  stage1: z.object({ hparams: z.object({ resolution: z.int().optional() }).optional() }).optional(),
  stage2: z
    .object({
      hparams: z
        .object({ n_heads: z.int().optional(), gelu_use_approx: z.boolean().optional() })
        .optional(),
    })
    .optional(),
});

/** text: of config.yaml. */
export function minDallEFacts(text: string): MinDallEFacts {
  try {
    // Without aliases: a few lines of them could stand for gigabytes.
    const { stage1, stage2 } = schema.parse(parse(text, { maxAliasCount: 0 }));
    return {
      heads: stage2?.hparams?.n_heads ?? minDallE.heads,
      activation: stage2?.hparams?.gelu_use_approx ? "quickGelu" : "gelu",
      imageSize: stage1?.hparams?.resolution ?? 256,
    };
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `mindalle: its config.yaml cannot be read (${String((cause as Error).message).split("\n")[0]}); get it again.`,
      { cause },
    );
  }
}
