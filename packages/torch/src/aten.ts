/** @file Every ATen operator by name. `aten("aten::matmul", a, b)`: arguments in the order of the operator's schema. */
import { DalleError } from "@dalle-ts/tensor";
import { guardNative, native } from "./native.js";

const operators = new Map<string, number | undefined>();

/** The operator's number, looked up once; "aten::sum.dim_IntList" is overload dim_IntList of aten::sum. */
function find(name: string): number | undefined {
  if (!operators.has(name)) {
    const [base, overload = ""] = name.split(".", 2);
    operators.set(name, native().findOperator(base!, overload));
  }
  return operators.get(name);
}

/** Whether this libtorch has the operator, so that a faster one can be chosen where it exists. */
export function hasOperator(name: string): boolean {
  return find(name) !== undefined;
}

/**
 * Calls one operator with raw handles and returns what libtorch returns: a handle, a number, or an array of these.
 * Throws DalleError("native") with the operator's name and libtorch's own words.
 */
export function callOperator(name: string, args: readonly unknown[]): unknown {
  const operator = find(name);
  if (operator === undefined) {
    throw new DalleError(
      "native",
      `libtorch ${native().version} has no operator ${name}; check the name and overload, or use a newer libtorch.`,
    );
  }
  return guardNative(name, () => native().call(operator, args));
}
