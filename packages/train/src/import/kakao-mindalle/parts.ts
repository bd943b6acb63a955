/** @file The parts of a model folder that the files of kakaobrain's minDALL-E become. */
import type { CheckpointFile } from "@dalle-ts/tensor";
import type { FoundParts } from "../../export/export-imported.js";
import type { ImportFacts } from "../facts.js";
import { headsNote } from "../family-heads.js";
import { findKakaoFacts } from "./facts.js";
import { importKakao, KAKAO_HEAD_SIZE } from "./import-kakao.js";
import { kakaoTokenizerJson, paddingId } from "./tokenizer-json.js";

export async function kakaoParts(
  files: readonly CheckpointFile[],
  paths: readonly string[],
  said: Pick<ImportFacts, "heads">,
): Promise<FoundParts> {
  const tokenizer = await kakaoTokenizerJson(paths);
  const facts = await findKakaoFacts(paths, said);
  const { config, parameters, vqgan } = importKakao(files, facts);
  return {
    transformer: {
      config: { family: "dense", ...config, padding: paddingId(tokenizer) },
      parameters,
    },
    dvae: { config: { family: "vqgan", ...vqgan.config }, parameters: vqgan.parameters },
    tokenizer,
    sampling: { topK: Math.min(256, config.imageCodes) },
    ...(facts.heads === undefined && { notes: [headsNote(config, KAKAO_HEAD_SIZE)] }),
  };
}
