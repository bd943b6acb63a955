/** @file Captions that go on from a prefix: the text half of the stream, drawn token by token until it ends. */
import { captionLimit, type TransformerConfig } from "@dalle-ts/models";
import { badOption } from "@dalle-ts/tensor";
import { throwIfAborted } from "../abort.js";
import { logProbability } from "../drawing/log-probability.js";
import { drawSeed, SeededRandom, seedOfImage } from "../random.js";
import { type ContinuedCaption, type ContinueOptions, requireInteger } from "../requests.js";
import type { CaptionLogitsRuntime } from "../runtime/caption-logits.js";
import { checkSampleOptions, type SampleOptions, sampleCode } from "../sample.js";
import type { CaptionTokenizer } from "../tokenizer.js";

export interface Continuation {
  /** Of the prefix. */
  readonly tokens: readonly number[];
  /** One for each caption. */
  readonly seeds: readonly number[];
  readonly sampling: SampleOptions;
  readonly signal: AbortSignal | undefined;
}

/** Refuses what cannot be continued, before anything is computed. */
export function checkContinuation(
  prefix: string,
  { count = 1, seed = drawSeed(), signal, ...sampling }: ContinueOptions,
  tokenizer: CaptionTokenizer,
  config: TransformerConfig,
): Continuation {
  requireInteger("count", count, 1, 64);
  checkSampleOptions(sampling, config.textVocabulary + 1);
  if (typeof prefix !== "string") throw badOption("prefix", "a string", prefix);
  const limit = captionLimit(config);
  // A space belongs to the token of the word after it.
  const { ids, dropped } = tokenizer.fitCaption(prefix.trimEnd(), limit);
  if (dropped !== undefined || ids.length === limit) {
    const expected = `fewer than ${limit} tokens, to leave room`;
    throw badOption("prefix", expected, `a text of ${prefix.length} characters`);
  }
  const seeds = Array.from({ length: count }, (_, index) => seedOfImage(seed, index));
  return { tokens: ids, seeds, sampling, signal };
}

/**
 * All captions go on from the same tokens, so those that have not ended stay of one length and are read together; each has
 * a generator of its own.
 */
export async function continueCaption(
  runtime: CaptionLogitsRuntime,
  tokenizer: CaptionTokenizer,
  { tokens: prefix, seeds, sampling, signal }: Continuation,
): Promise<ContinuedCaption[]> {
  const { textStates, textVocabulary: end } = runtime.config;
  const captions = seeds.map((seed) => ({
    seed,
    tokens: [...prefix],
    ended: false,
    logLikelihood: 0,
    random: new SeededRandom(seed),
  }));
  for (let length = prefix.length; length < textStates - 1; length++) {
    throwIfAborted(signal);
    const open = captions.filter(({ ended }) => !ended);
    if (open.length === 0) break;
    const logits = await runtime.next(open.map(({ tokens }) => tokens));
    for (const [index, caption] of open.entries()) {
      const row = logits[index]!;
      // Guidance is taught with empty captions, so the model thinks them likely; nobody asks for one.
      if (caption.tokens.length === 0) row[end] = Number.NEGATIVE_INFINITY;
      const token = sampleCode(row, caption.random.next, sampling);
      caption.logLikelihood += logProbability(row, token);
      caption.ended = token === end;
      if (!caption.ended) caption.tokens.push(token);
    }
  }
  return captions.map(({ tokens, seed, ended, logLikelihood }) => ({
    caption: tokenizer.decode(tokens),
    seed,
    ended,
    logLikelihood,
  }));
}
