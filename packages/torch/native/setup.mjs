/** @file `npm run setup:torch`: finds libtorch, installs Debian's where there is none, and builds the binding once. */
import { execFileSync, spawnSync } from "node:child_process";
import { build, compiler, isBuilt } from "./build.mjs";
import { locateLibTorch } from "./locate.mjs";

const packages = ["libtorch-dev", "libopenblas0-openmp", "g++"];

function has(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

/** Debian and Ubuntu only; elsewhere the message says how to bring a libtorch along. */
function installWithApt() {
  if (!has("apt-get")) {
    throw new Error(
      "No libtorch was found and this system has no apt-get; run `pip install torch`, or set LIBTORCH to an unpacked libtorch, then `npm run setup:torch`.",
    );
  }
  const prefix = process.getuid?.() === 0 ? [] : ["sudo"];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", ...args];
    execFileSync(command, rest, {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  };
  console.log(`No libtorch found: installing ${packages.join(", ")} with apt-get`);
  apt("update", "-q");
  apt("install", "-y", "-q", "--no-install-recommends", ...packages);
}

try {
  if (!locateLibTorch() || !has(compiler())) installWithApt();
  const libtorch = locateLibTorch();
  if (!libtorch) throw new Error("libtorch is still missing after the installation; see above.");
  const label = `libtorch ${libtorch.version} (${libtorch.source}${libtorch.cuda ? ", CUDA" : ""})`;
  if (isBuilt(libtorch)) console.log(`The binding for ${label} is up to date.`);
  else {
    console.log(`Building the binding for ${label} …`);
    build(libtorch);
    console.log(`Built the binding for ${label}.`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
