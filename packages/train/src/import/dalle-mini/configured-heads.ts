/** @file The attention heads that dalle-mini's config.json tells, where it is given beside the weights. */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DalleError } from "@dalle-ts/tensor";
import { z } from "zod";

/** Other files are called so too, the VQGAN's among them. */
const schema = z.object({ decoder_attention_heads: z.int().positive().optional() });

/** Undefined where no config.json among the paths is a transformer's. */
export async function configuredHeads(paths: readonly string[]): Promise<number | undefined> {
  for (const path of paths.filter((each) => basename(each) === "config.json")) {
    try {
      const { decoder_attention_heads: heads } = schema.parse(
        JSON.parse(await readFile(path, "utf8")),
      );
      if (heads !== undefined) return heads;
    } catch (cause) {
      throw new DalleError(
        "bad_file",
        `${path} is no config.json of dalle-mini; get it again, or leave it out and say --heads.`,
        { cause },
      );
    }
  }
  return undefined;
}
