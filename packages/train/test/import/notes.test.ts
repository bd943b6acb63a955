/** @file What no file of a kind tells and was assumed is said, and nothing is said of what the user told. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { type ImportFacts, importKinds } from "../../src/import/kinds.js";
import { withCheckpoints } from "../../src/import/open-checkpoints.js";

const rudalle = fixtureFolder("import/rudalle");
const dallePytorch = fixtureFolder("import/dalle-pytorch");

async function notesOf(kind: string, paths: readonly string[], facts: ImportFacts = {}) {
  const { notes } = await withCheckpoints(paths, (files) =>
    importKinds[kind]!.parts(files, paths, facts),
  );
  return notes;
}

test.skipIf(!rudalle)("ruDALL-E: heads and release", async () => {
  const names = ["pytorch_model_v3.bin", "bpe.model", "vqgan.gumbelf8-sber.model.ckpt"];
  const paths = names.map((name) => join(rudalle!, name));
  expect(await notesOf("rudalle", paths)).toEqual([
    expect.stringMatching(/^No file tells the number of attention heads: assumed 1 of 48 /),
    expect.stringMatching(/assumed release v3, by the files' names\. .* --release\.$/),
  ]);
  expect(await notesOf("rudalle", paths, { heads: 4, release: "v3" })).toEqual([]);
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
