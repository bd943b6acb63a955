/** @file Where the model looked for the words of a caption, for any picture that is sent. */
import { type Explanation, loadImage } from "dalle-ts";
import { Hono } from "hono";
import { z } from "zod";
import { ApiError, invalid } from "../http/api-error.js";
import { readBody } from "../http/body.js";
import { QueueFullError } from "../queue/queue-full-error.js";
import type { Environment, Services } from "../services.js";

/** Each holds its picture in memory until its turn. */
const MOST_WAITING = 16;
/** About what one takes beside a batch. */
const SECONDS_EACH = 1;

const caption = z.string().trim().min(1).max(32_000);

export function explainRoutes({ model, engine }: Services): Hono<Environment> {
  return new Hono<Environment>().post("/explain", async (context) => {
    if (!model.canExplain) {
      throw new ApiError(
        400,
        `The model ${model.name} has no graph that explains pictures; export it again with \`dalle export\`, or serve another.`,
        { code: "unsupported" },
      );
    }
    const { fields, images } = await readBody(context);
    const prompt = caption.safeParse(fields.prompt);
    if (!prompt.success) throw invalid("prompt", "1 to 32000 characters", fields.prompt);
    const [picture] = images;
    if (!picture) throw invalid("image", "a picture", undefined);
    const image = await loadImage(picture, { size: model.imageSize });
    if (engine.explaining >= MOST_WAITING) {
      throw new QueueFullError(engine.explaining, MOST_WAITING * SECONDS_EACH);
    }
    return context.json(shownOf(await engine.explain({ image, caption: prompt.data })));
  });
}

/** Attention in parts of a thousand of a code's, by word. */
function shownOf({ rows, columns, words }: Explanation) {
  const thousandths = (shares: Float32Array) => Array.from(shares, (share) => round(1000 * share));
  return {
    ...{ rows, columns },
    words: words.map(({ text, attention }) => ({ text, attention: thousandths(attention) })),
  };
}

const round = (value: number): number => Math.round(1000 * value) / 1000;
