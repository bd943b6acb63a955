/** @file `Dalle`: a loaded model, and what people do with it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { badOption, DalleError } from "@dalle-ts/tensor";
import { keptAroundHole } from "./completion/random-hole.js";
import { type CompletionRegion, keptCodes } from "./completion/region.js";
import { bestByClip } from "./drawing/best-by-clip.js";
import { competes } from "./drawing/candidates.js";
import { drawPictures, type PictureRequest } from "./drawing/draw-pictures.js";
import type { DalleImage } from "./images/image.js";
import type { ModelConfig } from "./model-folder/config.js";
import { type ModelFolder, readModelFolder } from "./model-folder/read.js";
import { drawSeed, type SeededRandom, seedOfImage } from "./random.js";
import {
  type CompleteOptions,
  type CompletionStart,
  checkCaption,
  type EditOptions,
  type GeneratedImage,
  type GenerateOptions,
  type PictureOrder,
  resolveNumbers,
  type StreamCompletionOptions,
  type StreamEvent,
  type StreamOptions,
  type VariationStart,
  type VaryOptions,
} from "./requests.js";
import { ClipRuntime, cosineOf } from "./runtime/clip.js";
import { CodeDecoder } from "./runtime/code-decoder.js";
import { DvaeRuntime } from "./runtime/dvae.js";
import { disposedError } from "./runtime/session.js";
import { type ResolvedSampling, resolveSampling, type SamplingOptions } from "./sampling.js";
import { CaptionTokenizer } from "./tokenizer.js";

/** Where the model that ships with the package lies. */
export const bundledModel = fileURLToPath(new URL("../../../models/default", import.meta.url));

/** What of a picture is known before it is drawn, and whether candidates for the rest can be told apart. */
interface Start {
  readonly known?: PictureRequest["known"];
  readonly competing: boolean;
}

const fromNothing: Start = { competing: false };

export class Dalle implements AsyncDisposable {
  readonly config: ModelConfig;
  /** Short hash of the model, as written into pictures. */
  readonly hash: string;
  readonly #folder: ModelFolder;
  readonly #tokenizer: CaptionTokenizer;
  readonly #dvae: DvaeRuntime;
  readonly #clip: ClipRuntime | undefined;
  #decoder: Promise<CodeDecoder> | undefined;
  #disposed = false;

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
    return wholePictures(this.stream(caption, { ...options, partials: 0 }));
  }

  /** The pictures that `generate` makes, and what each looks like on its way. Leaving the loop stops the drawing. */
  async *stream(
    caption: string,
    options: StreamOptions = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    checkCaption(caption);
    yield* this.#draw(caption, options);
  }

  /**
   * New pictures that keep part of one and follow a caption, which describes the whole picture. `image` has the model's
   * size; what is kept is snapped to whole codes, and those codes come back unchanged. See docs/completion.md.
   */
  async complete(
    image: DalleImage,
    caption: string,
    options: CompleteOptions,
  ): Promise<GeneratedImage[]> {
    return wholePictures(this.streamCompletion(image, caption, { ...options, partials: 0 }));
  }

  /** The pictures that `complete` makes, and what each looks like on its way. */
  async *streamCompletion(
    image: DalleImage,
    caption: string,
    options: StreamCompletionOptions,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    checkCaption(caption);
    const { keep, mask } = options;
    const from = { image, ...({ keep, mask } as CompletionRegion) };
    yield* this.#draw(caption, options, await this.#startFrom(from));
  }

  /** What the mask shows white is drawn anew, as the caption says of the whole picture. */
  async edit(image: DalleImage, caption: string, options: EditOptions): Promise<GeneratedImage[]> {
    return this.complete(image, caption, options);
  }

  /** New pictures near one: each draws another random rectangle anew, and keeps the codes around it. */
  async vary(image: DalleImage, options: VaryOptions = {}): Promise<GeneratedImage[]> {
    const { caption = "", share = 0.5 } = options;
    if (options.caption !== undefined) checkCaption(caption);
    if (options.rerank !== undefined && options.caption === undefined) {
      throw badOption("rerank", "a caption to match", "none");
    }
    const start = await this.#startFrom({ image, share });
    // Without a caption there is nothing to be guided to.
    const guidance = options.caption === undefined ? 1 : options.guidance;
    return wholePictures(this.#draw(caption, { ...options, guidance, partials: 0 }, start));
  }

  /**
   * Pictures of many requests, drawn in one batch: each is the same as if it were drawn alone. `index` of an event is the
   * place of its order; a picture that was given up has no more events. `signal` ends all of them with an error.
   */
  async *streamTogether(
    orders: readonly PictureOrder[],
    options: Pick<GenerateOptions, "signal" | "onProgress"> = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const requests: PictureRequest[] = [];
    for (const order of orders) requests.push(await this.#requestFor(order));
    const batch = requests.reduce((sum, { candidates }) => sum + candidates, 0);
    yield* drawPictures(await this.#openDecoder(), this.#dvae, requests, { batch, ...options });
  }

  /** The settings that `generate` draws with when it is asked with these. */
  sampling(asked: SamplingOptions = {}): ResolvedSampling {
    return resolveSampling(this.config, asked);
  }

  /** How well a picture of the model's size matches a caption: the cosine of their CLIP embeddings, in [−1, 1]. */
  async score(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const clip = this.#requireClip();
    return cosineOf(await clip.embedImage(image), await clip.embedTokens(this.#tokens(caption)));
  }

  /**
   * How likely the transformer makes a picture of the model's size for a caption: the mean log-probability of its codes,
   * in nats a code, ≤ 0.
   */
  async logLikelihood(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const codes = await this.#dvae.encode(image);
    const decoder = await this.#openDecoder();
    const [sum] = await decoder.logLikelihoods({ tokens: this.#tokens(caption), codes: [codes] });
    return sum! / codes.length;
  }

  /** A picture of the model's size as CLIP sees it: numbers of length 1, near each other for pictures that are alike. */
  async embed(image: DalleImage): Promise<Float32Array> {
    return this.#requireClip().embedImage(image);
  }

  /** The pictures of one request; its caption has been checked. */
  async *#draw(
    caption: string,
    options: StreamOptions & { readonly candidates?: number },
    { known, competing }: Start = fromNothing,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const { seed = drawSeed(), signal, onWarning, onProgress } = options;
    const { count, rerank, batch, candidates, partials } = resolveNumbers(options);
    const sampling = this.sampling(options);
    const clip = rerank === undefined ? undefined : this.#requireClip();
    const tokens = this.#tokens(caption, onWarning);
    const requests = Array.from({ length: rerank ?? count }, (_, index) => ({
      ...{ caption, tokens, sampling, known, partials },
      seed: seedOfImage(seed, index),
      candidates: competing ? candidates : 1,
    }));
    const drawing = { batch, signal, onProgress };
    const events = drawPictures(await this.#openDecoder(), this.#dvae, requests, drawing);
    yield* clip ? bestByClip(events, clip, tokens, count, signal) : events;
  }

  async #requestFor(order: PictureOrder): Promise<PictureRequest> {
    const { caption, seed, from, signal } = order;
    const isVariation = from !== undefined && "share" in from;
    if (!(isVariation && caption === "")) checkCaption(caption);
    const { candidates, partials } = resolveNumbers({ partials: 0, ...order });
    const { known, competing } = from ? await this.#startFrom(from) : fromNothing;
    return {
      ...{ caption, seed: seedOfImage(seed, 0), partials, known, signal },
      tokens: this.#tokens(caption),
      sampling: this.sampling(caption === "" ? { ...order, guidance: 1 } : order),
      candidates: competing ? candidates : 1,
    };
  }

  async #startFrom(from: CompletionStart | VariationStart): Promise<Start> {
    if (!("share" in from)) {
      const kept = keptCodes(from, this.config.dvae);
      const known = { codes: await this.#dvae.encode(from.image), kept };
      return { known: () => known, competing: competes(kept) };
    }
    const { image, share } = from;
    if (!(typeof share === "number" && share > 0 && share < 1)) {
      throw badOption("share", "a number in (0, 1)", share);
    }
    const codes = await this.#dvae.encode(image);
    const side = this.config.transformer.gridRows;
    const known = ({ next }: SeededRandom) => ({ codes, kept: keptAroundHole(side, share, next) });
    return { known, competing: true };
  }

  /** A picture through the dVAE and back: what the model can see of it. The picture must have the model's size. */
  async reconstruct(image: DalleImage): Promise<DalleImage & { codes: Int32Array }> {
    const codes = await this.#dvae.encode(image);
    return { ...(await this.#dvae.decode(codes)), codes };
  }

  /** Frees the model. A request under way ends with the error `disposed` at its next code. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await (await this.#decoder)?.[Symbol.asyncDispose]();
    await this.#dvae[Symbol.asyncDispose]();
    await this.#clip?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #openDecoder(): Promise<CodeDecoder> {
    if (this.#disposed) throw disposedError();
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

async function wholePictures(events: AsyncIterable<StreamEvent>): Promise<GeneratedImage[]> {
  const images: GeneratedImage[] = [];
  for await (const event of events) if (event.type === "image") images.push(event.image);
  return images;
}
