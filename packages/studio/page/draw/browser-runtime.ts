/**
 * @file Drawing in the page itself, with the model that the server serves: the browser downloads it once and keeps it. The
 * library comes with the first picture that is drawn so.
 */
import type { Dalle, DalleImage } from "dalle-ts";
import { keyHeaders } from "../server";
import type { DrawingEvent, DrawingRequest, Runtime } from "./drawing";
import { emitted } from "./emitted";

const MODEL_ADDRESS = "/api/model/";

type Emit = (event: DrawingEvent) => void;

let loaded: Dalle | undefined;

export const browserRuntime: Runtime = {
  async *draw(request, signal) {
    const left = new AbortController();
    const either = AbortSignal.any([signal, left.signal]);
    try {
      yield* emitted<DrawingEvent>((emit) => draw(request, either, emit));
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      left.abort();
    }
  },
};

async function draw(request: DrawingRequest, signal: AbortSignal, emit: Emit): Promise<void> {
  const { prompt, settings, from, ...numbers } = request;
  if (from) throw new Error("The page draws from words alone; let the server draw from pictures.");
  loaded ??= await load(signal, emit);
  const dalle = loaded;
  emit({ type: "engine", reason: dalle.engine.reason });
  const onWarning = (text: string) => emit({ type: "warning", text });
  const options = { ...settings, ...numbers, signal, onWarning };
  for await (const event of dalle.stream(prompt, options)) {
    const { index, image } = event;
    if (event.type === "partial") {
      const share = event.known / event.total;
      emit({ type: "partial", index, url: await pngUrl(image), share });
      continue;
    }
    const { seed, score, codes } = event.image;
    const url = await pngUrl(image, { caption: prompt, seed: String(seed), model: dalle.hash });
    const explain = () => dalle.explain(codes, prompt);
    emit({ type: "picture", index, picture: { url, prompt, seed, score, explain } });
  }
}

async function load(signal: AbortSignal, emit: Emit): Promise<Dalle> {
  const { Dalle } = await import("dalle-ts");
  return Dalle.load(MODEL_ADDRESS, {
    ...{ signal, headers: keyHeaders() },
    onProgress: (loaded, total) => emit({ type: "download", loaded, total }),
    onWarning: (text) => emit({ type: "warning", text }),
  });
}

/** A data URL: one that the browser forgets with the picture. */
async function pngUrl(image: DalleImage, metadata: Record<string, string> = {}): Promise<string> {
  const { encodePng } = await import("dalle-ts");
  const file = new Blob([await encodePng(image, metadata)], { type: "image/png" });
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsDataURL(file);
  });
}
