/** @file Installs packages of Debian or Ubuntu, as root or through sudo. */
import { execFileSync, spawnSync } from "node:child_process";

export function hasCommand(command) {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}

/** `otherwise`: what to do on a system without apt-get, which ends the error's sentence. */
export function installWithApt(packages, otherwise) {
  if (!hasCommand("apt-get")) throw new Error(`This system has no apt-get; ${otherwise}.`);
  const prefix = process.getuid?.() === 0 ? [] : ["sudo"];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", ...args];
    execFileSync(command, rest, {
      stdio: "inherit",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  };
  console.log(`Installing ${packages.join(", ")} with apt-get`);
  apt("update", "-q");
  apt("install", "-y", "-q", "--no-install-recommends", ...packages);
}
