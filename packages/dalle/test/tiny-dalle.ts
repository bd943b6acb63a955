/** @file A tiny random model for the tests of one file: loaded before them, spies put back after each, gone at the end. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { type TinyModelOptions, writeTinyModel } from "../../train/test/tiny-model.js";
import { Dalle, type StreamEvent } from "../src/index.js";

interface TinyDalle {
  readonly dalle: Dalle;
  readonly folder: string;
  readonly config: Awaited<ReturnType<typeof writeTinyModel>>;
}

/** use: told of the model before the first test. */
export function tinyDalle(
  options: TinyModelOptions,
  use: (tiny: TinyDalle) => void | Promise<void>,
): void {
  let tiny: TinyDalle;
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), "dalle-"));
    const config = await writeTinyModel(folder, options);
    tiny = { folder, config, dalle: await Dalle.load(folder) };
    await use(tiny);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    await tiny.dalle.dispose();
    await rm(tiny.folder, { recursive: true });
  });
}

export async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const found: StreamEvent[] = [];
  for await (const event of events) found.push(event);
  return found;
}
