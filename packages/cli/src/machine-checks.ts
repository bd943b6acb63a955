/** @file The checks of `dalle doctor`. None throws, and none loads libtorch. */
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { availableParallelism, freemem, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { version } from "./version.js";

export type Purpose = "generating" | "training";

export interface Check {
  readonly name: string;
  readonly ok: boolean;
  /** What was found; for a failed check, ending with the next step. */
  readonly found: string;
  /** What does not work without it. */
  readonly neededFor: readonly Purpose[];
}

/** A training run shows samples by the code that generates. */
const everything: readonly Purpose[] = ["generating", "training"];

/** `model`: the folder to check instead of the bundled one. */
export async function checkMachine(model?: string): Promise<Check[]> {
  return [
    { name: "dalle-ts", ok: true, found: version, neededFor: [] },
    checkNode(process.versions.node),
    await attempt("ONNX Runtime", everything, "run `npm ci` again", runTinyGraph),
    await attempt("sharp", everything, "run `npm ci` again", async () => sharpVersion()),
    await attempt("model", ["generating"], undefined, () => describeModel(model)),
    await checkTorch(),
    machineFacts(),
  ];
}

/** As in package.json: the oldest of the line of 20 and of later ones, of which the vite that builds the page wants no older. */
const OLDEST_NODE_20 = 19;
const OLDEST_NODE = [22, 12] as const;

export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const ok =
    (major === 20 && minor >= OLDEST_NODE_20) ||
    major > OLDEST_NODE[0] ||
    (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  const advice = ok
    ? ""
    : `; install Node.js ${OLDEST_NODE.join(".")} or newer, or a 20 from 20.${OLDEST_NODE_20} on.`;
  return { name: "Node.js", ok, found: version + advice, neededFor: everything };
}

async function attempt(
  name: string,
  neededFor: readonly Purpose[],
  advice: string | undefined,
  probe: () => Promise<string>,
): Promise<Check> {
  try {
    return { name, ok: true, found: await probe(), neededFor };
  } catch (error) {
    const reason = String((error as Error).message).split("\n")[0]!;
    return { name, ok: false, found: advice ? `${reason}; ${advice}.` : reason, neededFor };
  }
}

/** Resolves what the library resolves: its own dependencies, not ours. */
function libraryRequire(): NodeJS.Require {
  return createRequire(createRequire(import.meta.url).resolve("dalle-ts"));
}

/** Records 2 · x as a graph, saves it and runs it. */
async function runTinyGraph(): Promise<string> {
  const { Graph } = await import("@dalle-ts/tensor");
  const { env, InferenceSession, Tensor } = libraryRequire()(
    "onnxruntime-node",
  ) as typeof import("onnxruntime-node");
  const graph = new Graph("doctor");
  graph.output("y", graph.input("x", [2], "f32").mul(2));
  const folder = await mkdtemp(join(tmpdir(), "dalle-doctor-"));
  try {
    await graph.save(join(folder, "doctor"));
    const session = await InferenceSession.create(join(folder, "doctor.onnx"));
    const { y } = await session.run({ x: new Tensor("float32", Float32Array.of(1, 2), [2]) });
    await session.release();
    const result = Array.from(y!.data as Float32Array).join();
    if (result !== "2,4") throw new Error(`it computed ${result} where 2,4 is right`);
    return `${env.versions.node}, runs a graph`;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function sharpVersion(): string {
  const sharp = libraryRequire()("sharp") as typeof import("sharp");
  return `${sharp.versions.sharp}, libvips ${sharp.versions.vips}`;
}

async function describeModel(model: string | undefined): Promise<string> {
  const { bundledModel, readModelFolder } = await import("dalle-ts/parts");
  const directory = model ?? bundledModel;
  const { config, hash } = await readModelFolder(directory);
  const size = (config.dvae ?? config.clip!.image).imageSize; // a config has one of them
  const files = Object.keys(config.files).length;
  return `${config.name} (${hash}), ${size} × ${size} pixels, ${files} files with the right hashes`;
}

async function checkTorch(): Promise<Check> {
  const name = "libtorch";
  const neededFor = ["training"] as const;
  const advice = "run `npm run setup:torch`; generating does not need it.";
  const { torchInstallation } = await import("@dalle-ts/torch");
  let installation: ReturnType<typeof torchInstallation>;
  try {
    installation = torchInstallation();
  } catch (error) {
    // A LIBTORCH that leads nowhere; the message says so, and what to do.
    return { name, ok: false, found: (error as Error).message, neededFor };
  }
  if (!installation) return { name, ok: false, found: `none was found; ${advice}`, neededFor };
  const { version, source, built } = installation;
  if (!built) {
    const reason = `${version} (${source}), but its binding is not built`;
    return { name, ok: false, found: `${reason}; ${advice}`, neededFor };
  }
  return { name, ok: true, found: `${version} (${source}), binding built`, neededFor };
}

function machineFacts(): Check {
  const gigabytes = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  const memory = `${gigabytes(totalmem())} memory, ${gigabytes(freemem())} free`;
  return {
    name: "machine",
    ok: true,
    found: `${availableParallelism()} CPUs, ${memory}`,
    neededFor: [],
  };
}
