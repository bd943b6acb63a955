/** @file Finding libtorch: what is said when there is none where one was named. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { addonPath, compilerArguments } from "../native/build.mjs";
import { locateLibTorch } from "../native/locate.mjs";

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

test("on another system than Linux, `npm run setup:torch` says that training needs Linux", () => {
  const darwin =
    "data:text/javascript,Object.defineProperty(process, 'platform', { value: 'darwin' });";
  const { status, stderr } = spawnSync(process.execPath, ["--import", darwin, setup], {
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "Training needs Linux, and this is darwin; train on a Linux machine, in WSL or in a container. " +
      "Generating needs no libtorch and works here.\n",
  );
});

test("where there is a libtorch and no compiler, it does not ask for a libtorch", () => {
  const { status, stderr } = spawnSync(process.execPath, [setup], {
    encoding: "utf8",
    env: { LIBTORCH: fakeLibTorch(undefined), PATH: emptyFolder() },
  });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "This system has no apt-get; install a C++ compiler, or set CXX to one, then `npm run setup:torch`.\n",
  );
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

/** An installation that has the files by which one is known, and none that runs. */
function fakeLibTorch(flags: string | undefined): string {
  const folder = emptyFolder();
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("include/torch/csrc/api/include/torch/version.h", "#define TORCH_VERSION_MAJOR 0");
  write("lib/libtorch_cpu.so", "");
  if (flags !== undefined)
    write("share/cmake/Torch/TorchConfig.cmake", `set(TORCH_CXX_FLAGS "${flags}")\n`);
  return folder;
}

test.each([
  ["-D_GLIBCXX_USE_CXX11_ABI=0", ["-D_GLIBCXX_USE_CXX11_ABI=0"]],
  ["-D_GLIBCXX_USE_CXX11_ABI=1", ["-D_GLIBCXX_USE_CXX11_ABI=1"]],
  ["-O2", []],
  [undefined, []],
])("a libtorch of %s is built against with the strings of its own", (flags, expected) => {
  vi.stubEnv("LIBTORCH", fakeLibTorch(flags));
  onTestFinished(() => void vi.unstubAllEnvs());
  const all = compilerArguments(locateLibTorch()!, "addon");
  expect(all.filter((argument) => argument.includes("ABI"))).toEqual(expected);
});

test("what was built and cannot be loaded is no success, and is not kept", () => {
  const [LIBTORCH, tools] = [fakeLibTorch("-D_GLIBCXX_USE_CXX11_ABI=1"), emptyFolder()];
  vi.stubEnv("LIBTORCH", LIBTORCH);
  const build = dirname(addonPath(locateLibTorch()!));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(build, { recursive: true, force: true });
  });
  const CXX = join(tools, "compiler");
  const script = '#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho nothing > "$2"\n';
  writeFileSync(CXX, script, { mode: 0o755 });
  const { status, stderr } = spawnSync(process.execPath, [setup], {
    encoding: "utf8",
    env: { ...process.env, LIBTORCH, CXX },
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^The binding was built, but libtorch 0\.0\.0 in .* does not take it \(.*\); set LIBTORCH to .*\.\n$/,
  );
  expect(existsSync(addonPath(locateLibTorch()!))).toBe(false);
});
