/** @file Compiles binding.cc against one libtorch. One build per libtorch version stays beside the others. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const sourceFile = join(here, "binding.cc");
const headerFile = join(here, "plain-blocks.h");

/** Where the addon for this libtorch is, or will be. */
export function addonPath(libtorch) {
  return join(here, "..", "build", `torch-${libtorch.version}`, "dalle_torch.node");
}

/** What the addon was built from: a changed source or another libtorch of the same version needs a new build. */
function fingerprint(libtorch) {
  const hash = createHash("sha256");
  for (const file of [sourceFile, headerFile]) hash.update(readFileSync(file));
  const source = hash.digest("hex");
  return JSON.stringify({ source, libtorch, node: process.versions.modules });
}

/** The C++ compiler: the one in CXX, or g++. */
export function compiler() {
  return process.env.CXX || "g++";
}

/** Whether the addon for this libtorch is there and current. */
export function isBuilt(libtorch) {
  const addon = addonPath(libtorch);
  const note = `${addon}.json`;
  return (
    existsSync(addon) && existsSync(note) && readFileSync(note, "utf8") === fingerprint(libtorch)
  );
}

/** What the compiler is told to make `output`, an addon for this libtorch. */
export function compilerArguments(libtorch, output) {
  const includes = [
    ...libtorch.includes,
    require("node-api-headers").include_dir,
    require("node-addon-api").include_dir,
  ];
  const libraries = ["torch_cpu", "c10", ...(libtorch.cuda ? ["torch_cuda", "c10_cuda"] : [])];
  return [
    "-std=c++17",
    "-O2",
    "-fPIC",
    "-shared",
    "-Wall",
    "-Wno-deprecated-declarations",
    "-DNODE_ADDON_API_CPP_EXCEPTIONS",
    "-DNAPI_VERSION=8",
    // With the wrong ABI, functions that take std::string have other mangled names, and do not link.
    ...(libtorch.abi === undefined ? [] : [`-D_GLIBCXX_USE_CXX11_ABI=${libtorch.abi}`]),
    // The compiler searches /usr/include by itself, and naming it would break its search order.
    ...includes
      .filter((folder) => folder !== "/usr/include")
      .flatMap((folder) => ["-isystem", folder]),
    sourceFile,
    "-o",
    output,
    `-L${libtorch.libraries}`,
    `-Wl,-rpath,${libtorch.libraries}`,
    "-Wl,--no-as-needed", // libtorch_cuda registers its kernels when loaded; nothing references it by name
    ...libraries.map((name) => `-l${name}`),
  ];
}

/**
 * Why the addon cannot be loaded, in the loader's words; undefined where it can. The linker does not tell: it must
 * leave Node's own functions open, and with them all others.
 */
export function loadFault(addon) {
  const script =
    "process.dlopen({ exports: {} }, process.argv[1], require('node:os').constants.dlopen.RTLD_NOW)";
  const { status, stderr } = spawnSync(process.execPath, ["-e", script, addon], {
    encoding: "utf8",
  });
  return status === 0 ? undefined : (/Error: (.*)/.exec(stderr)?.[1] ?? stderr);
}

/** Compiles, links and loads the addon; the old one stays until the new one is whole. */
export function build(libtorch) {
  const addon = addonPath(libtorch);
  mkdirSync(dirname(addon), { recursive: true });
  execFileSync(compiler(), compilerArguments(libtorch, `${addon}.new`), { stdio: "inherit" });
  const fault = loadFault(`${addon}.new`);
  if (fault !== undefined) {
    rmSync(`${addon}.new`);
    throw new Error(
      `The binding was built, but libtorch ${libtorch.version} in ${libtorch.libraries} does not take it (${fault}); ` +
        "set LIBTORCH to another libtorch, or CXX to a compiler that fits, then `npm run setup:torch`.",
    );
  }
  renameSync(`${addon}.new`, addon);
  writeFileSync(`${addon}.json`, fingerprint(libtorch));
  return addon;
}
