/**
 * @file A thin face of AUTOMATIC1111's web API, /sdapi/v1, for clients that speak nothing else: text and picture to picture,
 * and the discovery routes that they call first. Its steps, samplers and scales say nothing to a DALL·E and are ignored.
 */
import { loadWhiteMask, seedOfImage } from "dalle-ts/parts";
import { type Context, Hono } from "hono";
import { apiErrorOf } from "../http/api-error.js";
import { fromDataUrl, readBody } from "../http/body.js";
import { parseFields } from "../openai/fields.js";
import type { ImagesRequest } from "../openai/read-request.js";
import { readEdit, readGeneration, readVariation } from "../openai/read-request.js";
import { encodePicture } from "../pictures/encode.js";
import type { Environment, Services } from "../services.js";
import { imageToImage, type TextToImageFields, textToImage } from "./fields.js";

const SAMPLER = "Ancestral"; // how codes are drawn, one after the other

export function webuiRoutes(services: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  const { model, queue } = services;
  const underWay = new Map<AbortController, string>();

  routes.post("/txt2img", async (context) => {
    const { fields } = parseFields(textToImage, (await readBody(context)).fields);
    const request = readGeneration({ fields: imagesFields(fields), images: [] }, model);
    return draw(context, fields, request);
  });
  routes.post("/img2img", async (context) => {
    const body = await readBody(context);
    // Pictures that are sent do not come back with the parameters.
    const { init_images, ...fields } = parseFields(imageToImage, body.fields).fields;
    const images = [fromDataUrl("init_images", init_images[0])];
    const asked = imagesFields(fields);
    if (body.mask) {
      const edit = { fields: asked, images, mask: body.mask };
      return draw(context, fields, await readEdit(edit, model, loadWhiteMask));
    }
    const share = Math.min(0.95, Math.max(0.05, fields.denoising_strength));
    // There clients leave the prompt empty where the picture says it all.
    const told = fields.prompt.trim() === "" ? { ...asked, prompt: undefined } : asked;
    const variation = { fields: { ...told, share }, images };
    return draw(context, fields, await readVariation(variation, model));
  });
  routes.get("/options", (context) => context.json({ sd_model_checkpoint: model.name }));
  routes.post("/options", (context) => context.json({}));
  routes.get("/sd-models", (context) =>
    context.json([
      {
        title: model.name,
        model_name: model.name,
        hash: model.hash,
        sha256: null,
        filename: model.name,
        config: null,
      },
    ]),
  );
  routes.get("/samplers", (context) => context.json([{ name: SAMPLER, aliases: [], options: {} }]));
  routes.get("/progress", (context) => {
    const { done, total } = queue.progress;
    const progress = total === 0 ? 0 : done / total;
    return context.json({
      progress,
      eta_relative: queue.secondsToDrain * (1 - progress),
      state: {
        job_count: queue.waiting + queue.running,
        sampling_step: done,
        sampling_steps: total,
      },
      current_image: null,
      textinfo: null,
    });
  });
  routes.post("/interrupt", (context) => {
    for (const [controller, owner] of underWay) {
      if (owner === context.get("owner")) controller.abort();
    }
    return context.json({});
  });
  return routes;

  async function draw(
    context: Context<Environment>,
    fields: TextToImageFields,
    request: ImagesRequest,
  ): Promise<Response> {
    const interrupt = new AbortController();
    const owner = context.get("owner");
    const leaves = services.onDisconnect === "cancel" ? [context.req.raw.signal] : [];
    underWay.set(interrupt, owner);
    try {
      const signal = AbortSignal.any([interrupt.signal, ...leaves]);
      const pictures = await services.drawings.draw(request.drawing, { owner, signal });
      const size = { width: fields.width, height: fields.height };
      const images = pictures.map(async ({ image }) =>
        Buffer.from(await encodePicture(image, { format: "png", size })).toString("base64"),
      );
      const unkept = pictures.flatMap(({ warning }) => warning ?? []).slice(0, 1);
      const told = { ...request, warnings: [...request.warnings, ...unkept] };
      return context.json({ images: await Promise.all(images), ...parametersOf(fields, told) });
    } catch (error) {
      // There an interrupted request answers with what it has.
      if (!interrupt.signal.aborted || apiErrorOf(error).details.code !== "aborted") throw error;
      return context.json({ images: [], ...parametersOf(fields, request) });
    } finally {
      underWay.delete(interrupt);
    }
  }

  function parametersOf(fields: TextToImageFields, { drawing, warnings }: ImagesRequest) {
    const { caption, seed, count } = drawing;
    const seeds = Array.from({ length: count }, (_, index) => seedOfImage(seed, index));
    const { width, height } = fields;
    const info = { prompt: caption, seed, all_seeds: seeds, width, height };
    const about = { sampler_name: SAMPLER, sd_model_name: model.name, sd_model_hash: model.hash };
    return { parameters: fields, info: JSON.stringify({ ...info, ...about, warnings }) };
  }
}

/** As the Images API says the same. */
function imagesFields(fields: TextToImageFields): Record<string, unknown> {
  const { prompt, batch_size, n_iter, seed } = fields;
  return { prompt, n: batch_size * n_iter, ...(seed >= 0 && { seed }) };
}
