/** @file Names and shapes of the weights of a very small CLIP, as OpenAI's files have them. */

/**
 * Pictures of 8 pixels in patches of 4, `width` and 2 layers; captions of 5 states, width 4 and 1 layer. ids: start and
 * end among them.
 */
export const clipShapes = (ids: number, width = 6): Record<string, number[]> => ({
  "visual.conv1.weight": [width, 3, 4, 4],
  "visual.class_embedding": [width],
  "visual.positional_embedding": [5, width],
  ...norm("visual.ln_pre", width),
  ...block("visual.transformer.resblocks.0", width),
  ...block("visual.transformer.resblocks.1", width),
  ...norm("visual.ln_post", width),
  "visual.proj": [width, 3],
  "token_embedding.weight": [ids, 4],
  positional_embedding: [5, 4],
  ...block("transformer.resblocks.0", 4),
  ...norm("ln_final", 4),
  text_projection: [4, 3],
  logit_scale: [],
});

function norm(name: string, width: number): Record<string, number[]> {
  return { [`${name}.weight`]: [width], [`${name}.bias`]: [width] };
}

function block(name: string, width: number): Record<string, number[]> {
  return {
    [`${name}.attn.in_proj_weight`]: [3 * width, width],
    [`${name}.attn.in_proj_bias`]: [3 * width],
    [`${name}.attn.out_proj.weight`]: [width, width],
    [`${name}.attn.out_proj.bias`]: [width],
    ...norm(`${name}.ln_1`, width),
    [`${name}.mlp.c_fc.weight`]: [4 * width, width],
    [`${name}.mlp.c_fc.bias`]: [4 * width],
    [`${name}.mlp.c_proj.weight`]: [width, 4 * width],
    [`${name}.mlp.c_proj.bias`]: [width],
    ...norm(`${name}.ln_2`, width),
  };
}
