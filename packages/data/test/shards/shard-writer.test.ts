/** @file A shard that cannot be written: what was in the way is said, and nothing of the shard stays. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { newFolder } from "../source/fixtures.js";

test("a file that may grow no longer is named, with the system's reason, and is gone", () => {
  const folder = newFolder();
  const module = new URL("../../src/shards/shard-writer.ts", import.meta.url).href;
  const program = `const { writeShard } = await import(${JSON.stringify(module)});
    let state = 1;
    const noise = () => (state = (state * 48271) % 2147483647) % 256;
    const image = () => ({ width: 64, height: 64, pixels: Uint8Array.from({ length: 12288 }, noise) });
    const samples = Array.from({ length: 40 }, (_, key) => ({ key: String(key), image: image(), caption: "x" }));
    try {
      await writeShard(${JSON.stringify(join(folder, "00000.tar"))}, "00000.tar", samples);
    } catch (error) {
      console.log(error.message);
    }`;
  const options = ["--conditions=@dalle-ts/source", "--import", "tsx", "--input-type=module"];
  // 64 blocks, of 512 or 1,024 bytes each: a few pictures.
  const limited = `ulimit -f 64; exec "$0" "$@"`;
  const argv = ["-c", limited, process.execPath, ...options, "-e", program];
  const { status, stdout, stderr } = spawnSync("sh", argv, { encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout.replace(folder, "…")).toMatch(
    /^Cannot write …\/00000\.tar: EFBIG: .*; check the folder's permissions and free space\.\n$/,
  );
  expect(readdirSync(folder)).toEqual([]);
});
