/** @file Our names of a VQGAN's parameters as taming-transformers calls them. */

/** level_2.block_1.conv_1.weight → encoder.down.2.block.1.conv1.weight */
export function encoderName(name: string): string {
  return name.startsWith("quantize.")
    ? name.replace("quantize.", "quant_conv.")
    : `encoder.${halfName(name, "down")}`;
}

/** level_2.upsample.weight → decoder.up.2.upsample.conv.weight */
export function decoderName(name: string): string {
  return name.startsWith("unquantize.")
    ? name.replace("unquantize.", "post_quant_conv.")
    : `decoder.${halfName(name, "up")}`;
}

function halfName(name: string, direction: "down" | "up"): string {
  if (name.startsWith("norm.")) return name.replace("norm.", "norm_out.");
  return name
    .replace(/^input\./, "conv_in.")
    .replace(/^output\./, "conv_out.")
    .replace(/^middle\.attention\./, "mid.attn_1.")
    .replace(/^middle\./, "mid.")
    .replace(/^level_(\d+)\./, `${direction}.$1.`)
    .replace(/\.block_(\d+)\.(?=norm|conv|shortcut)/, (match, index) =>
      name.startsWith("middle.") ? match : `.block.${index}.`,
    )
    .replace(/\.attention_(\d+)\./, ".attn.$1.")
    .replace(/\.(norm|conv)_([12])\./, ".$1$2.")
    .replace(".shortcut.", ".nin_shortcut.")
    .replace(
      /\.(query|key|value|output)\./,
      (_, part: keyof typeof products) => `.${products[part]}.`,
    )
    .replace(/\.(downsample|upsample)\./, ".$1.conv.");
}

const products = { query: "q", key: "k", value: "v", output: "proj_out" };
