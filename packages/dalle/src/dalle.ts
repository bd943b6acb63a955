/** @file `Dalle`: a loaded model, and what people do with it. */
import { encodesPictures } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { chooseEngine } from "#platform/engine";
import { bundledModel, readModelFolder } from "#platform/model-files";
import { checkContinuation, continueCaption } from "./captions/continue-caption.js";
import type { CompletionRegion } from "./completion/region.js";
import { fromNothing, type Start, startFrom } from "./completion/start.js";
import { twoPanels, UPPER_PANEL } from "./completion/two-panels.js";
import { bestByClip } from "./drawing/best-by-clip.js";
import { drawPictures, type PictureRequest } from "./drawing/draw-pictures.js";
import type { Engine, EngineName } from "./engine.js";
import { type Explanation, explainPicture } from "./explain/explanation.js";
import type { DalleImage } from "./images/image.js";
import { requireSize } from "./images/planes.js";
import {
  fitBatch,
  type MemoryEstimate,
  type MemoryQuestion,
  memoryLimit,
  weightsOf,
} from "./memory.js";
import { type ModelConfig, requireDrawing } from "./model-folder/config.js";
import type { ModelFolder, ReadModelFolderOptions } from "./model-folder/model-folder.js";
import { ModelParts } from "./model-parts.js";
import { drawSeed, seedOfImage } from "./random.js";
import {
  type CompleteOptions,
  type ContinuedCaption,
  type ContinueOptions,
  checkCaption,
  type EditOptions,
  type GeneratedImage,
  type GenerateOptions,
  type PictureOrder,
  resolveNumbers,
  type StreamCompletionOptions,
  type StreamEvent,
  type StreamOptions,
  type TranslateOptions,
  type VaryOptions,
} from "./requests.js";
import { cosineOf } from "./runtime/clip.js";
import type { CodeWalker } from "./runtime/code-walker.js";
import { type ResolvedSampling, resolveSampling, type SamplingOptions } from "./sampling.js";

export interface LoadOptions extends Omit<ReadModelFolderOptions, "verify"> {
  /** This engine or an error that says why not. @default the fastest that works here; `dalle.engine` shows it */
  readonly engine?: EngineName;
}

export class Dalle implements AsyncDisposable {
  readonly config: ModelConfig;
  /** Short hash of the model, as written into pictures. */
  readonly hash: string;
  /** What computes here, and why it is that. */
  readonly engine: Engine;
  readonly #folder: ModelFolder;
  readonly #parts: ModelParts;

  private constructor(folder: ModelFolder, parts: ModelParts, engine: Engine) {
    this.config = folder.config;
    this.hash = folder.hash;
    this.engine = engine;
    this.#folder = folder;
    this.#parts = parts;
  }

  /**
   * Opens a model folder and verifies every file of it; the graphs are loaded when they are first needed. In a page
   * `location` is the folder's address, "models/default/" beside the page by default, and the browser keeps what was downloaded.
   */
  static async load(location: string = bundledModel, options: LoadOptions = {}): Promise<Dalle> {
    const folder = await readModelFolder(location, options);
    const parts = await ModelParts.open(folder);
    return new Dalle(folder, parts, await chooseEngine(folder, options.engine));
  }

  /** The folder, or in a page the address, that it was loaded from. */
  get directory(): string {
    return this.#folder.directory;
  }

  /** Whether `logLikelihood` can be asked: the model draws codes, and reads them from pictures. */
  get knowsLikelihood(): boolean {
    const { dvae, transformer } = this.config;
    return transformer !== undefined && dvae !== undefined && encodesPictures(dvae);
  }

  /** Side in pixels of the square pictures that the model makes, or at least reads. */
  get imageSize(): number {
    const { dvae, clip } = this.config;
    return dvae?.imageSize ?? clip!.image.imageSize; // a config has one of them
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
    yield* this.#draw(caption, options, await startFrom(this.#parts.dvae, from));
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
    const start = await startFrom(this.#parts.dvae, { image, share });
    // Without a caption there is nothing to be guided to.
    const guidance = options.caption === undefined ? 1 : options.guidance;
    return wholePictures(this.#draw(caption, { ...options, guidance, partials: 0 }, start));
  }

  /**
   * Pictures of many requests, drawn in one batch, or in as many as the memory asks for: each is the same as if it were drawn alone. `index` of an event is the
   * place of its order; a picture that was given up has no more events. `signal` ends all of them with an error. Orders with
   * the same object as `from` share what is read of it.
   */
  async *streamTogether(
    orders: readonly PictureOrder[],
    options: Pick<GenerateOptions, "signal" | "onProgress"> = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const requests: PictureRequest[] = [];
    const starts = new Map<PictureOrder["from"], Start>([[undefined, fromNothing]]);
    for (const order of orders) {
      const { from } = order;
      if (!starts.has(from)) starts.set(from, await startFrom(this.#parts.dvae, from!));
      requests.push(this.#requestFor(order, starts.get(from)!));
    }
    const { batch } = this.#fitBatch({
      batch: requests.reduce((sum, { candidates }) => sum + candidates, 0),
      guided: requests.some(({ sampling }) => sampling.guidance !== 1),
      reranked: false,
    });
    yield* drawPictures(await this.#walker(), this.#parts.dvae, requests, { batch, ...options });
  }

  /**
   * Image to image: `image`, of the model's size, becomes the upper of two panels, half as large, and the lower one is drawn.
   * The pictures show both panels.
   */
  async translate(
    image: DalleImage,
    caption: string,
    options: TranslateOptions = {},
  ): Promise<GeneratedImage[]> {
    const panels = twoPanels(image, this.imageSize);
    return this.complete(panels, caption, { ...options, keep: UPPER_PANEL });
  }

  /**
   * Captions that begin with `prefix`, which may be empty, and go on as the captions that the model was taught with. End it
   * with a whole word: how text is cut into tokens depends on what follows.
   */
  async continueCaption(
    prefix: string,
    options: ContinueOptions = {},
  ): Promise<ContinuedCaption[]> {
    const { captionLogits, tokenizer } = this.#parts;
    const checked = checkContinuation(prefix, options, tokenizer, captionLogits.config);
    return continueCaption(captionLogits, tokenizer, checked);
  }

  /** The settings that `generate` draws with when it is asked with these. */
  sampling(asked: SamplingOptions = {}): ResolvedSampling {
    return resolveSampling(requireDrawing(this.config), asked);
  }

  /** What a request will take, and the batch that it will be drawn in; needs nothing that is not loaded yet. */
  estimateMemory(options: GenerateOptions & { readonly candidates?: number } = {}): MemoryEstimate {
    const { candidates = 1 } = options;
    const { count, rerank, batch, memory } = resolveNumbers(options);
    const asked = {
      batch: Math.max(candidates, Math.min(batch, candidates * (rerank ?? count))),
      guided: this.sampling(options).guidance !== 1,
      reranked: rerank !== undefined,
    };
    return this.#fitBatch(asked, memory);
  }

  #fitBatch(asked: MemoryQuestion, memory?: number): MemoryEstimate {
    const config = requireDrawing(this.config);
    // What is free lies beside the weights that are loaded, which the estimate counts.
    const held = weightsOf(config.files, (file) => this.#parts.holds(file));
    return fitBatch(config, asked, memory ?? held + memoryLimit());
  }

  /** How well a picture of the model's size matches a caption: the cosine of their CLIP embeddings, in [−1, 1]. */
  async score(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const { clip } = this.#parts;
    return cosineOf(
      await clip.embedImage(requireSize(image, this.imageSize)),
      await clip.embedTokens(this.#parts.clipTokens(caption)),
    );
  }

  /**
   * How likely the transformer makes a picture of the model's size for a caption: the mean log-probability of its codes,
   * in nats a code, ≤ 0.
   */
  async logLikelihood(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const codes = await this.#parts.dvae.encode(image);
    const walker = await this.#walker();
    const tokens = this.#parts.tokens(caption);
    const [sum] = await walker.logLikelihoods({ tokens, codes: [codes] });
    return sum! / codes.length;
  }

  /** A picture of the model's size as CLIP sees it: numbers of length 1, near each other for pictures that are alike. */
  async embed(image: DalleImage): Promise<Float32Array> {
    return this.#parts.clip.embedImage(requireSize(image, this.imageSize));
  }

  /** A caption as CLIP reads it, near the pictures that it describes. */
  async embedCaption(caption: string): Promise<Float32Array> {
    checkCaption(caption);
    return this.#parts.clip.embedTokens(this.#parts.clipTokens(caption));
  }

  /**
   * Which words of a caption each code of a picture looked at. `picture`: of the model's size, or its codes, which a drawn
   * picture has. See `attentionOverlay` for a picture of it.
   */
  async explain(picture: DalleImage | Int32Array, caption: string): Promise<Explanation> {
    checkCaption(caption);
    const { textAttention, tokenizer } = this.#parts;
    const codes = picture instanceof Int32Array ? picture : await this.#parts.dvae.encode(picture);
    const tokens = this.#parts.tokens(caption);
    return explainPicture(textAttention, tokenizer, { caption, tokens, codes });
  }

  /** The pictures of one request; its caption has been checked. */
  async *#draw(
    caption: string,
    options: StreamOptions & { readonly candidates?: number },
    { known, competing }: Start = fromNothing,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const { seed = drawSeed(), signal, onWarning, onProgress } = options;
    const { count, rerank, repeat, partials, ...numbers } = resolveNumbers(options);
    const candidates = competing ? numbers.candidates : 1;
    const sampling = this.sampling(options);
    const { batch } = this.estimateMemory({ ...options, candidates });
    const clip = rerank === undefined ? undefined : this.#parts.clip;
    const told = new Array<string>(repeat).fill(caption).join(" ");
    const tokens = this.#parts.tokens(told, onWarning);
    const requests = Array.from({ length: rerank ?? count }, (_, index) => ({
      ...{ caption, tokens, sampling, known, partials, candidates },
      seed: seedOfImage(seed, index),
    }));
    const drawing = { batch, signal, onProgress };
    const events = drawPictures(await this.#walker(), this.#parts.dvae, requests, drawing);
    yield* clip ? bestByClip(events, clip, this.#parts.clipTokens(caption), count, signal) : events;
  }

  #requestFor(order: PictureOrder, { known, competing }: Start): PictureRequest {
    const { caption, seed, from, signal } = order;
    const isVariation = from !== undefined && "share" in from;
    if (!(isVariation && caption === "")) checkCaption(caption);
    const { candidates, partials } = resolveNumbers({ partials: 0, ...order });
    return {
      ...{ caption, seed: seedOfImage(seed, 0), partials, known, signal },
      tokens: this.#parts.tokens(caption),
      sampling: this.sampling(caption === "" ? { ...order, guidance: 1 } : order),
      candidates: competing ? candidates : 1,
    };
  }

  /** A picture through the dVAE and back: what the model can see of it. The picture must have the model's size. */
  async reconstruct(image: DalleImage): Promise<DalleImage & { codes: Int32Array }> {
    const { dvae } = this.#parts;
    const codes = await dvae.encode(image);
    return { ...(await dvae.decode(codes)), codes };
  }

  /** Frees the model. A request under way ends with the error `disposed` at its next code. */
  async dispose(): Promise<void> {
    await this.#parts[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  #walker(): Promise<CodeWalker> {
    return this.#parts.walker(this.engine.name === "webgpu" ? "webgpu" : "cpu");
  }
}

async function wholePictures(events: AsyncIterable<StreamEvent>): Promise<GeneratedImage[]> {
  const images: GeneratedImage[] = [];
  for await (const event of events) if (event.type === "image") images.push(event.image);
  return images;
}
