/** @file ruDALL-E against the reference program: prompts' ids → codes → pixels → logits of both releases → greedy tokens. */
import { type SandwichTransformerConfig, sandwichTransformer } from "@dalle-ts/models";
import type { CheckpointArray, CheckpointFile } from "@dalle-ts/tensor";
import { CaptionTokenizer, runtimeTensor } from "dalle-ts/parts";
import { graphOf } from "../../export/record.js";
import { type CheckedImport, compareAll } from "../check/compare.js";
import { findHeads } from "../check/find-heads.js";
import { fixedRows } from "../check/fixed-rows.js";
import type { Reference } from "../check/reference.js";
import { runGraph } from "../check/run-graph.js";
import type { ImportFacts } from "../facts.js";
import { decodeVqgan, encodeVqgan } from "../vqgan/run-vqgan.js";
import { rudalleHeads } from "./heads.js";
import { type ImportedRudalle, importRudalle } from "./import-rudalle.js";
import { captionEnds } from "./tokenizer-json.js";

/** files: of `importRudalle`; tokenizerJson: of `rudalleTokenizerJson`. */
export async function checkRudalle(
  files: readonly CheckpointFile[],
  tokenizerJson: string,
  reference: Reference,
  said: Pick<ImportFacts, "heads">,
): Promise<CheckedImport> {
  const withHeads = (heads: number) => importRudalle(files, { heads, release: "v3" });
  const { width } = withHeads(1).config;
  const errorOf = (guess: number) => logitsError(withHeads(guess), reference);
  const headSize = width / rudalleHeads(width);
  const heads = said.heads ?? (await findHeads(width, headSize, errorOf));
  const imported = withHeads(heads);
  const forced = await run(imported, "v3", reference, "image_tokens");
  // Fed with the expected tokens, each step must choose the next of them: then drawing one by one would too.
  const drawn = await run(imported, "v3", reference, "greedy_tokens");
  const older = await run(imported, "v2", reference, "image_tokens");
  const found = new Map<string, CheckpointArray>([
    ["prompt_tokens", await promptIds(imported, tokenizerJson, reference)],
  ]);
  for (const vqgan of imported.vqgans) {
    const ending = vqgan.config.patch === 1 ? "" : "_dwt";
    const { codes } = await encodeVqgan(vqgan, reference.floats("image"));
    found.set(`codes${ending}`, codes);
    const pixels = await decodeVqgan(vqgan, reference.integers("image_tokens"));
    found.set(`pixels${ending}`, pixels);
  }
  found.set("logits", forced.logits);
  found.set("image_logits_v2", older.imageLogits);
  found.set("greedy_tokens", drawn.best);
  return { rows: compareAll(reference, found), found: { heads } };
}

/** Of the release that the reference has logits of. */
async function logitsError(imported: ImportedRudalle, reference: Reference): Promise<number> {
  const release = reference.expected.has("logits") ? "v3" : "v2";
  const { logits, imageLogits } = await run(imported, release, reference, "image_tokens");
  const found = release === "v3" ? { logits } : { image_logits_v2: imageLogits };
  return compareAll(reference, new Map(Object.entries(found)))[0]!.error;
}

/** One pass over a caption and the codes that the reference calls `name`; imageLogits: of the states that predict a code. */
async function run(
  { config, parameters }: ImportedRudalle,
  release: SandwichTransformerConfig["release"],
  reference: Reference,
  name: string,
): Promise<{ logits: Float32Array; imageLogits: Float32Array; best: BigInt64Array }> {
  const { textStates, textVocabulary, gridSide } = config;
  const text = reference.integers("text_tokens");
  const codes = reference.integers(name);
  const { graph, tree } = graphOf("sandwich-transformer", parameters);
  const given = graph.input("codes", codes.shape, "i64");
  // In v2 the last code has no state: nothing follows it.
  const fed = release === "v2" ? given.slice(1, 0, gridSide ** 2 - 1) : given;
  const ids = graph.input("text", text.shape, "i64");
  const logits = sandwichTransformer(tree, { ...config, release }, ids, fed);
  const first = release === "v2" ? textStates : textStates - 1; // the state that predicts the first code
  const imageLogits = logits
    .slice(1, first, first + gridSide ** 2)
    .slice(2, textVocabulary + textStates);
  graph.output("logits", logits);
  graph.output("image_logits", imageLogits);
  graph.output("best", imageLogits.argmax(-1));
  const found = await runGraph(graph, {
    text: runtimeTensor(text.data, text.shape),
    codes: runtimeTensor(codes.data, codes.shape),
  });
  return {
    logits: found.get("logits") as Float32Array,
    imageLogits: found.get("image_logits") as Float32Array,
    best: found.get("best") as BigInt64Array,
  };
}

/** Start, ids and end of each prompt, cut to the text states and filled up with zeros. */
async function promptIds(
  { config: { textStates } }: ImportedRudalle,
  tokenizerJson: string,
  reference: Reference,
): Promise<BigInt64Array> {
  const tokenizer = CaptionTokenizer.fromJson(tokenizerJson);
  const { textStart, textEnd } = captionEnds(tokenizerJson);
  const prompts = await reference.prompts();
  return fixedRows(
    prompts.map((prompt) => [textStart, ...tokenizer.encode(prompt), textEnd]),
    textStates,
    0,
  );
}
