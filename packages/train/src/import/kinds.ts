/** @file The kinds of public checkpoints that can be imported, by the names that the command line gives them. */
import { type CheckpointFile, DalleError } from "@dalle-ts/tensor";
import type { FoundParts } from "../export/export-imported.js";
import type { CheckedImport } from "./check/compare.js";
import { Reference } from "./check/reference.js";
import { checkClip } from "./clip/check-clip.js";
import { clipWithHeads } from "./clip/find-heads.js";
import { clipParts } from "./clip/parts.js";
import { checkDalleMini } from "./dalle-mini/check-dalle-mini.js";
import { dalleMiniParts } from "./dalle-mini/parts.js";
import { checkDallePytorch } from "./dalle-pytorch/check-dalle-pytorch.js";
import { importDallePytorch } from "./dalle-pytorch/import-dalle-pytorch.js";
import { dallePytorchParts } from "./dalle-pytorch/parts.js";
import type { ImportFacts } from "./facts.js";
import { checkKakao } from "./kakao-mindalle/check-kakao.js";
import { findKakaoFacts } from "./kakao-mindalle/facts.js";
import { importKakao } from "./kakao-mindalle/import-kakao.js";
import { kakaoParts } from "./kakao-mindalle/parts.js";
import { kakaoTokenizerJson } from "./kakao-mindalle/tokenizer-json.js";
import { checkMinDalle } from "./min-dalle/check-min-dalle.js";
import { importWithHeads } from "./min-dalle/find-heads.js";
import { minDalleParts } from "./min-dalle/parts.js";
import { minDalleTokenizerJson } from "./min-dalle/tokenizer-json.js";
import { withCheckpoints } from "./open-checkpoints.js";
import { checkOpenAiDvae } from "./openai-dvae/check-openai-dvae.js";
import { importOpenAiDvae } from "./openai-dvae/import-openai-dvae.js";
import { checkRudalle } from "./rudalle/check-rudalle.js";
import { rudalleParts } from "./rudalle/parts.js";
import { rudalleTokenizerJson } from "./rudalle/tokenizer-json.js";

/** The facts that a user can say. */
const sayable = ["heads", "release"] as const;

export interface ImportKind {
  /** The facts that its files may leave open; others are refused. */
  readonly takes: readonly (typeof sayable)[number][];
  /** files: those of `paths` that are checkpoints, open until the parts were written. */
  parts(
    files: readonly CheckpointFile[],
    paths: readonly string[],
    facts: ImportFacts,
  ): Promise<FoundParts>;
  /**
   * Computes everything that the reference expects of these checkpoints, at full precision on ONNX Runtime, and tries what neither
   * they nor `facts` tell.
   */
  check(paths: readonly string[], reference: Reference, facts: ImportFacts): Promise<CheckedImport>;
}

export const importKinds: Readonly<Record<string, ImportKind>> = {
  "openai-dvae": {
    takes: [],
    parts: async (files) => ({ dvae: importOpenAiDvae(files) }),
    check: (paths, reference) =>
      withCheckpoints(paths, async (files) => ({
        rows: await checkOpenAiDvae(importOpenAiDvae(files), reference),
      })),
  },
  mindalle: {
    takes: ["heads"],
    parts: kakaoParts,
    async check(paths, reference, said) {
      const tokenizer = await kakaoTokenizerJson(paths);
      const facts = await findKakaoFacts(paths, said);
      return withCheckpoints(paths, async (files) => ({
        rows: await checkKakao(importKakao(files, facts), tokenizer, reference),
      }));
    },
  },
  "min-dalle": {
    takes: ["heads"],
    parts: (files, paths, facts) =>
      minDalleParts(files, paths, facts, { sampling: { topK: 256, guidance: 16 } }),
    async check(paths, reference, { heads }) {
      const tokenizer = await minDalleTokenizerJson(paths);
      return withCheckpoints(paths, async (files) => {
        const imported = await importWithHeads(files, reference, { heads });
        const rows = await checkMinDalle(imported, tokenizer, reference);
        return { rows, found: { heads: imported.config.heads } };
      });
    },
  },
  "dalle-mini": {
    takes: ["heads"],
    parts: dalleMiniParts,
    check: (paths, reference, facts) =>
      withCheckpoints(paths, (files) => checkDalleMini(files, paths, reference, facts)),
  },
  rudalle: {
    takes: ["heads", "release"],
    parts: rudalleParts,
    async check(paths, reference, facts) {
      const tokenizer = await rudalleTokenizerJson(paths);
      return withCheckpoints(paths, (files) => checkRudalle(files, tokenizer, reference, facts));
    },
  },
  "dalle-pytorch": {
    takes: [],
    parts: dallePytorchParts,
    check: (paths, reference) =>
      withCheckpoints(paths, async (files) => ({
        rows: await checkDallePytorch(importDallePytorch(files), reference),
      })),
  },
  clip: {
    takes: ["heads"],
    parts: clipParts,
    check: (paths, reference, { heads }) =>
      withCheckpoints(paths, async (files) => {
        const imported = await clipWithHeads(files, reference, heads);
        const { image, text } = imported.config;
        const found = { heads: image.heads, textHeads: text.heads };
        return { rows: await checkClip(imported, reference), found };
      }),
  },
};

/**
 * Compares checkpoints with the results of a reference program: `inputs.safetensors` and `expected.safetensors` in `folder`.
 * facts: as the model is to be imported.
 */
export async function checkImport(
  kind: ImportKind,
  paths: readonly string[],
  folder: string,
  facts: ImportFacts = {},
): Promise<CheckedImport> {
  const checked = await kind.check(paths, await Reference.read(folder), facts);
  if (checked.rows.length > 0) return checked;
  throw new DalleError(
    "bad_file",
    `${folder}: nothing is expected there that this kind computes; give a folder made for it.`,
  );
}

/** Refuses what was said of files that tell it themselves, or whose kind has no such thing. */
export function refuseUselessFacts(
  [name, { takes }]: readonly [name: string, kind: Pick<ImportKind, "takes">],
  facts: ImportFacts,
): void {
  const useless = sayable.find((fact) => facts[fact] !== undefined && !takes.includes(fact));
  if (useless === undefined) return;
  throw new DalleError(
    "bad_option",
    `--${useless} is of no use for files of the kind ${name}; leave it out.`,
  );
}
