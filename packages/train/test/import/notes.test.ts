/** @file What no file of a kind tells and was assumed is said, and nothing is said of what the user told. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, writeSafetensors } from "@dalle-ts/tensor";
import { expect, onTestFinished, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import type { ImportFacts } from "../../src/import/facts.js";
import { importModel } from "../../src/import/import-model.js";
import { importKinds } from "../../src/import/kinds.js";
import { withCheckpoints } from "../../src/import/open-checkpoints.js";

const rudalle = fixtureFolder("import/rudalle");
const dallePytorch = fixtureFolder("import/dalle-pytorch");

async function notesOf(kind: string, paths: readonly string[], facts: ImportFacts = {}) {
  const { notes } = await withCheckpoints(paths, (files) =>
    importKinds[kind]!.parts(files, paths, facts),
  );
  return notes;
}

test.skipIf(!rudalle)("ruDALL-E: heads; its mask tells the release", async () => {
  const names = ["pytorch_model_v3.bin", "bpe.model", "vqgan.gumbelf8-sber.model.ckpt"];
  const paths = names.map((name) => join(rudalle!, name));
  const heads = /^No file tells the number of attention heads: assumed 1 of 48 /;
  expect(await notesOf("rudalle", paths)).toEqual([expect.stringMatching(heads)]);
  expect(await notesOf("rudalle", paths, { heads: 4, release: "v3" })).toEqual([]);
  const both = [...paths, join(rudalle!, "vqgan.gumbelf8-sber-dwt.model.ckpt")];
  expect(await notesOf("rudalle", both, { heads: 4 })).toEqual([
    expect.stringMatching(
      /^The files have 2 VQGANs: taken is the first, .* have 32 pixels a side\./,
    ),
  ]);
  // Whatever the file is called.
  const named = { origins: ["https://host.example/rudalle-Emojich/pytorch_model.bin"] };
  const parts = await withCheckpoints(paths, (files) =>
    importKinds.rudalle!.parts(files, paths, named),
  );
  expect(parts.transformer!.config).toMatchObject({ release: "v3" });
});

test.skipIf(!rudalle)("ruDALL-E without its mask: the release, by what was given", async () => {
  const folder = await mkdtemp(join(tmpdir(), "dalle-notes-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const model = join(folder, "pytorch_model.safetensors");
  await using file = await CheckpointFile.open(join(rudalle!, "pytorch_model_v3.bin"));
  const weights = [...file.tensors].filter(([name]) => !name.endsWith("_mask"));
  await writeSafetensors(
    model,
    await Promise.all(
      weights.map(async ([name, { shape }]) => ({
        name,
        shape,
        dtype: "f32" as const,
        data: await file.readFloat32(name),
      })),
    ),
  );
  const rest = ["bpe.model", "vqgan.gumbelf8-sber.model.ckpt"].map((name) => join(rudalle!, name));
  const paths = [...rest, model];
  const origins = [...rest, "https://host.example/rudalle-Emojich/pytorch_model.bin"];
  expect(await notesOf("rudalle", paths, { heads: 4, origins })).toEqual([
    expect.stringMatching(/assumed release v2, by the files' names\. .* --release\.$/),
  ]);
  expect(await notesOf("rudalle", paths, { heads: 4 })).toEqual([
    expect.stringMatching(/assumed release v3, by the files' names\. .* --release\.$/),
  ]);
});

test.each([
  ["openai-dvae", { heads: 4 }],
  ["dalle-pytorch", { heads: 4 }],
  ["min-dalle", { heads: 4, release: "v2" }],
] as const)("%s has no use for all of %o, and says so", async (kind, facts) => {
  const useless = "release" in facts ? "release" : "heads";
  const options = { name: "a", weightFormat: "f32", ...facts } as const;
  await expect(importModel([kind, importKinds[kind]!], [], "/nowhere", options)).rejects.toThrow(
    `--${useless} is of no use for files of the kind ${kind}; leave it out.`,
  );
});

test.skipIf(!dallePytorch)(
  "DALLE-pytorch: the tokenizer, the masks' size and the pixels' scale",
  async () => {
    expect(await notesOf("dalle-pytorch", [join(dallePytorch!, "dalle.pt")])).toEqual([
      expect.stringMatching(/^No file holds the tokenizer, .* bpe_simple_vocab_16e6\.txt, /),
      expect.stringMatching(/^No file tells the size of the convolutional masks: .* 5 × 5\./),
      expect.stringMatching(
        /^No file tells how the dVAE's pixels were scaled: assumed is −1 … 1, /,
      ),
    ]);
  },
);
