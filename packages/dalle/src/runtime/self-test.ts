/**
 * @file The self-test of a device: a model folder may hold logits that its transformer gave where it was exported, and a
 * device is used only if it gives them again. Some graphics drivers compute nonsense and report no error.
 */
import type { CodeModelConfig } from "@dalle-ts/models";
import type { Device } from "../engine.js";
import type { ModelFiles, ModelFolder } from "../model-folder/model-folder.js";
import { openWalker } from "./open-walker.js";

export const SELF_TEST_FILE = "self-test.json";

/** 8-bit products round differently from device to device; nonsense is wrong by 1 and more. */
export const SELF_TEST_TOLERANCE = 0.05;

/** More logits than this say nothing new. */
const MOST_LOGITS = 256;

interface SelfTest {
  /** Evenly spaced over the codes. */
  readonly logits: readonly number[];
}

/** The content of self-test.json, by the CPU. */
export async function makeSelfTest(files: ModelFiles, config: CodeModelConfig): Promise<string> {
  const { logits } = await testWalk(files, config, "cpu");
  return `${JSON.stringify({ logits } satisfies SelfTest)}\n`;
}

export interface SelfTestResult {
  /** L2 norm of the difference from the stored logits, over theirs; NaN of a device that gives such. */
  readonly error: number;
  /** For one code, without the first, for which shaders are compiled. */
  readonly milliseconds: number;
}

export async function runSelfTest(files: ModelFolder, device: Device): Promise<SelfTestResult> {
  const text = new TextDecoder().decode(await files.read(SELF_TEST_FILE));
  const stored = (JSON.parse(text) as SelfTest).logits;
  const { transformer } = files.config;
  const { logits, milliseconds } = await testWalk(files, transformer!, device); // it made the stored ones
  const norm = (values: readonly number[]) => Math.hypot(...values);
  const difference = stored.map((logit, index) => logit - logits[index]!);
  return { error: norm(difference) / norm(stored), milliseconds };
}

/** The next code's logits after a row and a bit of made-up codes, which have filled every kind of cache. */
async function testWalk(
  files: ModelFiles,
  config: CodeModelConfig,
  device: Device,
): Promise<SelfTest & { milliseconds: number }> {
  await using walker = await openWalker(files, config, device);
  const { codeCount } = walker;
  const codes = Int32Array.from(
    { length: codeCount },
    (_, at) => (7 * at * at) % walker.imageCodes,
  );
  const last = Math.min(codeCount, Math.ceil(Math.sqrt(codeCount)) + 3);
  let state = 0;
  let start = 0;
  let logits: number[] = [];
  for await (const [row] of walker.walk([{ tokens: [0], codes }])) {
    if (state === 0) start = performance.now();
    logits = Array.from(row!);
    if (++state === last) break;
  }
  const stride = Math.ceil(logits.length / MOST_LOGITS);
  return {
    logits: logits.filter((_, index) => index % stride === 0),
    milliseconds: (performance.now() - start) / (last - 1),
  };
}
