/** @file Drawing on the server, over the same API as any other client. */
import { jsonBody, pictureUrl, send } from "../server";
import type { DrawingEvent, DrawingRequest, Runtime } from "./drawing";
import { serverEvents } from "./server-events";

export const serverRuntime: Runtime = {
  async *draw(request, signal) {
    const { from, prompt } = request;
    const path = from ? (from.vary ? "variations" : "edits") : "generations";
    const init = from ? { body: formOf(request, from) } : jsonBody(fieldsOf(request));
    const response = await send(`/v1/images/${path}`, { method: "POST", ...init, signal });
    for await (const data of serverEvents(response)) yield* eventsOf(data, prompt);
  },
};

/** Names as the API has them; what is undefined is left out. */
function fieldsOf({ prompt, count, seed, rerank, settings = {}, partials = 0 }: DrawingRequest) {
  const { temperature, topP } = settings;
  // Without a caption there is nothing to be guided to.
  const guidance = prompt === "" ? undefined : settings.guidance;
  return {
    ...{ prompt, n: count, seed, rerank, temperature, top_p: topP, guidance_scale: guidance },
    ...{ stream: true, progress: true, partial_images: partials },
  };
}

function formOf(request: DrawingRequest, from: NonNullable<DrawingRequest["from"]>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fieldsOf(request))) {
    if (value !== undefined && value !== "") form.set(name, String(value));
  }
  form.set("image", from.image, "image.png");
  if (from.mask) form.set("mask", from.mask, "mask.png");
  if (from.keep) form.set("keep", JSON.stringify(from.keep));
  return form;
}

// biome-ignore lint/suspicious/noExplicitAny: the server's own events
function* eventsOf(data: any, prompt: string): Generator<DrawingEvent> {
  const { index } = data;
  if (data.type.endsWith(".queued")) yield { type: "queued", before: data.pictures_before };
  if (data.type.endsWith(".partial_image")) {
    const share = data.codes_known / data.codes_total;
    yield { type: "partial", index, url: dataUrl(data.b64_json), share };
  }
  if (data.type.endsWith(".completed")) {
    const { id, seed, score } = data;
    const url = id ? pictureUrl(id) : dataUrl(data.b64_json);
    yield { type: "picture", index, picture: { id, url, prompt, seed, score } };
    for (const text of data.warnings ?? []) yield { type: "warning", text };
  }
}

const dataUrl = (base64: string): string => `data:image/png;base64,${base64}`;
