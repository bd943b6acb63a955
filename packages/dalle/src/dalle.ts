/** @file `Dalle`: a loaded model, and what people do with it. */
import { encodesPictures } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { checkEngine, chooseEngine } from "#platform/engine";
import { bundledModel, readModelFolder } from "#platform/model-files";
import { throwIfAborted } from "./abort.js";
import { checkContinuation, continueCaption } from "./captions/continue-caption.js";
import type { CompletionRegion } from "./completion/region.js";
import { checkStart, type Start } from "./completion/start.js";
import { twoPanels, UPPER_PANEL } from "./completion/two-panels.js";
import { bestByClip } from "./drawing/best-by-clip.js";
import { drawPictures, type PictureRequest } from "./drawing/draw-pictures.js";
import type { Engine, EngineName } from "./engine.js";
import { type Explanation, explainPicture } from "./explain/explanation.js";
import type { DalleImage } from "./images/image.js";
import { requireSize } from "./images/planes.js";
import { LoadedParts } from "./loaded-parts.js";
import {
  fitBatch,
  type MemoryEstimate,
  type MemoryQuestion,
  memoryLimit,
  weightsOf,
} from "./memory.js";
import { type ModelConfig, requireDrawing } from "./model-folder/config.js";
import type { ModelFolder, ReadModelFolderOptions } from "./model-folder/model-folder.js";
import { drawSeed, seedOfImage } from "./random.js";
import {
  type CaptionOptions,
  type CompleteOptions,
  type ContinuedCaption,
  type ContinueOptions,
  checkCaption,
  type EditOptions,
  type GeneratedImage,
  type GenerateOptions,
  type LikelihoodOptions,
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
  readonly engine?: EngineName | undefined;
}

/**
 * A loaded model. It takes requests at any time, also several at once, and each gets what it would get alone; what fails is a
 * `DalleError`. Whoever holds it lets it go: by `await using`, or by `dispose`.
 */
export class Dalle implements AsyncDisposable {
  readonly config: ModelConfig;
  /** Short hash of the model, as written into pictures. */
  readonly hash: string;
  /** What computes here, and why it is that. */
  readonly engine: Engine;
  readonly #folder: ModelFolder;
  readonly #parts: LoadedParts;

  private constructor(folder: ModelFolder, parts: LoadedParts, engine: Engine) {
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
    if (typeof location !== "string")
      throw badOption("location", "the path or the address of a model folder, as text", location);
    checkEngine(options.engine);
    const folder = await readModelFolder(location, options);
    const parts = await LoadedParts.open(folder);
    const engine = await chooseEngine(folder, options.engine);
    throwIfAborted(options.signal); // no graph is open yet that would have to be let go
    return new Dalle(folder, parts, engine);
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
    yield* this.#draw(caption, options, { image, ...({ keep, mask } as CompletionRegion) });
  }

  /** What the mask shows white is drawn anew, as the caption says of the whole picture. */
  async edit(image: DalleImage, caption: string, options: EditOptions): Promise<GeneratedImage[]> {
    return this.complete(image, caption, options);
  }

  /** New pictures near one: each draws another random rectangle anew, and keeps the codes around it. */
  async vary(image: DalleImage, options: VaryOptions = {}): Promise<GeneratedImage[]> {
    const { caption, share = 0.5 } = options;
    if (caption === undefined) refuseCaptionSettings(options);
    else checkCaption(caption);
    // Whatever the model recommends, without a caption there is nothing to be guided to.
    const guidance = caption === undefined ? 1 : options.guidance;
    const asked = { ...options, guidance, partials: 0 };
    return wholePictures(this.#draw(caption ?? "", asked, { image, share }));
  }

  /**
   * Pictures of many requests, drawn in one batch, or in as many as the memory asks for: each is the same as if it were
   * drawn alone. `index` of an event is the place of its order; a picture that was given up has no more events.
   * `signal` ends all of them with an error. Orders with the same object as `from` share what is read of it.
   */
  async *streamTogether(
    orders: readonly PictureOrder[],
    options: Pick<GenerateOptions, "signal" | "onProgress" | "onWarning"> = {},
  ): AsyncGenerator<StreamEvent, void, undefined> {
    throwIfAborted(options.signal);
    requireDrawing(this.config);
    const { dvae } = this.#parts;
    const starts = new Map(orders.map(({ from }) => [from, checkStart(dvae, from)]));
    // All are checked before a graph is opened for the first.
    const checked = orders.map((order) =>
      this.#requestFor(order, starts.get(order.from)!, options.onWarning),
    );
    const known = new Map<PictureOrder["from"], PictureRequest["known"]>();
    for (const [from, start] of starts) known.set(from, await start.read());
    const requests = checked.map((request, index) => ({
      ...request,
      known: known.get(orders[index]!.from),
    }));
    const { batch } = this.#fitBatch({
      batch: requests.reduce((sum, { candidates }) => sum + candidates, 0),
      candidates: Math.max(1, ...requests.map(({ candidates }) => candidates)),
      guided: requests.some(({ sampling }) => sampling.guidance !== 1),
      reranked: false,
    });
    yield* drawPictures(await this.#walker(), dvae, requests, { batch, ...options });
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

  /**
   * What a request will take, and the batch that it will be drawn in; needs nothing that is not loaded yet. `candidates`: of a
   * completion whose kept codes come after its hole, where there are more than one.
   */
  estimateMemory(
    options: GenerateOptions & { readonly candidates?: number | undefined } = {},
  ): MemoryEstimate {
    const { candidates = 1 } = options;
    const { count, rerank, batch, memory } = resolveNumbers(options);
    const pictures = Math.max(1, Math.min(Math.floor(batch / candidates), rerank ?? count));
    const asked = {
      batch: candidates * pictures,
      candidates,
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
  async score(image: DalleImage, caption: string, options: CaptionOptions = {}): Promise<number> {
    checkCaption(caption);
    const embedded = await this.embed(image);
    return cosineOf(embedded, await this.embedCaption(caption, options));
  }

  /**
   * How likely the transformer makes a picture of the model's size for a caption: the mean log-probability of its codes,
   * in nats a code, ≤ 0.
   */
  async logLikelihood(
    image: DalleImage,
    caption: string,
    { signal, onWarning }: LikelihoodOptions = {},
  ): Promise<number> {
    checkCaption(caption);
    throwIfAborted(signal);
    const tokens = this.#parts.tokens(caption, onWarning);
    const codes = await this.#parts.dvae.encode(image);
    const walker = await this.#walker();
    const [sum] = await walker.logLikelihoods({ tokens, codes: [codes], signal });
    return sum! / codes.length;
  }

  /** A picture of the model's size as CLIP sees it: numbers of length 1, near each other for pictures that are alike. */
  async embed(image: DalleImage): Promise<Float32Array> {
    return this.#parts.clip.embedImage(requireSize(image, this.imageSize));
  }

  /** A caption as CLIP reads it, near the pictures that it describes. */
  async embedCaption(caption: string, { onWarning }: CaptionOptions = {}): Promise<Float32Array> {
    checkCaption(caption);
    return this.#parts.clip.embedTokens(this.#parts.clipTokens(caption, onWarning));
  }

  /**
   * Which words of a caption each code of a picture looked at. `picture`: of the model's size, or its codes, which a drawn
   * picture has. See `attentionOverlay` for a picture of it.
   */
  async explain(
    picture: DalleImage | Int32Array,
    caption: string,
    { onWarning }: CaptionOptions = {},
  ): Promise<Explanation> {
    checkCaption(caption);
    const { textAttention, tokenizer } = this.#parts;
    const tokens = this.#parts.tokens(caption, onWarning);
    const codes = picture instanceof Int32Array ? picture : await this.#parts.dvae.encode(picture);
    return explainPicture(textAttention, tokenizer, { caption, tokens, codes });
  }

  /** The pictures of one request; its caption has been checked. */
  async *#draw(
    caption: string,
    options: StreamOptions & { readonly candidates?: number | undefined },
    from?: PictureOrder["from"],
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const { seed = drawSeed(), signal, onWarning, onProgress } = options;
    // 1. Refuse what cannot be done, before any graph is opened.
    throwIfAborted(signal);
    const { count, rerank, repeat, partials, ...numbers } = resolveNumbers(options);
    const sampling = this.sampling(options);
    const { dvae } = this.#parts;
    const start = checkStart(dvae, from);
    const candidates = start.competing ? numbers.candidates : 1;
    const { batch } = this.estimateMemory({ ...options, candidates });
    const seeds = Array.from({ length: rerank ?? count }, (_, index) => seedOfImage(seed, index));
    const once = this.#parts.tokens(caption, onWarning);
    // That not all repetitions fit is as it was asked for, and no warning.
    const repeated = () => this.#parts.tokens(new Array<string>(repeat).fill(caption).join(" "));
    const tokens = repeat === 1 ? once : repeated();
    const judge = rerank !== undefined && {
      clip: this.#parts.clip,
      tokens: this.#parts.clipTokens(caption, onWarning),
    };
    // 2. Read the picture that it starts from, and draw.
    const known = await start.read();
    const requests = seeds.map((seed) => ({
      caption,
      tokens,
      sampling,
      known,
      partials,
      candidates,
      seed,
    }));
    const drawing = { batch, signal, onProgress };
    const events = drawPictures(await this.#walker(), dvae, requests, drawing);
    yield* judge ? bestByClip(events, judge.clip, judge.tokens, count, signal) : events;
  }

  #requestFor(
    order: PictureOrder,
    { competing }: Start,
    onWarning: GenerateOptions["onWarning"],
  ): Omit<PictureRequest, "known"> {
    const { caption, seed, from, signal, partials: shown = 0 } = order;
    const isVariation = from !== undefined && "share" in from;
    if (!(isVariation && caption === "")) checkCaption(caption);
    const { candidates, partials } = resolveNumbers({ ...order, partials: shown });
    return {
      caption,
      seed: seedOfImage(seed, 0),
      partials,
      signal,
      tokens: this.#parts.tokens(caption, onWarning),
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

/** Of a variation without a caption: what only a caption gives a meaning. */
function refuseCaptionSettings(options: VaryOptions): void {
  const { rerank, repeat } = resolveNumbers(options);
  const { guidance = 1 } = options;
  if (rerank !== undefined) throw badOption("rerank", "a caption to match", "none");
  if (guidance !== 1) throw badOption("guidance", "a caption to be guided to", "none");
  if (repeat !== 1) throw badOption("repeat", "a caption to read again", "none");
}

async function wholePictures(events: AsyncIterable<StreamEvent>): Promise<GeneratedImage[]> {
  const images: GeneratedImage[] = [];
  for await (const event of events) if (event.type === "image") images.push(event.image);
  return images;
}
