/** @file The routes of OpenAI's Images API and of its list of models. */
import type { HttpBindings } from "@hono/node-server";
import { sizeText } from "dalle-ts/parts";
import { type Context, Hono } from "hono";
import { streamSSE } from "hono/streaming";
import type { DrawingEvent } from "../drawing/drawings.js";
import { EventBuffer } from "../drawing/event-buffer.js";
import type { ServedModel } from "../drawing/served-model.js";
import { ApiError, reported } from "../http/api-error.js";
import { type RequestBody, readBody } from "../http/body.js";
import { originOf } from "../http/own-address.js";
import type { Environment, Services } from "../services.js";
import { imagesResponse, type ResponseContext, streamMessage } from "./images-response.js";
import { type ImagesRequest, readEdit, readGeneration, readVariation } from "./read-request.js";

type Reader = (body: RequestBody, model: ServedModel) => ImagesRequest | Promise<ImagesRequest>;

/** Proxies end connections on which nothing moves. */
const HEARTBEAT_MILLISECONDS = 10_000;
/** A client that reads nothing for so long, heartbeats included, has stopped. */
const STALLED_MILLISECONDS = 60_000;
/** Of each picture, while the client reads slowly; a newer one then takes the place of the last. */
const MOST_WAITING_PARTIALS = 4;

export function imagesRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  const answer = (read: Reader) => async (context: Context<Environment>) => {
    const request = await read(await readBody(context), services.model);
    return request.fields.stream
      ? streamed(context, withoutUrls(request, services), services)
      : whole(context, withoutUrls(request, services), services);
  };
  routes.post("/images/generations", answer(readGeneration));
  routes.post("/images/edits", answer(readEdit));
  routes.post("/images/variations", answer(readVariation));

  const { model } = services;
  const listed = { id: model.name, object: "model", created: 0, owned_by: "dalle-ts" };
  const created = Math.floor(Date.parse(model.config.created) / 1000);
  routes.get("/models", (context) =>
    context.json({ object: "list", data: [{ ...listed, created }] }),
  );
  routes.get("/models/:id", (context) => {
    if (context.req.param("id") === model.name) return context.json({ ...listed, created });
    throw new ApiError(404, `This server has the model ${model.name} only; ask for that one.`, {
      param: "model",
      code: "model_not_found",
    });
  });
  return routes;
}

async function whole(
  context: Context<Environment>,
  request: ImagesRequest,
  services: Services,
): Promise<Response> {
  const pictures = await services.drawings.draw(request.drawing, {
    owner: context.get("owner"),
    signal: signalOf(context, services),
  });
  return context.json(await imagesResponse(request, pictures, responseContext(context, services)));
}

function streamed(
  context: Context<Environment>,
  request: ImagesRequest,
  services: Services,
): Response {
  const responding = responseContext(context, services);
  const gone = new AbortController();
  const events = new EventBuffer<DrawingEvent>({
    most: MOST_WAITING_PARTIALS,
    nameOf: (event) => (event.type === "partial" ? event.index : undefined),
  });
  // Refused here, a request still gets a status of its own.
  const drawing = services.drawings.draw(request.drawing, {
    owner: context.get("owner"),
    signal: services.onDisconnect === "cancel" ? gone.signal : undefined,
    onEvent: (event) => events.push(event),
  });
  drawing.then(
    () => events.end(),
    (error) => events.fail(error),
  );
  context.header("X-Accel-Buffering", "no"); // else nginx holds partial pictures back
  const { outgoing } = context.env as HttpBindings;
  outgoing.setTimeout(STALLED_MILLISECONDS, () => outgoing.destroy()); // as if the client had left
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => gone.abort());
    const heartbeat = setInterval(() => void stream.write(": waiting\n\n"), HEARTBEAT_MILLISECONDS);
    const partials = new Map<number, number>();
    try {
      for await (const event of events) {
        if (stream.aborted) return; // nobody would see it
        const partial = event.type === "partial" ? (partials.get(event.index) ?? 0) : 0;
        if (event.type === "partial") partials.set(event.index, partial + 1);
        const message = await streamMessage(request, event, responding, partial);
        if (message) await stream.writeSSE({ ...message, data: JSON.stringify(message.data) });
      }
      await stream.writeSSE({ data: "[DONE]" });
    } catch (error) {
      const { body } = reported(error, services.onError);
      await stream.writeSSE({ event: "error", data: JSON.stringify(body) });
    } finally {
      clearInterval(heartbeat);
    }
  });
}

/** Aborted when the client leaves, unless its pictures are to be finished for the library. */
function signalOf(context: Context, { onDisconnect }: Services): AbortSignal | undefined {
  return onDisconnect === "cancel" ? context.req.raw.signal : undefined;
}

/** URLs need a library to point into. */
function withoutUrls(request: ImagesRequest, { library }: Services): ImagesRequest {
  if (request.fields.response_format !== "url" || library) return request;
  const warning = "This server keeps no pictures to give URLs of, so they are in b64_json.";
  return { ...request, warnings: [...request.warnings, warning] };
}

function responseContext(context: Context, { model, publicUrl }: Services): ResponseContext {
  const base = publicUrl ?? originOf(context);
  return {
    model,
    urlOf: (id, { fields: { output_format, output_compression, size } }) => {
      const query = new URLSearchParams();
      if (size) query.set("size", sizeText(size));
      if (output_compression !== undefined) query.set("quality", String(output_compression));
      const asked = query.size > 0 ? `?${query}` : "";
      return `${base}/pictures/${id}.${output_format}${asked}`;
    },
  };
}
