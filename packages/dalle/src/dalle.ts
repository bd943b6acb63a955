/** @file `Dalle`: a loaded model, and what people do with it. */
import {
  type CodeModelConfig,
  captionLimit,
  codeGrid,
  encodesPictures,
  type PictureCodecConfig,
} from "@dalle-ts/models";
import { badOption, DalleError } from "@dalle-ts/tensor";
import { chooseEngine } from "#platform/engine";
import { bundledModel, readModelFolder } from "#platform/model-files";
import { checkContinuation, continueCaption } from "./captions/continue-caption.js";
import { keptAroundHole } from "./completion/random-hole.js";
import { type CompletionRegion, keptCodes } from "./completion/region.js";
import { twoPanels, UPPER_PANEL } from "./completion/two-panels.js";
import { bestByClip } from "./drawing/best-by-clip.js";
import { competes } from "./drawing/candidates.js";
import { drawPictures, type PictureRequest } from "./drawing/draw-pictures.js";
import type { Engine, EngineName } from "./engine.js";
import { type Explanation, explainPicture } from "./explain/explanation.js";
import type { DalleImage } from "./images/image.js";
import { requireSize } from "./images/planes.js";
import { fitBatch, type MemoryEstimate } from "./memory.js";
import { CLIP_TOKENIZER_FILE, type ModelConfig, requireDrawing } from "./model-folder/config.js";
import type { ModelFolder, ReadModelFolderOptions } from "./model-folder/model-folder.js";
import { drawSeed, type SeededRandom, seedOfImage } from "./random.js";
import {
  type CompleteOptions,
  type CompletionStart,
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
  type VariationStart,
  type VaryOptions,
} from "./requests.js";
import { CaptionLogitsRuntime } from "./runtime/caption-logits.js";
import { ClipRuntime, cosineOf } from "./runtime/clip.js";
import type { CodeWalker } from "./runtime/code-walker.js";
import { DvaeRuntime } from "./runtime/dvae.js";
import { openWalker } from "./runtime/open-walker.js";
import { disposedError } from "./runtime/session.js";
import { TextAttentionRuntime } from "./runtime/text-attention.js";
import { type ResolvedSampling, resolveSampling, type SamplingOptions } from "./sampling.js";
import { CaptionTokenizer } from "./tokenizer.js";

export interface LoadOptions extends Omit<ReadModelFolderOptions, "verify"> {
  /** This engine or an error that says why not. @default the fastest that works here; `dalle.engine` shows it */
  readonly engine?: EngineName;
}

const TOKENIZER_FILE = "tokenizer.json";

/** Who reads captions: the transformer, and CLIP, which may have a vocabulary of its own. */
interface Tokenizers {
  readonly caption: CaptionTokenizer | undefined;
  readonly clip: CaptionTokenizer | undefined;
}

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
  /** What computes here, and why it is that. */
  readonly engine: Engine;
  readonly #folder: ModelFolder;
  readonly #tokenizers: Tokenizers;
  readonly #pictures: DvaeRuntime | undefined;
  readonly #clip: ClipRuntime | undefined;
  readonly #textAttention: TextAttentionRuntime | undefined;
  readonly #captionLogits: CaptionLogitsRuntime | undefined;
  #decoder: Promise<CodeWalker> | undefined;
  #disposed = false;

  private constructor(folder: ModelFolder, tokenizers: Tokenizers, engine: Engine) {
    this.config = folder.config;
    this.hash = folder.hash;
    this.engine = engine;
    this.#folder = folder;
    this.#tokenizers = tokenizers;
    const { dvae, transformer, clip } = folder.config;
    this.#pictures = dvae && new DvaeRuntime(folder, dvae);
    this.#clip = clip && new ClipRuntime(folder, clip);
    // Only the paper's transformer has these graphs.
    if (!transformer || transformer.family !== undefined) return;
    this.#textAttention = new TextAttentionRuntime(folder, transformer);
    this.#captionLogits = new CaptionLogitsRuntime(folder, transformer);
  }

  /**
   * Opens a model folder and verifies every file of it; the graphs are loaded when they are first needed. In a page
   * `location` is the folder's address, "models/default/" beside the page by default, and the browser keeps what was downloaded.
   */
  static async load(location: string = bundledModel, options: LoadOptions = {}): Promise<Dalle> {
    const folder = await readModelFolder(location, options);
    const read = async (name: string) =>
      Object.hasOwn(folder.config.files, name)
        ? CaptionTokenizer.fromJson(new TextDecoder().decode(await folder.read(name)))
        : undefined;
    const caption = await read(TOKENIZER_FILE);
    const tokenizers = { caption, clip: (await read(CLIP_TOKENIZER_FILE)) ?? caption };
    return new Dalle(folder, tokenizers, await chooseEngine(folder, options.engine));
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
    yield* drawPictures(await this.#openDecoder(), this.#dvae(), requests, { batch, ...options });
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
    const runtime = this.#require(this.#captionLogits, "continues captions");
    const tokenizer = this.#requireTokenizer("caption");
    const checked = checkContinuation(prefix, options, tokenizer, runtime.config);
    this.#folder.path("transformer-text.onnx"); // refuses a model that was exported without it
    return continueCaption(runtime, tokenizer, checked);
  }

  /** The settings that `generate` draws with when it is asked with these. */
  sampling(asked: SamplingOptions = {}): ResolvedSampling {
    const { sampling } = this.config;
    return resolveSampling({ sampling, transformer: this.#transformer }, asked);
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
    return fitBatch(requireDrawing(this.config), asked, memory);
  }

  /** How well a picture of the model's size matches a caption: the cosine of their CLIP embeddings, in [−1, 1]. */
  async score(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const clip = this.#requireClip();
    return cosineOf(
      await clip.embedImage(requireSize(image, this.imageSize)),
      await clip.embedTokens(this.#clipTokens(caption)),
    );
  }

  /**
   * How likely the transformer makes a picture of the model's size for a caption: the mean log-probability of its codes,
   * in nats a code, ≤ 0.
   */
  async logLikelihood(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const codes = await this.#dvae().encode(image);
    const decoder = await this.#openDecoder();
    const [sum] = await decoder.logLikelihoods({ tokens: this.#tokens(caption), codes: [codes] });
    return sum! / codes.length;
  }

  /** A picture of the model's size as CLIP sees it: numbers of length 1, near each other for pictures that are alike. */
  async embed(image: DalleImage): Promise<Float32Array> {
    return this.#requireClip().embedImage(requireSize(image, this.imageSize));
  }

  /** A caption as CLIP reads it, near the pictures that it describes. */
  async embedCaption(caption: string): Promise<Float32Array> {
    checkCaption(caption);
    return this.#requireClip().embedTokens(this.#clipTokens(caption));
  }

  /**
   * Which words of a caption each code of a picture looked at. `picture`: of the model's size, or its codes, which a drawn
   * picture has. See `attentionOverlay` for a picture of it.
   */
  async explain(picture: DalleImage | Int32Array, caption: string): Promise<Explanation> {
    checkCaption(caption);
    const runtime = this.#require(this.#textAttention, "explains pictures");
    this.#folder.path("transformer-explain.onnx"); // refuses a model that was exported without it
    const codes = picture instanceof Int32Array ? picture : await this.#dvae().encode(picture);
    const tokens = this.#tokens(caption);
    const tokenizer = this.#requireTokenizer("caption");
    return explainPicture(runtime, tokenizer, { caption, tokens, codes });
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
    const clip = rerank === undefined ? undefined : this.#requireClip();
    const told = new Array<string>(repeat).fill(caption).join(" ");
    const tokens = this.#tokens(told, onWarning);
    const requests = Array.from({ length: rerank ?? count }, (_, index) => ({
      ...{ caption, tokens, sampling, known, partials, candidates },
      seed: seedOfImage(seed, index),
    }));
    const drawing = { batch, signal, onProgress };
    const events = drawPictures(await this.#openDecoder(), this.#dvae(), requests, drawing);
    yield* clip ? bestByClip(events, clip, this.#clipTokens(caption), count, signal) : events;
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
      const kept = keptCodes(from, this.#codec);
      const known = { codes: await this.#dvae().encode(from.image), kept };
      return { known: () => known, competing: competes(kept) };
    }
    const { image, share } = from;
    if (!(typeof share === "number" && share > 0 && share < 1)) {
      throw badOption("share", "a number in (0, 1)", share);
    }
    const codes = await this.#dvae().encode(image);
    const { side } = codeGrid(this.#codec);
    const known = ({ next }: SeededRandom) => ({ codes, kept: keptAroundHole(side, share, next) });
    return { known, competing: true };
  }

  /** A picture through the dVAE and back: what the model can see of it. The picture must have the model's size. */
  async reconstruct(image: DalleImage): Promise<DalleImage & { codes: Int32Array }> {
    const codes = await this.#dvae().encode(image);
    return { ...(await this.#dvae().decode(codes)), codes };
  }

  /** Frees the model. A request under way ends with the error `disposed` at its next code. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await (await this.#decoder)?.[Symbol.asyncDispose]();
    await this.#pictures?.[Symbol.asyncDispose]();
    await this.#clip?.[Symbol.asyncDispose]();
    await this.#textAttention?.[Symbol.asyncDispose]();
    await this.#captionLogits?.[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #openDecoder(): Promise<CodeWalker> {
    if (this.#disposed) throw disposedError();
    const device = this.engine.name === "webgpu" ? "webgpu" : "cpu";
    this.#decoder ??= openWalker(this.#folder, this.#transformer, device);
    return this.#decoder;
  }

  /** What only the paper's transformer has. */
  #require<Runtime>(runtime: Runtime | undefined, does: string): Runtime {
    if (this.#disposed) throw disposedError();
    if (runtime) return runtime;
    throw new DalleError(
      "unsupported",
      `The model ${this.config.name} has no transformer that ${does}; use one that was trained here.`,
    );
  }

  get #transformer(): CodeModelConfig {
    return requireDrawing(this.config).transformer;
  }

  get #codec(): PictureCodecConfig {
    return this.#dvae().config;
  }

  #dvae(): DvaeRuntime {
    if (this.#pictures) return this.#pictures;
    throw new DalleError(
      "unsupported",
      `The model ${this.config.name} has no dVAE, which turns pictures into codes and back; use a model that has.`,
    );
  }

  #requireClip(): ClipRuntime {
    if (this.#clip) return this.#clip;
    throw new DalleError(
      "unsupported",
      `The model ${this.config.name} has no CLIP to score pictures with; use one that has, or export it with a run of \`dalle train clip\`.`,
    );
  }

  #tokens(caption: string, onWarning?: GenerateOptions["onWarning"]): readonly number[] {
    const limit = captionLimit(this.#transformer);
    const { ids, dropped } = this.#requireTokenizer("caption").fitCaption(caption, limit);
    if (dropped !== undefined) {
      onWarning?.(
        `The model reads ${limit} tokens; the end of the caption was left out: "${dropped}".`,
      );
    }
    return ids;
  }

  #clipTokens(caption: string): readonly number[] {
    const { text } = this.#requireClip().config;
    return this.#requireTokenizer("clip").fitCaption(caption, text.states - 2).ids;
  }

  #requireTokenizer(reader: keyof Tokenizers): CaptionTokenizer {
    const tokenizer = this.#tokenizers[reader];
    if (tokenizer) return tokenizer;
    throw new DalleError(
      "bad_model",
      `The model ${this.config.name} has no tokenizer, which reads captions; copy or export it again.`,
    );
  }
}

async function wholePictures(events: AsyncIterable<StreamEvent>): Promise<GeneratedImage[]> {
  const images: GeneratedImage[] = [];
  for await (const event of events) if (event.type === "image") images.push(event.image);
  return images;
}
