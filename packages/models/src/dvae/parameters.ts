/** @file The dVAE's parameters. Names as in the safetensors file. */
import { branchSpecs, type ParameterSpec } from "@dalle-ts/tensor";
import type { DvaeConfig } from "./config.js";
import { decoderSpecs } from "./decoder.js";
import { encoderSpecs } from "./encoder.js";

/** Encoder and decoder in one tree. */
export function dvaeSpecs(config: DvaeConfig): ParameterSpec[] {
  return [
    ...branchSpecs("encoder", encoderSpecs(config)),
    ...branchSpecs("decoder", decoderSpecs(config)),
  ];
}
