/** @file `Dalle`: a loaded model, and what people do with it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { badOption, DalleError } from "@dalle-ts/tensor";
import type { DalleImage } from "./images/image.js";
import type { ModelConfig } from "./model-folder/config.js";
import { type ModelFolder, readModelFolder } from "./model-folder/read.js";
import { drawSeed, SeededRandom, seedOfImage } from "./random.js";
import { ClipRuntime, cosineOf } from "./runtime/clip.js";
import { CodeDecoder } from "./runtime/code-decoder.js";
import { DvaeRuntime } from "./runtime/dvae.js";
import { type ResolvedSampling, resolveSampling, type SamplingOptions } from "./sampling.js";
import { CaptionTokenizer } from "./tokenizer.js";

/** What is not said of temperature, topK, topP and guidance is as the model's config recommends. */
export interface GenerateOptions extends SamplingOptions {
  /** Pictures to make; an integer in [1, 1000]. @default 1 */
  readonly count?: number;
  /** Image i is drawn with seed + i, whatever the batch; an integer in [0, 2^53). @default a random one */
  readonly seed?: number;
  /**
   * Make this many and return the `count` of them that match the caption best by CLIP, best first [SPEC §4]; an integer
   * in [count, 1000]. @default count, in the order of the seeds
   */
  readonly rerank?: number;
  /** Pictures decoded together; an integer in [1, 64]. The pictures do not depend on it. @default 8 */
  readonly batch?: number;
  /** Cancels at the next code. */
  readonly signal?: AbortSignal;
  /** Told what could not be done as asked, such as the end of a caption that is too long. */
  readonly onWarning?: (warning: string) => void;
  /** Codes drawn so far, over all pictures. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface GeneratedImage extends DalleImage {
  readonly caption: string;
  /** Makes this very picture again, with count 1. */
  readonly seed: number;
  /** The picture's codes in raster order. */
  readonly codes: Int32Array;
  /** Of a reranked picture: how well it matches the caption, as `score` says it. */
  readonly score?: number;
}

/** Where the model that ships with the package lies. */
export const bundledModel = fileURLToPath(new URL("../../../models/default", import.meta.url));

/** Longer captions are refused: no model reads that far. */
const LONGEST_CAPTION = 4000;

export class Dalle implements AsyncDisposable {
  readonly config: ModelConfig;
  /** Short hash of the model, as written into pictures. */
  readonly hash: string;
  readonly #folder: ModelFolder;
  readonly #tokenizer: CaptionTokenizer;
  readonly #dvae: DvaeRuntime;
  readonly #clip: ClipRuntime | undefined;
  #decoder: Promise<CodeDecoder> | undefined;

  private constructor(folder: ModelFolder, tokenizer: CaptionTokenizer) {
    this.config = folder.config;
    this.hash = folder.hash;
    this.#folder = folder;
    this.#tokenizer = tokenizer;
    this.#dvae = new DvaeRuntime(folder.directory, folder.config.dvae);
    const { clip } = folder.config;
    this.#clip = clip && new ClipRuntime(folder.directory, clip);
  }

  /** Opens a model folder and verifies every file of it; the graphs are loaded when they are first needed. */
  static async load(directory: string = bundledModel): Promise<Dalle> {
    const folder = await readModelFolder(directory);
    const json = await readFile(folder.path("tokenizer.json"), "utf8");
    return new Dalle(folder, CaptionTokenizer.fromJson(json));
  }

  /** Pictures for a caption. Same model, caption, options and seed: same pictures. */
  async generate(caption: string, options: GenerateOptions = {}): Promise<GeneratedImage[]> {
    const { count = 1, seed = drawSeed(), batch = 8, rerank } = options;
    this.#check(caption, { ...options, count, batch });
    const drawn = { ...options, ...this.sampling(options), seed, batch };
    if (rerank === undefined) return this.#draw(caption, count, drawn);
    const clip = this.#requireClip();
    const told = await clip.embedTokens(this.#tokens(caption));
    const scored: (GeneratedImage & { score: number })[] = [];
    for (const image of await this.#draw(caption, rerank, drawn)) {
      scored.push({ ...image, score: cosineOf(await clip.embedImage(image), told) });
    }
    return scored.sort((a, b) => b.score - a.score || a.seed - b.seed).slice(0, count);
  }

  /** The settings that `generate` draws with when it is asked with these. */
  sampling(asked: SamplingOptions = {}): ResolvedSampling {
    return resolveSampling(this.config, asked);
  }

  /** How well a picture of the model's size matches a caption: the cosine of their CLIP embeddings, in [−1, 1]. */
  async score(image: DalleImage, caption: string): Promise<number> {
    this.#checkCaption(caption);
    const clip = this.#requireClip();
    return cosineOf(await clip.embedImage(image), await clip.embedTokens(this.#tokens(caption)));
  }

  /**
   * How likely the transformer makes a picture of the model's size for a caption: the mean log-probability of its codes,
   * in nats a code, ≤ 0.
   */
  async logLikelihood(image: DalleImage, caption: string): Promise<number> {
    this.#checkCaption(caption);
    const codes = await this.#dvae.encode(image);
    const decoder = await this.#openDecoder();
    const [sum] = await decoder.logLikelihoods({ tokens: this.#tokens(caption), codes: [codes] });
    return sum! / codes.length;
  }

  /** A picture of the model's size as CLIP sees it: numbers of length 1, near each other for pictures that are alike. */
  async embed(image: DalleImage): Promise<Float32Array> {
    return this.#requireClip().embedImage(image);
  }

  /** Pictures of seed, seed + 1, …, whether they match or not. */
  async #draw(
    caption: string,
    count: number,
    options: GenerateOptions & Required<Pick<GenerateOptions, "seed" | "batch">>,
  ): Promise<GeneratedImage[]> {
    const { seed, batch } = options;
    const tokens = this.#tokens(caption, options.onWarning);
    const decoder = await this.#openDecoder();
    const perImage = this.config.transformer.gridRows * this.config.transformer.gridColumns;
    const images: GeneratedImage[] = [];
    for (let start = 0; start < count; start += batch) {
      const seeds = Array.from({ length: Math.min(batch, count - start) }, (_, index) =>
        seedOfImage(seed, start + index),
      );
      const codes = await decoder.draw({
        ...options,
        tokens,
        randoms: seeds.map((each) => new SeededRandom(each)),
        onCode: (known) =>
          options.onProgress?.(start * perImage + known * seeds.length, count * perImage),
      });
      for (const [index, each] of seeds.entries()) {
        const image = await this.#dvae.decode(codes[index]!);
        images.push({ ...image, caption, seed: each, codes: codes[index]! });
      }
    }
    return images;
  }

  /** A picture through the dVAE and back: what the model can see of it. The picture must have the model's size. */
  async reconstruct(image: DalleImage): Promise<DalleImage & { codes: Int32Array }> {
    const codes = await this.#dvae.encode(image);
    return { ...(await this.#dvae.decode(codes)), codes };
  }

  async dispose(): Promise<void> {
    await (await this.#decoder)?.[Symbol.asyncDispose]();
    await this.#dvae[Symbol.asyncDispose]();
    await this.#clip?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  #openDecoder(): Promise<CodeDecoder> {
    this.#decoder ??= CodeDecoder.open(this.#folder.directory, this.config.transformer);
    return this.#decoder;
  }

  #requireClip(): ClipRuntime {
    if (this.#clip) return this.#clip;
    throw new DalleError(
      "unsupported",
      `The model ${this.config.name} has no CLIP to score pictures with; use one that has, or export it with a run of \`dalle train clip\`.`,
    );
  }

  #check(caption: string, { count = 1, batch, rerank }: GenerateOptions): void {
    this.#checkCaption(caption);
    requireInteger("count", count, 1, 1000);
    if (rerank !== undefined) requireInteger("rerank", rerank, count, 1000);
    requireInteger("batch", batch, 1, 64);
  }

  #checkCaption(caption: string): void {
    if (typeof caption !== "string" || caption.trim() === "") {
      throw badOption("caption", "some text that says what to draw", JSON.stringify(caption));
    }
    if (caption.length > LONGEST_CAPTION) {
      throw badOption(
        "caption",
        `at most ${LONGEST_CAPTION} characters`,
        `${caption.length} characters`,
      );
    }
  }

  #tokens(caption: string, onWarning?: GenerateOptions["onWarning"]): readonly number[] {
    const limit = this.config.transformer.textStates - 1; // one state is the start
    const { ids, dropped } = this.#tokenizer.fitCaption(caption, limit);
    if (dropped !== undefined) {
      onWarning?.(
        `The model reads ${limit} tokens; the end of the caption was left out: "${dropped}".`,
      );
    }
    return ids;
  }
}

function requireInteger(name: string, value: unknown, low: number, high: number): void {
  if (!(Number.isInteger(value) && (value as number) >= low && (value as number) <= high)) {
    throw badOption(name, `an integer in [${low}, ${high}]`, value);
  }
}
