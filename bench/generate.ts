/**
 * @file `npm run bench:generate -- [parts]`: what drawing costs. A table and one JSON line. Parts: reference, paper, sampling,
 * bundled, process, peer; all by default. Needs `npm run build`; run it with nothing else on the machine.
 */
import { availableParallelism, cpus } from "node:os";
import { badOption } from "@dalle-ts/tensor";
import { Dalle } from "dalle-ts";
import { timeDecoding } from "./decode.js";
import { peakOfBundledModel, peakOfShape, timeColdStart } from "./fresh-process.js";
import { referenceTransformer } from "./models.js";
import { timePeer } from "./peer.js";
import { timeSampling } from "./sampling.js";

interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it should be at most (≤) or at least (≥). */
  readonly goal?: string;
}

const FORMAT = "int8";
/** 256 text states and 32 × 32 codes, as in the paper; else the reference shape. */
const paperStream = { ...referenceTransformer, textStates: 256, gridRows: 32, gridColumns: 32 };

/** Each part's times are its own; ratios are of one run of this program. */
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  reference: timeReference,
  paper: timePaper,
  sampling: timeShareOfSampling,
  bundled: timeBundled,
  process: timeProcess,
  peer: timePeers,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in parts));
if (unknown) throw badOption("part", Object.keys(parts).join(", "), unknown);
const found: Record<string, Row[]> = {};
for (const [name, time] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) found[name] = await time();
}
console.table(
  Object.values(found)
    .flat()
    .map(({ what, value, unit, goal = "" }) => ({
      what,
      value: Number(value.toPrecision(3)),
      unit,
      goal,
    })),
);
console.log(JSON.stringify({ cpu: cpus()[0]?.model, cores: availableParallelism(), ...found }));

async function timeReference(): Promise<Row[]> {
  const [one, eight] = await timeDecoding(referenceTransformer, FORMAT, [1, 8]);
  return [
    { what: "a picture, batch 1", value: one!.secondsPerPicture, unit: "s", goal: "≤ 0.50" },
    { what: "a picture, batch 8", value: eight!.secondsPerPicture, unit: "s", goal: "≤ 0.15" },
    { what: "a quiet step, batch 1", value: one!.quietMsPerStep, unit: "ms" },
    { what: "a quiet step, batch 8", value: eight!.quietMsPerStep, unit: "ms" },
    { what: "last quarter's step by the first's", value: one!.lateByEarly, unit: "×", goal: "1" },
    { what: "the same at batch 8", value: eight!.lateByEarly, unit: "×", goal: "1" },
  ];
}

async function timePaper(): Promise<Row[]> {
  const [short] = await timeDecoding(referenceTransformer, FORMAT, [1], 1);
  const [told] = await timeDecoding({ ...referenceTransformer, textStates: 256 }, FORMAT, [1], 1);
  const [long] = await timeDecoding(paperStream, FORMAT, [1], 1);
  return [
    { what: "1,024 codes after 256 text states", value: long!.secondsPerPicture, unit: "s" },
    {
      what: "its quiet steps by those of 256 codes after 256",
      value: (4 * long!.quietMsPerStep) / told!.quietMsPerStep,
      unit: "×",
      goal: "≤ 4.5",
    },
    {
      what: "by those of 256 codes after 64",
      value: (4 * long!.quietMsPerStep) / short!.quietMsPerStep,
      unit: "×",
      goal: "≤ 4.5",
    },
    {
      what: "its last quarter's step by the first's",
      value: long!.lateByEarly,
      unit: "×",
      goal: "1",
    },
  ];
}

/** A guided batch of 8 pictures is 16 states a step. */
async function timeShareOfSampling(): Promise<Row[]> {
  const [step] = await timeDecoding(referenceTransformer, FORMAT, [16], 1);
  const { imageCodes } = referenceTransformer;
  const row = (how: string, milliseconds: number): Row => ({
    what: `guidance, ${how}, of a step of 8`,
    value: (100 * milliseconds) / step!.quietMsPerStep,
    unit: "%",
    goal: "≤ 5",
  });
  return [
    row("top-p", timeSampling(imageCodes, 8)),
    row("top-k of a tenth and top-p", timeSampling(imageCodes, 8, Math.round(imageCodes / 10))),
    row("top-k of a half and top-p", timeSampling(imageCodes, 8, imageCodes / 2)),
  ];
}

async function timeBundled(): Promise<Row[]> {
  await using dalle = await Dalle.load();
  const { clip } = dalle.config;
  const caption = "a red cube";
  const [image] = await dalle.generate(caption, { seed: 1 });
  const secondsOf = async (job: () => Promise<unknown>) => {
    const started = performance.now();
    await job();
    return (performance.now() - started) / 1000;
  };
  if (!clip)
    console.log(
      `The model ${dalle.config.name} has no CLIP: best of 32 is timed without reranking.`,
    );
  const best = () =>
    clip
      ? dalle.generate(caption, { rerank: 32, seed: 1 })
      : dalle.generate(caption, { count: 32, seed: 1 });
  const all = await secondsOf(best);
  // Of a picture that it drew itself the codes are known, and are only decoded.
  const decoding = await secondsOf(async () => {
    for (let round = 0; round < 32; round++) await dalle.reconstruct(image!);
  });
  return [
    { what: clip ? "best of 32, reranked" : "32 pictures", value: all, unit: "s", goal: "≤ 6" },
    {
      what: "the dVAE's decoder, of that",
      value: (100 * decoding) / all,
      unit: "%",
      goal: "≤ 15",
    },
  ];
}

async function timeProcess(): Promise<Row[]> {
  return [
    {
      what: "cold start to the first picture",
      value: await timeColdStart(),
      unit: "s",
      goal: "≤ 2",
    },
    {
      what: "memory, bundled model, batch 8",
      value: await peakOfBundledModel(),
      unit: "MB",
      goal: "≤ 1000",
    },
    {
      what: "memory, reference shape, batch 8",
      value: await peakOfShape(referenceTransformer, FORMAT),
      unit: "MB",
      goal: "≤ 1000",
    },
  ];
}

async function timePeers(): Promise<Row[]> {
  const isThere = process.env.DALLE_PYTORCH !== undefined;
  const peer = await timePeer(isThere ? "dalle-pytorch" : "uncached-loop", [1, 8]);
  if (!peer) return [];
  const ours = await timeDecoding(referenceTransformer, FORMAT, [1, 8], 1);
  return ours.map(({ batch, secondsPerPicture }) => ({
    what: `${isThere ? "DALLE-pytorch" : "an uncached dense loop in torch"} by ours, batch ${batch}`,
    value: peer[batch]! / secondsPerPicture,
    unit: "×",
  }));
}
