/**
 * @file The parts of a loaded model, each opened when it is first needed. A model may lack some of them; asking for one that it
 * lacks is refused in a sentence that says what to use instead.
 */
import { captionLimit } from "@dalle-ts/models";
import { DalleError } from "@dalle-ts/tensor";
import { leftOutWarning } from "./captions/left-out.js";
import { readCaptionTokenizer, TOKENIZER_FILE } from "./captions/read-tokenizer.js";
import type { Device } from "./engine.js";
import { CLIP_TOKENIZER_FILE, type ModelConfig, requireDrawing } from "./model-folder/config.js";
import type { ModelFolder } from "./model-folder/model-folder.js";
import type { GenerateOptions } from "./requests.js";
import { CaptionLogitsRuntime } from "./runtime/caption-logits.js";
import { ClipRuntime } from "./runtime/clip.js";
import type { CodeWalker } from "./runtime/code-walker.js";
import { disposeAll } from "./runtime/dispose-all.js";
import { DvaeRuntime } from "./runtime/dvae.js";
import { openWalker } from "./runtime/open-walker.js";
import { OpenedLater } from "./runtime/opened-later.js";
import { disposedError } from "./runtime/session.js";
import { TextAttentionRuntime } from "./runtime/text-attention.js";
import { CaptionTokenizer } from "./tokenizer.js";

/** Who reads captions: the transformer, and CLIP, which may have a vocabulary of its own. */
interface Tokenizers {
  readonly caption: CaptionTokenizer | undefined;
  readonly clip: CaptionTokenizer | undefined;
}

export class LoadedParts implements AsyncDisposable {
  readonly config: ModelConfig;
  readonly #folder: ModelFolder;
  readonly #tokenizers: Tokenizers;
  readonly #dvae: DvaeRuntime | undefined;
  readonly #clip: ClipRuntime | undefined;
  readonly #textAttention: TextAttentionRuntime | undefined;
  readonly #captionLogits: CaptionLogitsRuntime | undefined;
  readonly #walker = new OpenedLater<CodeWalker>();
  #disposed = false;

  private constructor(folder: ModelFolder, tokenizers: Tokenizers) {
    this.config = folder.config;
    this.#folder = folder;
    this.#tokenizers = tokenizers;
    const { dvae, transformer, clip } = folder.config;
    this.#dvae = dvae && new DvaeRuntime(folder, dvae);
    this.#clip = clip && new ClipRuntime(folder, clip);
    // Only the paper's transformer has these graphs.
    if (!transformer || transformer.family !== undefined) return;
    this.#textAttention = new TextAttentionRuntime(folder, transformer);
    this.#captionLogits = new CaptionLogitsRuntime(folder, transformer);
  }

  static async open(folder: ModelFolder): Promise<LoadedParts> {
    const has = (name: string) => Object.hasOwn(folder.config.files, name);
    const caption = has(TOKENIZER_FILE) ? await readCaptionTokenizer(folder) : undefined;
    const clip = has(CLIP_TOKENIZER_FILE)
      ? CaptionTokenizer.fromJson(new TextDecoder().decode(await folder.read(CLIP_TOKENIZER_FILE)))
      : caption;
    return new LoadedParts(folder, { caption, clip });
  }

  /** Draws codes. */
  async walker(device: Device): Promise<CodeWalker> {
    return this.#walker.get(() =>
      openWalker(this.#folder, requireDrawing(this.config).transformer, device),
    );
  }

  get dvae(): DvaeRuntime {
    const lacking = "dVAE, which turns pictures into codes and back; use a model that has";
    return this.#part(this.#dvae, lacking);
  }

  get clip(): ClipRuntime {
    const lacking =
      "CLIP to score pictures with; use one that has, or export it with a run of `dalle train clip`";
    return this.#part(this.#clip, lacking);
  }

  get textAttention(): TextAttentionRuntime {
    return this.#graph(this.#textAttention, "transformer-explain.onnx", "explains pictures");
  }

  get captionLogits(): CaptionLogitsRuntime {
    return this.#graph(this.#captionLogits, "transformer-text.onnx", "continues captions");
  }

  /** What only the paper's transformer has, and not in every folder. */
  #graph<Runtime>(runtime: Runtime | undefined, file: string, does: string): Runtime {
    const part = this.#part(runtime, `transformer that ${does}; use one that was trained here`);
    this.#folder.path(file); // refuses a model that was exported without it
    return part;
  }

  /** lacking: what a model without it has not, and what to do then. */
  #part<Runtime>(runtime: Runtime | undefined, lacking: string): Runtime {
    if (this.#disposed) throw disposedError();
    if (runtime) return runtime;
    throw new DalleError("unsupported", `The model ${this.config.name} has no ${lacking}.`);
  }

  get tokenizer(): CaptionTokenizer {
    return this.#tokenizer("caption");
  }

  #tokenizer(reader: keyof Tokenizers): CaptionTokenizer {
    const tokenizer = this.#tokenizers[reader];
    if (tokenizer) return tokenizer;
    throw new DalleError(
      "bad_model",
      `The model ${this.config.name} has no tokenizer, which reads captions; import or export it again with its tokenizer.`,
    );
  }

  /** As the transformer reads a caption. */
  tokens(caption: string, onWarning?: GenerateOptions["onWarning"]): readonly number[] {
    const limit = captionLimit(requireDrawing(this.config).transformer);
    return fitted(this.tokenizer, caption, { reader: "The model", limit }, onWarning);
  }

  /** As CLIP reads a caption. */
  clipTokens(caption: string, onWarning?: GenerateOptions["onWarning"]): readonly number[] {
    const limit = this.clip.config.text.states - 2; // those of its start and its end
    return fitted(this.#tokenizer("clip"), caption, { reader: "CLIP", limit }, onWarning);
  }

  /** Whether the weights in this file are loaded, to draw or to score with. */
  holds(file: string): boolean {
    if (file.startsWith("dvae-")) return this.#dvae?.holds(file) ?? false;
    if (file.startsWith("clip-")) return this.#clip?.holds(file) ?? false;
    return this.#walker.isOpen;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    await disposeAll([
      this.#walker,
      this.#dvae,
      this.#clip,
      this.#textAttention,
      this.#captionLogits,
    ]);
  }
}

/** The tokens that fit; warns of the end that does not. */
function fitted(
  tokenizer: CaptionTokenizer,
  caption: string,
  { reader, limit }: { readonly reader: string; readonly limit: number },
  onWarning: GenerateOptions["onWarning"],
): readonly number[] {
  const { ids, dropped } = tokenizer.fitCaption(caption, limit);
  if (dropped !== undefined) {
    onWarning?.(leftOutWarning(reader, limit, dropped));
  }
  return ids;
}
