/** @file What minDALL-E's config.yaml tells and no weight does [SPEC §7.5]. */
import type { DenseTransformerConfig } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { parse } from "yaml";
import { z } from "zod";
import type { ImportFacts } from "../facts.js";
import { textEndingIn } from "../read-texts.js";

export interface KakaoFacts {
  /** Undefined where the file does not say it. */
  readonly heads: number | undefined;
  readonly activation: DenseTransformerConfig["activation"];
}

const schema = z.object({
  stage2: z
    .object({
      hparams: z
        .object({ n_heads: z.int().optional(), gelu_use_approx: z.boolean().optional() })
        .optional(),
    })
    .optional(),
});

/** As the user says it, else as the config.yaml among the paths does. */
export async function findKakaoFacts(
  paths: readonly string[],
  { heads }: Pick<ImportFacts, "heads">,
): Promise<KakaoFacts> {
  const told = kakaoFacts(await textEndingIn(paths, ".yaml", "config.yaml"));
  return { ...told, heads: heads ?? told.heads };
}

/** text: of config.yaml. */
export function kakaoFacts(text: string): KakaoFacts {
  try {
    // Without aliases: a few lines of them could stand for gigabytes.
    const { stage2 } = schema.parse(parse(text, { maxAliasCount: 0 }));
    return {
      heads: stage2?.hparams?.n_heads,
      activation: stage2?.hparams?.gelu_use_approx ? "quickGelu" : "gelu",
    };
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `mindalle: its config.yaml cannot be read (${String((cause as Error).message).split("\n")[0]}); get it again.`,
      { cause },
    );
  }
}
