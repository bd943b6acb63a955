/**
 * @file What dalle-mini's config.json tells where it is given beside the weights: the heads, and the image token that drawing
 * starts from. Of all that its program can be told to compute, what the released models do is supported; much of the rest leaves
 * no trace in the weights, so it is refused here.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { z } from "zod";

/** Other files are called so too, the VQGAN's among them. */
const schema = z.looseObject({
  d_model: z.int().positive().optional(),
  encoder_attention_heads: z.int().positive().optional(),
  decoder_attention_heads: z.int().positive().optional(),
  decoder_start_token_id: z.int().nonnegative().nullish(),
});

/** What a field says where it says anything. */
const supported: Readonly<Record<string, string | number | boolean>> = {
  activation_function: "gelu",
  ln_type: "layernorm",
  ln_positions: "normformer",
  normalize_text: true,
  scale_embedding: false,
  sinkhorn_iters: 1,
  tie_word_embeddings: false,
  use_absolute_position_embeddings: true,
  use_alibi: false,
  use_bias: false,
  use_cosine_attention: false,
  use_deepnet_scaling: false,
  use_final_ln_decoder: true,
  use_final_ln_encoder: true,
  use_glu: true,
  use_head_scale: false,
  use_swin_position_embeddings: false,
};

export interface ToldConfig {
  readonly heads?: number;
  readonly start?: number;
}

/** Empty where no config.json among the paths is a transformer's. */
export async function readConfigJson(paths: readonly string[]): Promise<ToldConfig> {
  for (const path of paths.filter((each) => basename(each) === "config.json")) {
    const config = await parse(path);
    const { encoder_attention_heads: encoder, decoder_attention_heads: heads, d_model } = config;
    if ((heads ?? encoder ?? d_model) === undefined) continue;
    for (const [field, value] of Object.entries(supported))
      if ((config[field] ?? value) !== value)
        throw refuse(path, `${field} ${JSON.stringify(config[field])}`, JSON.stringify(value));
    if (heads !== undefined && (encoder ?? heads) !== heads)
      throw refuse(path, `encoder_attention_heads ${encoder}`, `the decoder's ${heads}`);
    const start = config.decoder_start_token_id ?? undefined;
    return { ...(heads === undefined ? {} : { heads }), ...(start === undefined ? {} : { start }) };
  }
  return {};
}

async function parse(path: string): Promise<z.infer<typeof schema>> {
  try {
    return schema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new DalleError(
      "bad_file",
      `${path} is no config.json of dalle-mini; get it again, or leave it out and say --heads.`,
      { cause },
    );
  }
}

function refuse(path: string, said: string, only: string): DalleError {
  return new DalleError(
    "unsupported",
    `${path} says ${said}, and models are read with ${only} alone; import one that was trained so.`,
  );
}
