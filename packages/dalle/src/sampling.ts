/**
 * @file How codes are drawn when a request does not say: as the model's config recommends, else plainly, as the paper
 * samples (temperature 1, all codes, no guidance; section 2.6).
 */
import { badOption } from "@dalle-ts/tensor";
import type { ModelConfig } from "./model-folder/config.js";
import { checkSampleOptions } from "./sample.js";

export interface SamplingOptions {
  /** Softmax temperature, ≥ 0; 0 takes the most likely code. @default as the model recommends, or 1 */
  readonly temperature?: number | undefined;
  /** Keep only the k most likely codes; an integer in [1, codes of the model]. @default as the model recommends, or all */
  readonly topK?: number | undefined;
  /** Then keep the fewest codes whose probabilities reach p; a number in (0, 1]. @default as the model recommends, or 1 */
  readonly topP?: number | undefined;
  /**
   * Classifier-free guidance: how far to move from what an empty caption would give; a number in [−1000, 1000], 1 is
   * plain sampling.
   * @default as the model recommends, or 1
   */
  readonly guidance?: number | undefined;
  /**
   * Share of the codes to draw, from the first on, that are guided; a number in (0, 1]. What a picture shows is settled by
   * its first codes, and those that are not guided take half the work [Kynkäänniemi et al. 2024, for diffusion].
   * @default as the model recommends, or 1
   */
  readonly guidanceEnd?: number | undefined;
}

export interface ResolvedSampling {
  readonly temperature: number;
  readonly topK?: number;
  readonly topP: number;
  readonly guidance: number;
  /** Only of pictures that are guided, where the request or the model says it. */
  readonly guidanceEnd?: number;
}

/** Far more than any picture profits from, and far from where logits overflow. */
export const MOST_GUIDANCE = 1000;

const plain = { temperature: 1, topP: 1, guidance: 1 } as const;

/** Every setting that a picture is drawn with; topK only where there is a limit. Refuses impossible ones by name. */
export function resolveSampling(
  {
    sampling = {},
    transformer,
  }: Pick<ModelConfig, "sampling"> & { readonly transformer: { readonly imageCodes: number } },
  asked: SamplingOptions = {},
): ResolvedSampling {
  const topK = asked.topK ?? sampling.topK;
  const guidance = asked.guidance ?? sampling.guidance ?? plain.guidance;
  const end = asked.guidanceEnd ?? sampling.guidanceEnd;
  const resolved = {
    temperature: asked.temperature ?? sampling.temperature ?? plain.temperature,
    ...(topK === undefined ? {} : { topK }),
    topP: asked.topP ?? sampling.topP ?? plain.topP,
    guidance,
    ...(end === undefined || guidance === 1 ? {} : { guidanceEnd: end }),
  };
  checkSampleOptions(resolved, transformer.imageCodes);
  if (!(typeof guidance === "number" && Math.abs(guidance) <= MOST_GUIDANCE)) {
    const expected = `a number in [-${MOST_GUIDANCE}, ${MOST_GUIDANCE}]`;
    throw badOption("guidance", expected, guidance);
  }
  if (end !== undefined && !(typeof end === "number" && end > 0 && end <= 1))
    throw badOption("guidanceEnd", "a number in (0, 1]", end);
  return resolved;
}
