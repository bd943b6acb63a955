/** @file A model folder's tokenizer of captions, with the words that it cuts hashtags with where it has a list of them. */
import type { ModelFolder } from "../model-folder/model-folder.js";
import { CaptionTokenizer } from "../tokenizer.js";
import { HASHTAG_WORDS_FILE } from "./hashtags.js";

export const TOKENIZER_FILE = "tokenizer.json";

/** Only a caption with a hashtag costs a scan of the list; an index of it would take more memory than a small model. */
export async function readCaptionTokenizer(folder: ModelFolder): Promise<CaptionTokenizer> {
  const text = async (name: string) => new TextDecoder().decode(await folder.read(name));
  const hasList = Object.hasOwn(folder.config.files, HASHTAG_WORDS_FILE);
  return CaptionTokenizer.fromJson(
    await text(TOKENIZER_FILE),
    hasList ? { hashtagWords: await text(HASHTAG_WORDS_FILE) } : {},
  );
}
