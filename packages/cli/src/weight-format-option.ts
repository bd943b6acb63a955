/** @file `--dtype`: how the weights of linear layers are stored. */
import type { WeightFormat } from "@dalle-ts/tensor";
import { Option } from "commander";
import { usageError } from "./options.js";

const formats: readonly WeightFormat[] = ["f32", "f16", "int8-rows", "int8", "int4"];

/** What others call them. */
const synonyms: Readonly<Record<string, WeightFormat>> = { fp32: "f32", fp16: "f16" };

/** why: of the standard, said with it. */
export function weightFormatOption(standard: WeightFormat, why: string): Option {
  return new Option(
    "--dtype <format>",
    "how the linear layers' weights are stored: f32; f16, half as large on the disk alone; int8-rows, a quarter and fast everywhere; int8, closer to f32 and slow in a page without WebGPU; int4, an eighth",
  )
    .argParser((text) => {
      const format = synonyms[text] ?? formats.find((each) => each === text);
      if (!format) throw usageError("--dtype", `one of ${formats.join(", ")}`, text);
      return format;
    })
    .default(standard, `${standard}, ${why}`);
}
