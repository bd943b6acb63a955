/**
 * @file `npm run bench:mini`: dalle-mini's released shapes (encoder 203M, decoder 235M, VQGAN decoder 47M) with random
 * weights, as `dalle import` writes them in 8 bits. Prints seconds for the caption, the codes and the pixels of one
 * picture and of four drawn together, and ratios to min-dalle's: as published for two other cores, and on these to its
 * loop in bench/peers (codes) and, where MIN_DALLE names the folder of its source, to its own decoder (pixels).
 * Optional arguments: the weight format, and codes to time (256).
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  dalleMini,
  imageDecoderSpecs,
  textEncoderSpecs,
  type VqganConfig,
  vqganDecoderSpecs,
} from "@dalle-ts/models";
import { branchSpecs, type ParameterSpec, type WeightFormat } from "@dalle-ts/tensor";
import { exportEncoderDecoder, exportVqgan } from "@dalle-ts/train";
import { DvaeRuntime, drawFromNothing, EncoderDecoderWalker, SeededRandom } from "dalle-ts/parts";
import { timePeer } from "./peer.js";

/** min-dalle (PyTorch 2.13, fp32, two cores) in seconds, by pictures drawn together. */
const minDalle = { 1: { codes: 20.5, pixels: 2.5 }, 4: { codes: 72, pixels: 5.6 } } as const;

/** The VQGAN of both programs. */
const vqgan: VqganConfig = {
  imageSize: 256,
  channels: 3,
  patch: 1,
  codes: 16_384,
  codeWidth: 256,
  latentWidth: 256,
  normEpsilon: 1e-5,
  pixelRange: "unit",
  decoder: {
    inputWidth: 512,
    levels: [128, 128, 256, 256, 512].map((width, level) => ({
      width,
      blocks: 3,
      attention: level === 4,
    })),
  },
};

const format = (process.argv[2] ?? "int8-rows") as WeightFormat;
const codesTimed = Number(process.argv[3] ?? dalleMini.imageStates);
const noise = uniform(53_000_000);
let parametersCut = 0;
const folder = await mkdtemp(join(tmpdir(), "dalle-mini-"));
try {
  const halves = [
    ...random("encoder", textEncoderSpecs(dalleMini)),
    ...random("decoder", imageDecoderSpecs(dalleMini)),
  ];
  await exportEncoderDecoder(folder, dalleMini, halves, format);
  await exportVqgan(folder, vqgan, random("decoder", vqganDecoderSpecs(vqgan)));
  await using walker = await EncoderDecoderWalker.open(folder, dalleMini);
  await using pictures = new DvaeRuntime(folder, { family: "vqgan", ...vqgan });
  await pictures.decode(new Int32Array(dalleMini.imageStates)); // the first run warms up
  const beside = {
    codes: await timePeer("mini-loop", [1, 4]),
    pixels: process.env.MIN_DALLE ? await timePeer("min-dalle-pixels", [1, 4]) : undefined,
  };
  const rows = [];
  for (const count of [1, 4] as const) rows.push(await time(walker, pictures, count, beside));
  console.table(rows);
  console.log(JSON.stringify({ format, codesTimed, rows }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * Fresh parameters, all cut from one noise, each from another place: ONNX Runtime keeps equal weights once, and would then
 * find them in the processor's cache.
 */
function random(branch: string, specs: readonly ParameterSpec[]) {
  return branchSpecs(branch, specs).map((spec) => {
    const place = parametersCut++;
    return { ...spec, data: () => randomData(spec, place) };
  });
}

function randomData({ shape, init }: ParameterSpec, place: number): Float32Array {
  const length = shape.reduce((a, b) => a * b, 1);
  if ("fill" in init) return new Float32Array(length).fill(init.fill);
  const start = 1009 * place;
  return noise.subarray(start, start + length);
}

/** Numbers of deviation 0.02, the same in every run. */
function uniform(length: number): Float32Array {
  const numbers = new Float32Array(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    numbers[index] = (state / 2 ** 32) * 0.02 * Math.sqrt(12);
  }
  return numbers;
}

/** Seconds; codes are those of a whole picture, also where fewer were timed. */
async function time(
  walker: EncoderDecoderWalker,
  pictures: DvaeRuntime,
  count: 1 | 4,
  beside: Readonly<Record<"codes" | "pixels", Awaited<ReturnType<typeof timePeer>>>>,
) {
  const codes = Array.from({ length: count }, () => new Int32Array(dalleMini.imageStates));
  const randoms = codes.map((_, index) => new SeededRandom(index));
  const started = performance.now();
  let [read, known] = [started, 0];
  const signal = new AbortController();
  const drawing = drawFromNothing(walker, {
    tokens: Array.from({ length: 20 }, (_, index) => 100 + index),
    randoms,
    guidance: 16,
    topK: 256,
    signal: signal.signal,
    onCode: (now) => {
      if (now === 1) read = performance.now(); // the caption, and a first code
      known = now;
      if (known === codesTimed) signal.abort();
    },
  });
  await drawing.catch(() => undefined);
  const perCode = (performance.now() - read) / 1000 / (known - 1);
  const seconds = { caption: (read - started) / 1000 - perCode, codes: perCode * 256, pixels: 0 };
  const decoding = performance.now();
  for (const each of codes) await pictures.decode(each);
  seconds.pixels = (performance.now() - decoding) / 1000;
  const drawn = seconds.caption + seconds.codes;
  const theirs = minDalle[count];
  return {
    pictures: count,
    ...Object.fromEntries(Object.entries(seconds).map(([name, value]) => [name, round(value)])),
    "times faster, codes": round(theirs.codes / drawn),
    "times faster, pixels": round(theirs.pixels / seconds.pixels),
    "times faster, all": round((theirs.codes + theirs.pixels) / (drawn + seconds.pixels)),
    ...(beside.codes && {
      "loop beside, codes": round(beside.codes[count]!),
      "times faster than it": round(beside.codes[count]! / drawn),
    }),
    ...(beside.pixels && {
      "min-dalle beside, pixels": round(beside.pixels[count]!),
      "times faster than that": round(beside.pixels[count]! / seconds.pixels),
    }),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
