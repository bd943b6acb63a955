/** @file A server on a free port with a tiny random model, for one test file, and an official client of it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import OpenAI from "openai";
import sharp from "sharp";
import { afterAll, beforeAll } from "vitest";
import { type TinyModelOptions, writeTinyModel } from "../../../train/test/tiny-model.js";
import { type RunningServer, type ServeOptions, serve } from "../../src/index.js";

export interface TestServer {
  readonly url: string;
  readonly server: RunningServer;
  /** Where the model, the library and the runs are. */
  readonly folder: string;
  readonly client: OpenAI;
  /** Of failures that the server reported as its own. */
  readonly errors: Error[];
}

/** Starts before the tests of the file and stops after them. */
export function testServer(
  options: ServeOptions = {},
  modelOptions: TinyModelOptions = {},
): TestServer {
  const test = {} as { -readonly [Key in keyof TestServer]: TestServer[Key] };
  beforeAll(async () => {
    test.folder = await mkdtemp(join(tmpdir(), "dalle-studio-"));
    const model = join(test.folder, "model");
    await writeTinyModel(model, { logitScale: 60, ...modelOptions });
    test.errors = [];
    test.server = await serve({
      port: 0,
      model,
      graceSeconds: 5,
      data: join(test.folder, "data"),
      runs: join(test.folder, "runs"),
      onError: (error) => test.errors.push(error),
      ...options,
    });
    test.url = test.server.url;
    test.client = new OpenAI({
      baseURL: `${test.url}/v1`,
      apiKey: options.keys?.[0] ?? "any",
      maxRetries: 0,
    });
    await test.server.ready;
  });
  afterAll(async () => {
    await test.server.close();
    await rm(test.folder, { recursive: true, force: true });
  });
  return test;
}

/** The size, format and first channel of a picture in base64. */
export async function decoded(base64: string | undefined) {
  const picture = sharp(Buffer.from(base64 ?? "", "base64"));
  const { format, width, height } = await picture.metadata();
  return { format, width, height, pixels: await picture.removeAlpha().raw().toBuffer() };
}

/** A PNG of size × size; where `hole` says so it is transparent. */
export async function examplePng(
  size = 64,
  hole: (column: number, row: number) => boolean = () => false,
): Promise<Buffer<ArrayBuffer>> {
  const pixels = Buffer.alloc(size * size * 4);
  for (let index = 0; index < size * size; index++) {
    const [row, column] = [Math.floor(index / size), index % size];
    pixels.set([(column * 4) % 256, (row * 4) % 256, 90, hole(column, row) ? 0 : 255], 4 * index);
  }
  const png = await sharp(pixels, { raw: { width: size, height: size, channels: 4 } })
    .png()
    .toBuffer();
  return Buffer.from(png);
}

export async function postJson(url: string, body: unknown, init: RequestInit = {}) {
  return fetch(url, {
    method: "POST",
    body: JSON.stringify(body),
    ...init,
    headers: { "content-type": "application/json", ...init.headers },
  });
}
