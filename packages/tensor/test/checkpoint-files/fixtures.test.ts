/** @file Public formats as the reference programs wrote them: each file opens and has the tensors that its README tells of. */
import { join } from "node:path";
import { CheckpointFile } from "@dalle-ts/tensor";
import { describe, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";

const folder = fixtureFolder("import");

/** File, number of tensors, and some of them: type, shape, and strides where they are not row-major. */
const files: readonly [string, number, Record<string, string>][] = [
  [
    "openai-dvae/encoder.pkl",
    42,
    { "blocks.input.w": "f32 16,3,7,7", "blocks.output.conv.w": "f32 512,128,1,1" },
  ],
  ["openai-dvae/decoder.pkl", 44, { "blocks.input.w": "f32 24,512,1,1" }],
  [
    "dalle-pytorch/dalle.pt",
    302,
    {
      "weights.transformer.pos_emb": "f32 1,79,30",
      "weights.text_emb.weight": "f32 104,32",
      "weights.vae.codebook.weight": "f32 128,24",
    },
  ],
  ["dalle-pytorch/vae.pt", 17, { "weights.codebook.weight": "f32 128,24" }],
  [
    "dalle-pytorch-norotary/dalle.pt",
    88,
    {
      "weights.text_pos_emb.weight": "f32 13,40",
      "weights.image_pos_emb.weights_0": "f32 1,8,1,40",
    },
  ],
  ["min-dalle/encoder.pt", 29, { "embed_tokens.weight": "f16 300,56" }],
  [
    "min-dalle/decoder.pt",
    44,
    { "lm_head.weight": "f16 257,56 / 1,257", "layers.1.glu.fc0.weight": "f16 150,56 / 1,150" },
  ],
  ["min-dalle/detoker.pt", 197, { "decoder.conv_in.weight": "f32 32,16,3,3 / 1,32,1536,512" }],
  ["mindalle/stage1_last.ckpt", 187, { "state_dict.quantize.embedding.weight": "f32 160,16" }],
  ["mindalle/stage2_last.ckpt", 56, { "state_dict.tok_emb_txt.weight": "f32 220,48" }],
  [
    "rudalle/pytorch_model_v3.bin",
    78,
    { "text_embeddings.weight": "f16 126,48", "transformer.row_mask": "bool 272,272" },
  ],
  [
    "rudalle/vqgan.gumbelf8-sber.model.ckpt",
    159,
    { "state_dict.quantize.embed.weight": "f32 128,20" },
  ],
  [
    "rudalle/vqgan.gumbelf8-sber-dwt.model.ckpt",
    159,
    { "state_dict.model.quantize.embed.weight": "f32 128,20" },
  ],
];

describe.skipIf(!folder)("public formats", () => {
  test.each(files)("%s", async (path, count, some) => {
    await using file = await CheckpointFile.open(join(folder!, path));
    expect(file.tensors.size).toBe(count);
    const found = Object.keys(some).map((name) => {
      const { dtype, shape, strides } = file.tensors.get(name)!;
      const rowMajor = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1));
      return [name, `${dtype} ${shape}${`${rowMajor}` === `${strides}` ? "" : ` / ${strides}`}`];
    });
    expect(Object.fromEntries(found)).toEqual(some);
    for (const [name, { dtype }] of file.tensors) {
      if (/^f|^bf/.test(dtype)) await file.readFloat32(name);
    }
  });

  test("hyperparameters are plain data", async () => {
    await using file = await CheckpointFile.open(join(folder!, "dalle-pytorch/dalle.pt"));
    expect(file.values).toMatchObject({
      hparams: { dim: 32, depth: 5, attn_types: ["full", "axial_row", "axial_col", "conv_like"] },
      vae_params: { image_size: 64, num_layers: 3, num_tokens: 128 },
      vae_class_name: "DiscreteVAE",
    });
  });
});
