/** @file `npm run setup:torch`: finds libtorch, installs Debian's where there is none, and builds the binding once. */
import { hasCommand, installWithApt } from "./apt.mjs";
import { addonPath, build, compiler, isBuilt, loadFault } from "./build.mjs";
import { locateLibTorch } from "./locate.mjs";

const libtorchPackages = ["libtorch-dev", "libopenblas0-openmp", "g++"];
const getLibtorch = "run `pip install torch`, or set LIBTORCH to an unpacked libtorch";
const getCompiler = "install a C++ compiler, or set CXX to one";
const again = "then `npm run setup:torch`";

try {
  if (!locateLibTorch()) installWithApt(libtorchPackages, `${getLibtorch}, ${again}`);
  else if (!hasCommand(compiler())) installWithApt(["g++"], `${getCompiler}, ${again}`);
  const libtorch = locateLibTorch();
  if (!libtorch) throw new Error("libtorch is still missing after the installation; see above.");
  const label = `libtorch ${libtorch.version} (${libtorch.source}${libtorch.cuda ? ", CUDA" : ""})`;
  // What no longer loads, after an update of the system perhaps, is built anew.
  if (isBuilt(libtorch) && loadFault(addonPath(libtorch)) === undefined)
    console.log(`The binding for ${label} is up to date.`);
  else {
    console.log(`Building the binding for ${label} …`);
    build(libtorch);
    console.log(`Built the binding for ${label}.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
