/** @file `Dalle`: a loaded model, and what people do with it. */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import {
  type CodeModelConfig,
  captionLimit,
  codeGrid,
  encodesPictures,
  type PictureCodecConfig,
} from "@dalle-ts/models";
import { badOption, DalleError } from "@dalle-ts/tensor";
import { keptAroundHole } from "./completion/random-hole.js";
import { keptCodes } from "./completion/region.js";
import { bestByClip } from "./drawing/best-by-clip.js";
import { competes } from "./drawing/candidates.js";
import { type DrawPicturesOptions, drawPictures } from "./drawing/draw-pictures.js";
import type { DalleImage } from "./images/image.js";
import { CLIP_TOKENIZER_FILE, type ModelConfig } from "./model-folder/config.js";
import { type ModelFolder, readModelFolder } from "./model-folder/read.js";
import { drawSeed, type SeededRandom } from "./random.js";
import {
  type CompleteOptions,
  checkCaption,
  type EditOptions,
  type GeneratedImage,
  type GenerateOptions,
  resolveNumbers,
  type StreamCompletionOptions,
  type StreamEvent,
  type StreamOptions,
  type VaryOptions,
} from "./requests.js";
import { ClipRuntime, cosineOf } from "./runtime/clip.js";
import type { CodeWalker } from "./runtime/code-walker.js";
import { DvaeRuntime } from "./runtime/dvae.js";
import { openWalker } from "./runtime/open-walker.js";
import { disposedError } from "./runtime/session.js";
import { type ResolvedSampling, resolveSampling, type SamplingOptions } from "./sampling.js";
import { CaptionTokenizer } from "./tokenizer.js";

/** Where the model that ships with the package lies. */
export const bundledModel = fileURLToPath(new URL("../../../models/default", import.meta.url));

const TOKENIZER_FILE = "tokenizer.json";

/** Who reads captions: the transformer, and CLIP, which may have a vocabulary of its own. */
interface Tokenizers {
  readonly caption: CaptionTokenizer | undefined;
  readonly clip: CaptionTokenizer | undefined;
}

export class Dalle implements AsyncDisposable {
  readonly config: ModelConfig;
  /** Short hash of the model, as written into pictures. */
  readonly hash: string;
  readonly #folder: ModelFolder;
  readonly #tokenizers: Tokenizers;
  readonly #pictures: DvaeRuntime | undefined;
  readonly #clip: ClipRuntime | undefined;
  #decoder: Promise<CodeWalker> | undefined;
  #disposed = false;

  private constructor(folder: ModelFolder, tokenizers: Tokenizers) {
    this.config = folder.config;
    this.hash = folder.hash;
    this.#folder = folder;
    this.#tokenizers = tokenizers;
    const { dvae, clip } = folder.config;
    this.#pictures = dvae && new DvaeRuntime(folder.directory, dvae);
    this.#clip = clip && new ClipRuntime(folder.directory, clip);
  }

  /** Opens a model folder and verifies every file of it; the graphs are loaded when they are first needed. */
  static async load(directory: string = bundledModel): Promise<Dalle> {
    const folder = await readModelFolder(directory);
    const read = async (name: string) =>
      Object.hasOwn(folder.config.files, name)
        ? CaptionTokenizer.fromJson(await readFile(folder.path(name), "utf8"))
        : undefined;
    const caption = await read(TOKENIZER_FILE);
    return new Dalle(folder, { caption, clip: (await read(CLIP_TOKENIZER_FILE)) ?? caption });
  }

  /** The folder that it was loaded from. */
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
    const kept = keptCodes(options, this.#codec);
    const known = { codes: await this.#dvae().encode(image), kept };
    yield* this.#draw(caption, options, () => known, competes(kept));
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
    if (!(typeof share === "number" && share > 0 && share < 1)) {
      throw badOption("share", "a number in (0, 1)", share);
    }
    const codes = await this.#dvae().encode(image);
    const { side } = codeGrid(this.#codec);
    const known = ({ next }: SeededRandom) => ({ codes, kept: keptAroundHole(side, share, next) });
    // Without a caption there is nothing to be guided to.
    const guidance = options.caption === undefined ? 1 : options.guidance;
    return wholePictures(this.#draw(caption, { ...options, guidance, partials: 0 }, known));
  }

  /** The settings that `generate` draws with when it is asked with these. */
  sampling(asked: SamplingOptions = {}): ResolvedSampling {
    const { sampling } = this.config;
    return resolveSampling({ sampling, transformer: this.#transformer }, asked);
  }

  /** How well a picture of the model's size matches a caption: the cosine of their CLIP embeddings, in [−1, 1]. */
  async score(image: DalleImage, caption: string): Promise<number> {
    checkCaption(caption);
    const clip = this.#requireClip();
    return cosineOf(
      await clip.embedImage(image),
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
    return this.#requireClip().embedImage(image);
  }

  /** Every request ends here; its caption has been checked. */
  async *#draw(
    caption: string,
    options: StreamOptions & { readonly candidates?: number },
    known?: DrawPicturesOptions["known"],
    isCompeting = known !== undefined,
  ): AsyncGenerator<StreamEvent, void, undefined> {
    const { seed = drawSeed(), signal, onWarning, onProgress } = options;
    const { count, rerank, candidates, ...numbers } = resolveNumbers(options);
    const sampling = this.sampling(options);
    const clip = rerank === undefined ? undefined : this.#requireClip();
    const tokens = this.#tokens(caption, onWarning);
    const events = drawPictures(await this.#openDecoder(), this.#dvae(), {
      ...{ caption, tokens, sampling, seed, known, signal, onProgress },
      ...numbers,
      count: rerank ?? count,
      candidates: isCompeting ? candidates : 1,
    });
    yield* clip ? bestByClip(events, clip, this.#clipTokens(caption), count, signal) : events;
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
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.dispose();
  }

  async #openDecoder(): Promise<CodeWalker> {
    if (this.#disposed) throw disposedError();
    this.#decoder ??= openWalker(this.#folder.directory, this.#transformer);
    return this.#decoder;
  }

  get #transformer(): CodeModelConfig {
    const { transformer, name } = this.config;
    if (transformer) return transformer;
    throw new DalleError(
      "unsupported",
      `The model ${name} has no transformer, which draws pictures for captions; use a model that has.`,
    );
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
