/** @file What DALLE-pytorch's file says of its transformer and no weight does: its `hparams` [SPEC §7.2]. */
import type { AxialMask } from "@dalle-ts/models";
import type { CheckpointFile } from "@dalle-ts/tensor";
import { z } from "zod";
import { Weights } from "../weights.js";

export interface DallePytorchOptions {
  /** Text tokens, without paddings. */
  readonly textVocabulary: number;
  readonly textStates: number;
  readonly heads: number;
  readonly headSize: number;
  /** Repeated over the layers. */
  readonly masks: readonly AxialMask[];
  readonly stable: boolean;
  /** Of the picture's cross entropy, that of the caption being 1. */
  readonly imageLossWeight: number;
}

const maskNames: Readonly<Record<string, AxialMask>> = {
  full: "full",
  axial_row: "row",
  axial_col: "column",
  conv_like: "convolution",
};

/** Older files lack the later keys, whose defaults are those of the class. */
const schema = z.object({
  /** Of the program that wrote the file. */
  version: z.string().optional(),
  hparams: z.object({
    num_text_tokens: z.int(),
    text_seq_len: z.int(),
    heads: z.int().default(8),
    dim_head: z.int().default(64),
    attn_types: z.union([z.string().array(), z.string()]).nullish(),
    stable: z.boolean().default(false),
    loss_img_weight: z.number().default(7),
  }),
});

export function dallePytorchOptions(file: CheckpointFile): DallePytorchOptions {
  const weights = new Weights(file);
  const parsed = schema.safeParse(file.values);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw weights.refuse(`does not say what its model is (${path.join(".")}: ${message})`);
  }
  const { hparams, version } = parsed.data;
  const kinds = [hparams.attn_types ?? "full"].flat();
  const unknown = kinds.find((kind) => !Object.hasOwn(maskNames, kind));
  if (unknown !== undefined)
    throw weights.refuse(
      `has layers of "${unknown}" attention, which cannot be imported`,
      `give one whose layers are among ${Object.keys(maskNames).join(", ")}`,
    );
  return {
    textVocabulary: hparams.num_text_tokens,
    textStates: hparams.text_seq_len,
    heads: hparams.heads,
    headSize: hparams.dim_head,
    masks: kinds.map((kind) =>
      kind === "conv_like" && centresSquares(version) ? "centredConvolution" : maskNames[kind]!,
    ),
    stable: hparams.stable,
    imageLossWeight: hparams.loss_img_weight,
  };
}

/** Whether it is of before 1.5; the first releases did not say what they were. */
function centresSquares(version = "0.0"): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < 1 || (major === 1 && minor < 5);
}
