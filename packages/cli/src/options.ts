/** @file Option values, parsed strictly: what is not exactly a value of the kind is a usage error that names the option. */
import { DalleError } from "@dalle-ts/tensor";

export function usageError(option: string, expected: string, got: string): DalleError {
  return new DalleError(
    "bad_option",
    `${option}: expected ${expected}, got ${JSON.stringify(got)}`,
  );
}

/** Digits only: no sign, no exponent, no blanks. */
export function integer(option: string, low: number, high: number) {
  const room = high === Number.MAX_SAFE_INTEGER ? "[0, 2^53)" : `[${low}, ${high}]`;
  return (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= low && value <= high) return value;
    throw usageError(option, `an integer in ${room}`, text);
  };
}

/** A decimal number; `accepts` gets a finite one. */
export function number(option: string, expected: string, accepts: (value: number) => boolean) {
  return (text: string): number => {
    const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(value) && accepts(value)) return value;
    throw usageError(option, expected, text);
  };
}

/** One of a few words. */
export function word<Choice extends string>(option: string, choices: readonly Choice[]) {
  return (text: string): Choice => {
    if ((choices as readonly string[]).includes(text)) return text as Choice;
    throw usageError(option, `one of ${choices.join(", ")}`, text);
  };
}

/** Words separated by commas, each one of `choices`; at least one. */
export function words<Choice extends string>(
  option: string,
  choices: readonly Choice[],
  text: string,
): Choice[] {
  return text.split(",").map((each) => word(option, choices)(each.trim()));
}

/** An option that may be given more than once. */
export function collect(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}
