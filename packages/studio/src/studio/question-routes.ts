/** @file What the model is asked beside drawing: where it looked for the words of a caption, and how a caption may go on. */
import type { Explanation } from "dalle-ts";
import { LONGEST_CAPTION } from "dalle-ts/parts";
import { Hono } from "hono";
import { z } from "zod";
import type { Engine } from "../engine/engine.js";
import { ApiError, invalid } from "../http/api-error.js";
import { readBody } from "../http/body.js";
import { decodePicture } from "../pictures/decode.js";
import { QueueFullError } from "../queue/queue-full-error.js";
import type { Environment, Services } from "../services.js";

/** Each holds its picture in memory until its turn. */
const MOST_WAITING = 16;
/** Captions to choose from. */
const CONTINUATIONS = 4;
/** About what one takes beside a batch. */
const SECONDS_EACH = 1;

/** As long as pictures keep theirs. */
const caption = z.string().trim().min(1).max(LONGEST_CAPTION);

export function questionRoutes({ model, engine }: Services): Hono<Environment> {
  const routes = new Hono<Environment>();
  routes.post("/explain", async (context) => {
    if (!model.canExplain) throw lacksGraph(model.name, "explains pictures");
    const { fields, images } = await readBody(context);
    const prompt = caption.safeParse(fields.prompt);
    if (!prompt.success) {
      throw invalid("prompt", `1 to ${LONGEST_CAPTION} characters`, fields.prompt);
    }
    const [picture] = images;
    if (!picture) throw invalid("image", "a picture", undefined);
    const image = await decodePicture(picture, { size: model.imageSize });
    checkRoom(engine);
    const asked = { ask: "explain", image, caption: prompt.data } as const;
    return context.json(shownOf(await engine.ask(asked)));
  });
  routes.post("/continue", async (context) => {
    if (!model.canContinue) throw lacksGraph(model.name, "continues captions");
    const { prompt = "" } = (await readBody(context)).fields;
    if (typeof prompt !== "string" || prompt.length > LONGEST_CAPTION) {
      throw invalid("prompt", `up to ${LONGEST_CAPTION} characters`, prompt);
    }
    checkRoom(engine);
    const asked = { ask: "continue", prefix: prompt, count: CONTINUATIONS } as const;
    const captions = (await engine.ask(asked)).map(({ caption }) => caption);
    return context.json({ captions: [...new Set(captions)] });
  });
  return routes;
}

function lacksGraph(name: string, does: string): ApiError {
  return new ApiError(
    400,
    `The model ${name} has no graph that ${does}; export it again with \`dalle export\`, or serve another.`,
    { code: "unsupported" },
  );
}

function checkRoom({ asking }: Engine): void {
  if (asking < MOST_WAITING) return;
  throw new QueueFullError(`${asking} questions`, MOST_WAITING * SECONDS_EACH);
}

/** Attention in parts of a thousand of a code's, by word. */
function shownOf({ rows, columns, words }: Explanation) {
  const thousandths = (shares: Float32Array) => Array.from(shares, (share) => round(1000 * share));
  return {
    rows,
    columns,
    words: words.map(({ text, attention }) => ({ text, attention: thousandths(attention) })),
  };
}

const round = (value: number): number => Math.round(1000 * value) / 1000;
