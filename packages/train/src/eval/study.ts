/**
 * @file What an evaluation's pictures say beyond right and wrong: how well CLIP finds them to match, how far they are from
 * true ones as a crowd, the loss on true pictures that training did or did not show, and the nearest training pictures.
 */
import { paint, type RgbImage, type Split, worldSample } from "@dalle-ts/data";
import type { Dalle } from "dalle-ts";
import { cosineOf } from "dalle-ts/parts";
import { throwIfCancelled } from "./cancelled.js";
import { type CodeLoss, codeLosses } from "./code-loss.js";
import type { EvaluationReport, JudgedPicture } from "./evaluate.js";
import { frechetDistance } from "./frechet.js";
import { type NearestStudy, nearestStudy } from "./nearest-study.js";
import { type PairRetrieval, pairRetrieval } from "./pair-retrieval.js";
import { lastStream } from "./training-stream.js";

export type Studied = Pick<
  Dalle,
  "config" | "imageSize" | "reconstruct" | "embed" | "embedCaption" | "logLikelihood"
>;

export interface StudyOptions {
  /**
   * True pictures of each kind whose loss is measured; an integer >= 2. @default as many as were judged of a split, 64
   * at most
   */
  readonly lossPictures?: number;
  /** Pictures of the evaluation whose nearest training picture is looked for, half of each split. @default 64 */
  readonly samples?: number;
  /** Training pictures that are looked through, at most. @default 60_000 */
  readonly among?: number;
  /** Held-out pairs of picture and caption that CLIP is to tell apart; an integer >= 2. @default 1000 */
  readonly pairs?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (what: string, done: number, total: number) => void;
}

export interface Study {
  readonly loss: readonly CodeLoss[];
  /** Only of a model that has CLIP. */
  readonly clip?: readonly ClipStudy[];
  /** Only of a model that has CLIP. */
  readonly retrieval?: PairRetrieval;
  /** Only of a model that was taught the painted world. */
  readonly nearest?: NearestStudy;
}

/**
 * Of the first picture made for each of one split's captions, beside true pictures for the same captions: CLIP's favourites were
 * chosen by the very cosine that is the score.
 */
export interface ClipStudy {
  readonly split: Split;
  readonly count: number;
  /** Mean cosine of picture and caption. */
  readonly score: { readonly made: number; readonly painted: number };
  /** Distance to true pictures in CLIP's space: of those made, and of other true ones, which is the least one can expect. */
  readonly frechet: { readonly made: number; readonly painted: number };
}

/** pictures: those of the report's evaluation, as `onPicture` showed them. */
export async function study(
  dalle: Studied,
  report: EvaluationReport,
  pictures: readonly JudgedPicture[],
  options: StudyOptions = {},
): Promise<Study> {
  const judged = report.splits[0]!.whole.count;
  const {
    lossPictures = Math.min(64, Math.max(2, judged)),
    samples = 64,
    among = 60_000,
    pairs = 1000,
    signal,
    onProgress,
  } = options;
  const training = lastStream(dalle.config);
  const families = report.splits[0]!.families.map(({ family }) => family);
  const loss = await codeLosses(dalle, {
    count: lossPictures,
    seed: report.seed,
    training,
    families,
    signal,
    onProgress: (done, total) => onProgress?.("measuring the loss", done, total),
  });
  const splits = report.splits.map(({ split }) => split);
  const ofSplit = (split: Split) => pictures.filter((picture) => picture.split === split);
  const clip: ClipStudy[] = [];
  for (const split of dalle.config.clip ? splits : []) {
    clip.push(await clipStudy(dalle, split, ofSplit(split), report.seed, signal));
  }
  const reconstructing: Pick<Studied, "reconstruct"> = {
    reconstruct(image) {
      throwIfCancelled(signal);
      return dalle.reconstruct(image);
    },
  };
  const chosen = splits.flatMap((split) => ofSplit(split).slice(0, samples / splits.length));
  return {
    loss,
    ...(clip.length > 0 && {
      clip,
      retrieval: await pairRetrieval(dalle, {
        split: "held-out",
        families,
        seed: report.seed + 2, // other scenes than those judged, and than the others of clipStudy
        pairs,
        paint: (scene) => paintedLike(pictures[0]!.image, scene),
        signal,
        onProgress: (done, total) => onProgress?.("telling pictures apart", done, total),
      }),
    }),
    ...(training && {
      nearest: await nearestStudy(reconstructing, chosen, training, among, (done, total) => {
        throwIfCancelled(signal);
        onProgress?.("looking through training pictures", done, total);
      }),
    }),
  };
}

async function clipStudy(
  dalle: Studied,
  split: Split,
  pictures: readonly JudgedPicture[],
  seed: number,
  signal: AbortSignal | undefined,
): Promise<ClipStudy> {
  const sums = { made: 0, painted: 0 };
  const features: Record<"made" | "painted" | "others", Float32Array[]> = {
    made: [],
    painted: [],
    others: [],
  };
  for (const [index, { caption, first: image, scene }] of pictures.entries()) {
    throwIfCancelled(signal);
    const painted = paintedLike(image, scene);
    const families = [scene.family];
    const other = worldSample(seed + 1, index, { split, families });
    const asked = await dalle.embedCaption(caption);
    const embedded = { made: await dalle.embed(image), painted: await dalle.embed(painted) };
    for (const kind of ["made", "painted"] as const) {
      sums[kind] += cosineOf(embedded[kind], asked);
      features[kind].push(embedded[kind]);
    }
    features.others.push(await dalle.embed(paintedLike(image, other.scene)));
  }
  const count = pictures.length;
  return {
    split,
    count,
    score: { made: sums.made / count, painted: sums.painted / count },
    frechet: {
      made: frechetDistance(features.made, features.painted),
      painted: frechetDistance(features.others, features.painted),
    },
  };
}

function paintedLike({ width, height }: RgbImage, scene: JudgedPicture["scene"]): RgbImage {
  return { width, height, pixels: paint(scene, width) };
}
