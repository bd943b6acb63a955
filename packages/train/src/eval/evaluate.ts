/**
 * @file How often a model paints what the caption says, judged from pixels or by retrieval: the first picture of a
 * caption (best of 1), and with `rerank` also the one of many that CLIP likes best. Captions come from a seed of their
 * own: of compositions that training draws from, in fresh scenes and wordings, and of held-out compositions, which
 * training never shows.
 */
import {
  attributesOf,
  type FamilyName,
  familyNames,
  judge,
  judgedFamilyNames,
  type Split,
  type Verdict,
  type WorldSample,
  worldSample,
} from "@dalle-ts/data";
import { badOption, DalleError } from "@dalle-ts/tensor";
import type { Dalle, DalleImage, GenerateOptions } from "dalle-ts";
import { seedOfImage } from "dalle-ts/parts";
import { drawCandidates, reconstructCandidates } from "./candidates.js";
import { FidelityTally, type SplitFidelity } from "./fidelity.js";
import { Retrieval } from "./retrieval.js";
import { isReadFromPixels, type SplitScore, Tally } from "./tally.js";

/** Recipes train with small seeds; this one is of the day the paper's system was announced. */
export const EVALUATION_SEED = 20_210_105;

export interface EvaluateOptions
  extends Pick<
    GenerateOptions,
    "temperature" | "topK" | "topP" | "guidance" | "guidanceEnd" | "signal"
  > {
  /** @default those that the model was taught; without CLIP only those with a judge that reads pixels */
  readonly families?: readonly FamilyName[];
  /** Captions in each split, over all families; an integer >= 1. @default 200 */
  readonly count?: number;
  /** Of the captions, and seed + i of picture i; not one that a model was trained with. @default EVALUATION_SEED */
  readonly seed?: number;
  /** @default both */
  readonly splits?: readonly Split[];
  /**
   * Pictures made for each caption, of which CLIP's favourite is judged beside the first one; an integer >= 2.
   * @default one picture, without CLIP
   */
  readonly rerank?: number;
  /**
   * "generations" judges pictures made from captions; "reconstructions" true pictures passed through the dVAE, which is
   * the best that any transformer can do with it. @default "generations"
   */
  readonly pictures?: "generations" | "reconstructions";
  readonly onProgress?: (done: number, total: number) => void;
  /** Told of a seed that the model was taught with. */
  readonly onWarning?: (warning: string) => void;
  /** Shown every picture as it is judged; of a caption with several, the one that CLIP likes best. */
  readonly onPicture?: (judged: JudgedPicture) => void;
}

export interface JudgedPicture extends WorldSample {
  readonly split: Split;
  readonly image: DalleImage;
  /** Of a reconstruction: the true picture. */
  readonly original?: DalleImage;
  /** The first picture of the caption, which CLIP has not chosen; without reranking the same as `image`. */
  readonly first: DalleImage;
  readonly verdict: Verdict;
  /** Every attribute is right. */
  readonly right: boolean;
}

export interface EvaluationReport {
  readonly model: { readonly name: string; readonly hash: string };
  readonly pictures: "generations" | "reconstructions";
  readonly seed: number;
  /** Of the first picture of each caption. */
  readonly splits: readonly SplitScore[];
  /**
   * Of CLIP's favourite among `of` pictures of each caption, in the same order of splits. Of families that CLIP judges too,
   * it is chooser and judge in one; `fromPixels` of each score leaves those out.
   */
  readonly reranked?: { readonly of: number; readonly splits: readonly SplitScore[] };
  /** Of reconstructions: how near they are to the true pictures, in the same order of splits. */
  readonly fidelity?: readonly SplitFidelity[];
}

/** Captions at a time: more would be hardly faster together, and a cancelled evaluation waits for them. */
const TOGETHER = 8;

/** What is asked of a model: to draw, or to reconstruct. */
export type Judgeable = Pick<
  Dalle,
  "config" | "hash" | "imageSize" | "generate" | "streamTogether" | "reconstruct" | "embed"
>;

/** The same model, options and seed give the same report. */
export async function evaluate(
  dalle: Judgeable,
  options: EvaluateOptions = {},
): Promise<EvaluationReport> {
  const { count = 200, seed = EVALUATION_SEED, families = taughtFamilies(dalle) } = options;
  const { splits = ["train", "held-out"], pictures = "generations" } = options;
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw badOption("count", "an integer >= 1", count);
  }
  const { rerank } = options;
  if (rerank !== undefined && !(Number.isSafeInteger(rerank) && rerank >= 2)) {
    throw badOption("rerank", "an integer >= 2", rerank);
  }
  refuseUnjudgeable(dalle, families);
  if (dalle.config.world.some((taught) => taught.seed === seed)) {
    options.onWarning?.(
      `${dalle.config.name} was taught captions and pictures of seed ${seed}, so that its scores of seen compositions are of what it may know by heart; choose another seed.`,
    );
  }
  const size = dalle.imageSize;
  const { temperature, topK, topP, guidance, guidanceEnd, signal } = options;
  const retrieval = new Retrieval((image) => dalle.embed(image), size, seed + 1, signal);
  const verdictOn = async ({ scene }: WorldSample, image: DalleImage) =>
    isReadFromPixels(scene.family)
      ? judge(scene, image.pixels, image.width)
      : retrieval.judge(scene, image);
  const drawing = { temperature, topK, topP, guidance, guidanceEnd, rerank, signal };
  const scores: { first: SplitScore; favourite: SplitScore }[] = [];
  const fidelity: SplitFidelity[] = [];
  let done = 0;
  for (const split of splits) {
    const first = new Tally(split, families);
    const favourite = new Tally(split, families);
    const kept = new FidelityTally(split, dalle.config.dvae?.codes ?? 0);
    for (let start = 0; start < count; start += TOGETHER) {
      const asked = Array.from({ length: Math.min(TOGETHER, count - start) }, (_, place) => ({
        ...worldSample(seed, start + place, { split, families }),
        seed: seedOfImage(seed, start + place),
      }));
      const candidates =
        pictures === "reconstructions"
          ? reconstructCandidates(dalle, asked, signal)
          : drawCandidates(dalle, asked, drawing);
      for await (const { asked: each, first: drawn, favourite: image, original } of candidates) {
        const { seed: _, ...sample } = each;
        const { family } = sample.scene;
        const attributes = attributesOf(sample.scene);
        const verdict = await verdictOn(sample, image);
        const right = favourite.add(family, verdict, attributes);
        first.add(family, drawn === image ? verdict : await verdictOn(sample, drawn), attributes);
        if (original) kept.add(family, original, image);
        const shown = { ...sample, split, image, first: drawn, verdict, right };
        options.onPicture?.({ ...shown, ...(original && { original }) });
        options.onProgress?.(++done, splits.length * count);
      }
    }
    scores.push({ first: first.score(), favourite: favourite.score() });
    if (pictures === "reconstructions") fidelity.push(kept.score());
  }
  return {
    model: { name: dalle.config.name, hash: dalle.hash },
    pictures,
    seed,
    splits: scores.map((each) => each.first),
    ...(rerank && { reranked: { of: rerank, splits: scores.map((each) => each.favourite) } }),
    ...(pictures === "reconstructions" && { fidelity }),
  };
}

function taughtFamilies({ config }: Judgeable): FamilyName[] {
  const known = new Set(config.world.flatMap(({ families }) => families));
  const taught = familyNames.filter(
    (family) => known.has(family) && (config.clip !== undefined || isReadFromPixels(family)),
  );
  if (taught.length > 0) return taught;
  throw new DalleError(
    "unsupported",
    `${config.name} was taught no family that can be judged (${config.trainedOn}); name some to evaluate it all the same, among ${judgedFamilyNames.join(", ")}.`,
  );
}

/** Before the first picture is made: retrieval needs CLIP, and the judges look at 64 × 64 pixels, or a whole multiple of it. */
function refuseUnjudgeable(
  { config, imageSize: size }: Judgeable,
  families: readonly FamilyName[],
): void {
  const unread = families.filter((family) => !isReadFromPixels(family));
  if (unread.length > 0 && config.clip === undefined) {
    throw new DalleError(
      "unsupported",
      `No judge reads pictures of ${unread.join(", ")}, and ${config.name} has no CLIP to retrieve them with; evaluate families among ${judgedFamilyNames.join(", ")}.`,
    );
  }
  if (size % 64 === 0 || unread.length === families.length) return;
  throw new DalleError(
    "unsupported",
    `The judges look at pictures of 64 pixels or a multiple of it and this model makes ${size}; evaluate another model.`,
  );
}
