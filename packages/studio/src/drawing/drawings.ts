/** @file Draws what is asked: through the queue, then the best by CLIP if that is asked, each picture kept in the library. */
import { randomUUID } from "node:crypto";
import { type DalleImage, encodePng, type GeneratedImage, type PngMetadata } from "dalle-ts";
import { bestFirst, seedOfImage } from "dalle-ts/parts";
import { Library } from "../library/library.js";
import type { Metrics } from "../metrics.js";
import type { DrawingQueue } from "../queue/drawing-queue.js";
import type { DrawingRequest } from "./drawing-request.js";
import type { OwnerLimits } from "./owner-limits.js";
import { pictureMetadata } from "./picture-metadata.js";
import type { ServedModel } from "./served-model.js";

export interface DrawnPicture {
  /** Its name in the library; absent where it is not kept. */
  readonly id?: string;
  /** Why it is not kept, though there is a library. */
  readonly warning?: string;
  readonly image: GeneratedImage;
  /** What draws it again. */
  readonly metadata: PngMetadata;
  /** Its file at the model's size, with the metadata. */
  readonly png: Uint8Array;
}

export type DrawingEvent =
  /** So many pictures come before the first of this request. */
  | { readonly type: "queued"; readonly before: number }
  | {
      readonly type: "partial";
      readonly index: number;
      readonly image: DalleImage;
      readonly known: number;
      readonly total: number;
    }
  | { readonly type: "picture"; readonly index: number; readonly picture: DrawnPicture };

export interface DrawingOptions {
  /** Who asks, for the limits. */
  readonly owner: string;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: DrawingEvent) => void;
}

export interface DrawingsParts {
  readonly model: ServedModel;
  readonly queue: DrawingQueue;
  readonly limits: OwnerLimits;
  /** Undefined: pictures are not kept. */
  readonly library: Library | undefined;
  readonly metrics: Metrics;
  /** Told why a picture could not be kept. */
  readonly onError: (error: Error) => void;
}

const NOT_KEPT = "The picture was not kept, so this is its only copy; the server's log says why.";

export class Drawings {
  readonly #parts: DrawingsParts;
  readonly #unfinished = new Set<Promise<unknown>>();

  constructor(parts: DrawingsParts) {
    this.#parts = parts;
  }

  /**
   * The pictures, in the order of their seeds, or the best first. Refuses at once, by throwing, what the queue or the limits
   * have no room for.
   */
  draw(request: DrawingRequest, options: DrawingOptions): Promise<DrawnPicture[]> {
    const count = request.rerank ?? request.count;
    const field = request.rerank === undefined ? "n" : "rerank";
    const release = this.#parts.limits.take(options.owner, count, field);
    try {
      const drawing = this.#draw(request, count, options).finally(release);
      this.#unfinished.add(drawing);
      const forget = () => this.#unfinished.delete(drawing);
      drawing.then(forget, forget);
      return drawing;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Resolves when every picture under way is drawn and kept. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#unfinished);
  }

  /** Not async: a full queue must throw before anything is promised. */
  #draw(
    request: DrawingRequest,
    count: number,
    { signal, onEvent }: DrawingOptions,
  ): Promise<DrawnPicture[]> {
    const { caption, sampling, seed, from, candidates, partials, rerank } = request;
    const batchOfRequest = randomUUID();
    const keeping: Promise<DrawnPicture>[] = [];
    const keep = (image: GeneratedImage, index: number) => {
      const kept = this.#keep(request, batchOfRequest, image).then((picture) => {
        onEvent?.({ type: "picture", index, picture });
        return picture;
      });
      kept.catch(() => undefined); // seen below
      keeping[index] = kept;
    };
    const images: GeneratedImage[] = [];
    const drawn = this.#parts.queue.draw({
      orders: Array.from({ length: count }, (_, index) => ({
        ...sampling,
        caption,
        from,
        candidates,
        // Of those to choose from, no more are shown on their way than are asked for.
        partials: index < request.count ? partials : 0,
        seed: seedOfImage(seed, index),
        scored: rerank !== undefined,
      })),
      signal,
      onPosition: (before) => onEvent?.({ type: "queued", before }),
      onEvent: (event) => {
        if (event.type === "partial") {
          onEvent?.(event);
          return;
        }
        this.#parts.metrics.countPicture();
        // Of many, only the best are kept.
        if (rerank === undefined) keep(event.image, event.index);
        else images.push(event.image);
      },
    });
    return drawn
      .then(() => {
        const best = images.sort(bestFirst);
        best.slice(0, request.count).forEach(keep);
        return Promise.all(keeping);
      })
      .finally(() => Promise.allSettled(keeping)); // also after a failure: nothing is written later
  }

  async #keep(
    { kind, caption, sampling, described }: DrawingRequest,
    request: string,
    image: GeneratedImage,
  ): Promise<DrawnPicture> {
    const { library, model, onError } = this.#parts;
    const { seed, width, height, score } = image;
    const settings = { ...sampling, ...described };
    const metadata = pictureMetadata({ caption, seed, settings, modelHash: model.hash });
    const png = await encodePng(image, metadata);
    if (!library) return { image, metadata, png };
    const id = Library.newId();
    const picture = {
      request,
      kind,
      caption,
      seed,
      settings,
      width,
      height,
      model: model.name,
      modelHash: model.hash,
    };
    try {
      await library.add(id, score === undefined ? picture : { ...picture, score }, png);
      return { id, image, metadata, png };
    } catch (error) {
      onError(error as Error); // a full disk takes no picture from who asked for it
      return { image, metadata, png, warning: NOT_KEPT };
    }
  }
}
