/** @file `dalle import`: public checkpoints of the family, held against the results of the programs that they were made for. */
import type { Command } from "commander";
import { usageError } from "../options.js";
import type { CommandResult, Terminal } from "../terminal.js";

interface Options {
  readonly check: string;
}

const example = `
Kinds:
  openai-dvae   encoder.pkl and decoder.pkl
  mindalle      config.yaml, both stages' .ckpt, and the tokenizer's vocabulary and merges
  min-dalle     encoder.pt, decoder.pt, detoker.pt, vocab.json and merges.txt
  dalle-mini    the flax_model.msgpack of the transformer and of its VQGAN, vocab.json and merges.txt
  rudalle       pytorch_model_v3.bin or another release's, either VQGAN's .ckpt, and bpe.model
  dalle-pytorch dalle.pt
  clip          ViT-B-32.pt, or another of OpenAI's with a vision transformer

Example:
  $ dalle import openai-dvae encoder.pkl decoder.pkl --check reference`;

export function addImport(program: Command, terminal: Terminal): void {
  program
    .command("import")
    .description(
      "Read public checkpoints of the DALL·E family; nothing in their files is ever run.",
    )
    .argument("<kind>", "what the files are; see below")
    .argument("<files...>", "the checkpoint's files, in any order")
    .requiredOption(
      "--check <folder>",
      "compare with inputs.safetensors and expected.safetensors there; exit code 1 if any differs",
    )
    .addHelpText("after", example)
    .action(terminal.action(importCheckpoint));
}

async function importCheckpoint(
  name: string,
  files: readonly string[],
  { check }: Options,
): Promise<CommandResult> {
  const { checkImport, checkText, importKinds } = await import("@dalle-ts/train");
  const kind = Object.hasOwn(importKinds, name) ? importKinds[name] : undefined;
  if (!kind) throw usageError("kind", `one of ${Object.keys(importKinds).join(", ")}`, name);
  const rows = await checkImport(kind, files, check);
  return {
    text: checkText(rows),
    json: { rows },
    exitCode: rows.every(({ ok }) => ok) ? 0 : 1,
  };
}
