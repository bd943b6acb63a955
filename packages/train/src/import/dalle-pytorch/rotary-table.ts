/**
 * @file The angles of rotary positions, which DALLE-pytorch's file holds for every state [SPEC §7.2]: [1, 1 + T + I, r]. Releases
 * before 1.1.2 wrote [1, 1, T + I, r], without the last state, which is never fed.
 */
import type { ParameterSpec } from "@dalle-ts/tensor";
import type { GraphParameter } from "../../export/record.js";
import type { Weights, WeightView } from "../weights.js";

const name = "transformer.pos_emb";

/** What the table tells of its model. */
export interface RotaryTable {
  readonly gridSide: number;
  /** Dimensions of a head that are turned, r. */
  readonly rotary: number;
}

/** Undefined where positions are learned vectors. textStates: T. */
export function readRotaryTable(weights: Weights, textStates: number): RotaryTable | undefined {
  if (!weights.has(name)) return undefined;
  const [states = 0, rotary = 0] = weights.shape(name).slice(-2);
  const sides = [states - 1 - textStates, states - textStates].map(Math.sqrt);
  const gridSide = sides.find((side) => side >= 1 && Number.isInteger(side));
  if (gridSide !== undefined) return { gridSide, rotary };
  throw weights.refuse(
    `has rotary angles of ${states} states, which ${textStates} of text and a square of codes do not make`,
  );
}

/** `of` each angle; spec: [1 + T + I, r]. */
export function rotaryAngles(
  weights: Weights,
  spec: ParameterSpec,
  of: (angle: number) => number,
): GraphParameter {
  const states = weights.shape(name).at(-2)!;
  const table = weights.parameter({ ...spec, shape: [states, spec.shape[1]!] }, name, alone);
  return {
    ...spec,
    async data() {
      const angles = new Float32Array(spec.shape[0]! * spec.shape[1]!);
      angles.set(await table.data());
      return angles.map(of);
    },
  };
}

/** [1, states, r] or [1, 1, states, r] → [states, r] */
const alone: WeightView = (tensor) => (tensor.shape.length > 2 ? alone(tensor.at(0)) : tensor);
