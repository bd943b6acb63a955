/** @file `dalle data`: the painted world, and the user's own captioned pictures. */
import type { Command } from "commander";
import type { Terminal } from "../../terminal.js";
import { addBuild } from "./build.js";
import { addCheck } from "./check.js";
import { addEncode } from "./encode.js";
import { addPack } from "./pack.js";
import { addSheet } from "./sheet.js";
import { addSplit } from "./split.js";

export function addData(program: Command, terminal: Terminal): void {
  const data = program
    .command("data")
    .description("Look into the painted world, and bring captioned pictures of your own.");
  for (const add of [addCheck, addPack, addEncode, addBuild, addSheet, addSplit]) {
    add(data, terminal);
  }
}
