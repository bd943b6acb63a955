/**
 * @file `npm run bench`: painting, decoding and training speed of this machine, as tables and one JSON line.
 * Protocol: one process, nothing else running; weights are random; the first round of everything warms up.
 */
import { availableParallelism, cpus } from "node:os";
import { DalleError } from "@dalle-ts/tensor";
import { timeDecoding } from "./decode.js";
import { referenceTransformer } from "./models.js";
import { timePainting } from "./paint.js";
import { timeTraining } from "./train.js";

const BATCHES = [1, 8, 16];

const painting = await timePainting();
console.log("Painting at 128 px, pictures a second");
console.table(
  painting.map(({ family, oneThread, oneCpu, allCores }) => ({
    family,
    "one thread": Math.round(oneThread),
    "a CPU second": Math.round(oneCpu),
    [`${availableParallelism()} threads`]: Math.round(allCores),
  })),
);

const decode = {
  f32: await timeDecoding(referenceTransformer, "f32", BATCHES),
  "int8-rows": await timeDecoding(referenceTransformer, "int8-rows", BATCHES),
  int8: await timeDecoding(referenceTransformer, "int8", BATCHES),
};
console.log("Decoding, 12 layers, width 512, 64 + 256 states (ONNX Runtime)");
console.table(
  Object.entries(decode).flatMap(([weights, timings]) =>
    timings.map(({ batch, msPerStep, secondsPerPicture }) => ({
      weights,
      batch,
      "ms a step": Number(msPerStep.toFixed(2)),
      "s a picture": Number(secondsPerPicture.toFixed(3)),
    })),
  ),
);

const training = trainingTimings();
if (training) {
  console.log(`Training the same model, batch 16 (libtorch ${training[0]!.libtorch})`);
  console.table(
    training.map((timing) => ({
      precision: timing.precision,
      "pairs a second": Number(timing.samplesPerSecond.toFixed(2)),
      TFLOPS: Number(timing.teraflops.toFixed(3)),
      "matmul TFLOPS": Number(timing.matmulTeraflops.toFixed(3)),
      ratio: Number((timing.teraflops / timing.matmulTeraflops).toFixed(2)),
    })),
  );
}
console.log(
  JSON.stringify({ cpu: cpus()[0]?.model, cores: cpus().length, painting, decode, training }),
);

/** Training needs libtorch; decoding does not. */
function trainingTimings() {
  try {
    return [timeTraining(referenceTransformer, "f32"), timeTraining(referenceTransformer, "bf16")];
  } catch (error) {
    if (!(error instanceof DalleError)) throw error;
    console.log(`Training was not timed: ${error.message}`);
    return undefined;
  }
}
