/** @file Finding libtorch: what is said when there is none where one was named. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const locate = new URL("../native/locate.mjs", import.meta.url).href;
const setup = fileURLToPath(new URL("../native/setup.mjs", import.meta.url));

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "dalle-no-torch-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("LIBTORCH at an empty folder is one sentence with the next step", () => {
  const folder = emptyFolder();
  const script = `import { locateLibTorch } from ${JSON.stringify(locate)};
    try { locateLibTorch(); } catch (error) { console.log(error.message); }`;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
    encoding: "utf8",
    env: { ...process.env, LIBTORCH: folder },
  });
  expect(output).toBe(
    `LIBTORCH=${folder} holds no libtorch (looked for include/torch/csrc/api/include/torch/version.h and lib/libtorch_cpu.so); ` +
      "point it at an unpacked libtorch or at the torch folder of a Python environment, or unset it.\n",
  );
});

test("`npm run setup:torch` says the same, builds nothing and fails", () => {
  const folder = emptyFolder();
  const { status, stderr, stdout } = spawnSync(process.execPath, [setup], {
    encoding: "utf8",
    env: { ...process.env, LIBTORCH: folder },
  });
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toMatch(/^LIBTORCH=.* holds no libtorch .*, or unset it\.\n$/);
});

test("the library says it as a typed error, at the first use and not at the import", () => {
  const index = new URL("../src/index.ts", import.meta.url).href;
  const script = `const torch = await import(${JSON.stringify(index)});
    try { torch.torchVersion(); } catch ({ name, code, message }) { console.log(JSON.stringify({ name, code, message })); }`;
  const output = execFileSync(
    process.execPath,
    ["--conditions=@dalle-ts/source", "--import=tsx", "--input-type=module", "-e", script],
    { encoding: "utf8", env: { ...process.env, LIBTORCH: emptyFolder() } },
  );
  expect(JSON.parse(output)).toMatchObject({
    name: "DalleError",
    code: "native",
    message: expect.stringMatching(/^LIBTORCH=.* holds no libtorch/),
  });
});
