/** @file `dalle data split`: which split of the painted world a caption is in. */
import type { Command } from "commander";
import type { CommandResult, Terminal } from "../../terminal.js";

const example = `
Example:
  $ dalle data split "a small red block sitting on a large green block"`;

export function addSplit(data: Command, terminal: Terminal): void {
  data
    .command("split")
    .description("Say whether a caption's composition is trained on or held out.")
    .argument("<caption>", "a caption of the painted world")
    .addHelpText("after", example)
    .action(terminal.action(split));
}

async function split(caption: string): Promise<CommandResult> {
  const { isHeldOut, compositionKeyOfCaption } = await import("@dalle-ts/data");
  const composition = compositionKeyOfCaption(caption);
  if (composition === undefined) {
    return {
      text: [
        'The painted world has no such caption, so it is in neither split; try "a red cube on a green cube".',
      ],
      json: { caption, composition: null, split: null },
    };
  }
  const name = isHeldOut(composition) ? "held-out" : "train";
  return { text: [composition, name], json: { caption, composition, split: name } };
}
