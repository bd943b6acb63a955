/**
 * @file Finds libtorch, on Linux: the folder in LIBTORCH, then a torch installed by pip, then the system's (Debian libtorch-dev).
 * Plain JavaScript without dependencies, because `npm run setup:torch` uses it before anything is built.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * @typedef {object} LibTorch
 * @property {string} source Where it came from: "LIBTORCH", "pip" or "system".
 * @property {string} version For example "2.13.0".
 * @property {string[]} includes Header folders.
 * @property {string} libraries Folder of libtorch_cpu.so.
 * @property {boolean} cuda Whether libtorch_cuda.so is beside it.
 * @property {string} [abi] Its _GLIBCXX_USE_CXX11_ABI, "0" or "1", where it says so: PyPI's had the old strings up to 2.6.
 */

/** Where the version numbers stand: the second place since libtorch 2.9. */
const versionHeaders = ["torch/csrc/api/include/torch/version.h", "torch/headeronly/version.h"];

/** Reads one installation; undefined where headers or library are missing. */
function inspect(source, includeRoot, libraries) {
  const headers = versionHeaders.map((name) => join(includeRoot, name)).filter(existsSync);
  if (!headers.length || !existsSync(join(libraries, "libtorch_cpu.so"))) return undefined;
  const text = headers.map((name) => readFileSync(name, "utf8")).join("\n");
  const part = (name) => text.match(new RegExp(`TORCH_VERSION_${name} (\\d+)`))?.[1] ?? "0";
  return {
    source,
    version: `${part("MAJOR")}.${part("MINOR")}.${part("PATCH")}`,
    includes: [includeRoot, join(includeRoot, "torch/csrc/api/include")],
    libraries,
    cuda: existsSync(join(libraries, "libtorch_cuda.so")),
    ...abiOf(libraries),
  };
}

/** What CMake is told; Debian keeps its file elsewhere, and has the compiler's own ABI. */
function abiOf(libraries) {
  const config = join(libraries, "../share/cmake/Torch/TorchConfig.cmake");
  if (!existsSync(config)) return {};
  const abi = readFileSync(config, "utf8").match(/_GLIBCXX_USE_CXX11_ABI=(\d)/)?.[1];
  return abi === undefined ? {} : { abi };
}

function fromPip() {
  const script =
    "import importlib.util as u; s = u.find_spec('torch'); print(s.submodule_search_locations[0] if s else '')";
  const found = spawnSync("python3", ["-c", script], { encoding: "utf8" });
  const folder = found.status === 0 ? found.stdout.trim() : "";
  return folder ? inspect("pip", join(folder, "include"), join(folder, "lib")) : undefined;
}

function fromSystem() {
  for (const libraries of systemLibraryFolders()) {
    const found = inspect("system", "/usr/include", libraries);
    if (found) return found;
  }
  return undefined;
}

/** Debian keeps libraries in /usr/lib/<machine>-linux-gnu. */
function systemLibraryFolders() {
  const multiarch = existsSync("/usr/lib")
    ? readdirSync("/usr/lib").filter((name) => name.endsWith("-linux-gnu"))
    : [];
  return [...multiarch.map((name) => join("/usr/lib", name)), "/usr/lib", "/usr/local/lib"];
}

/** @returns {LibTorch | undefined} Throws on other systems, for whose libtorch the binding cannot be built. */
export function locateLibTorch() {
  if (process.platform !== "linux") {
    throw new Error(
      `Training needs Linux, and this is ${process.platform}; train on a Linux machine, in WSL or in a container. ` +
        "Generating needs no libtorch and works here.",
    );
  }
  const folder = process.env.LIBTORCH;
  if (folder) {
    const found = inspect("LIBTORCH", join(folder, "include"), join(folder, "lib"));
    if (!found) {
      throw new Error(
        `LIBTORCH=${folder} holds no libtorch (looked for include/${versionHeaders[0]} and lib/libtorch_cpu.so); ` +
          "point it at an unpacked libtorch or at the torch folder of a Python environment, or unset it.",
      );
    }
    return found;
  }
  return fromPip() ?? fromSystem();
}
