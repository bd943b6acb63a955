/** @file The command as a process of its own: what it loads, how it starts, how it takes an interrupt. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { filesIn, temporaryFolder } from "./harness.js";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const folder = temporaryFolder();
const models = temporaryFolder();
const model = join(models, "model");

beforeAll(async () => {
  await writeTinyModel(model);
});

/** `spy`: code that runs first in the process. */
function start(argv: readonly string[], spy = "", env = process.env): ChildProcess {
  const spying = ["--import", `data:text/javascript,${encodeURIComponent(spy)}`];
  const source = ["--conditions=@dalle-ts/source", "--import", "tsx"];
  return spawn(process.execPath, [...source, ...spying, main, ...argv], { env });
}

async function outcome(child: ChildProcess) {
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout!), text(child.stderr!)]);
  return { exitCode: await ended, stdout, stderr };
}

test("generates without libtorch, and without a word on stderr", async () => {
  const spy = `process.on("exit", () => console.error(
    process.report.getReport().sharedObjects.filter((path) => /torch/.test(path)).join()));`;
  const argv = ["generate", "a red block", "--model", model, "-o", join(models, "a.png"), "--json"];
  const { exitCode, stdout, stderr } = await outcome(start(argv, spy));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "\n" });
  expect(JSON.parse(stdout).files).toEqual([join(models, "a.png")]);
});

test.each(["SIGINT", "SIGHUP"] as const)(
  "%s ends a long request with exit code 130 and no file",
  async (signal) => {
    const spy = `process.on("newListener", (name) => name === "${signal}" && console.error("listens"));`;
    const argv = ["generate", "a red block", "--model", model, "-n", "1000", "--batch", "1"];
    const child = start([...argv, "-o", join(folder, "out.png")], spy);
    child.stderr!.once("data", () => child.kill(signal));
    const { exitCode, stdout, stderr } = await outcome(child);
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(stderr).toBe("listens\nThe request was cancelled; start it again to get its result.\n");
    expect(await filesIn(folder)).toEqual([]);
  },
);

test("a usage error ends with exit code 2", async () => {
  const { exitCode, stdout, stderr } = await outcome(start(["generate"]));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toBe("missing required argument 'caption'; see `dalle generate --help`.\n");
});

test("training without libtorch ends before anything is painted or written", async () => {
  const run = join(folder, "run");
  const env = { ...process.env, LIBTORCH: folder };
  const child = start(["train", "dvae", "tiny-dvae", "-o", run], "", env);
  const { exitCode, stdout, stderr } = await outcome(child);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/^LIBTORCH=\S+ holds no libtorch .*, or unset it\.\n$/);
  expect(await filesIn(folder)).toEqual([]);
});
