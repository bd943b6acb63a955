/** @file Which parameters a run changes: those whose names begin as its recipe says. */
import { badOption, type ParameterSpec } from "@dalle-ts/tensor";
import { nearest } from "../recipes/nearest.js";

interface Learning {
  /** Beginnings of names. @default all learn */
  readonly learns?: readonly string[] | undefined;
}

/** Whether the parameter of this name is changed. */
export function isLearnt({ learns }: Learning, name: string): boolean {
  return learns?.some((beginning) => name.startsWith(beginning)) ?? true;
}

/** Throws for a beginning that no parameter of the model has, and for none at all: nothing would be learnt by it. */
export function requireLearns({ learns }: Learning, specs: readonly ParameterSpec[]): void {
  const names = specs.map(({ name }) => name);
  for (const beginning of learns?.length === 0 ? ["none"] : (learns ?? [])) {
    if (names.some((name) => name.startsWith(beginning))) continue;
    const near = nearest(beginning.replace(/\.$/, ""), beginningsOf(names), 3).join(", ");
    const expected = `beginnings of parameters' names, of which the nearest are ${near}`;
    throw badOption("learns", expected, beginning);
  }
}

/** Of "layers.0.norm.weight": "layers", "layers.0", "layers.0.norm" and itself. */
function beginningsOf(names: readonly string[]): string[] {
  const cuts = names.flatMap((name) => [
    ...[...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index)),
    name,
  ]);
  return [...new Set(cuts)];
}
