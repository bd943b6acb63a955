/** @file How many pictures, and the seed of the first. */
import { NumberField } from "./number-field";

interface SeedProps {
  /** One is drawn where there is none. */
  readonly seed: number | undefined;
  readonly onSeed: (seed: number | undefined) => void;
}

interface CountAndSeedProps extends SeedProps {
  readonly count: number | undefined;
  readonly onCount: (count: number | undefined) => void;
}

export function SeedField({ seed, onSeed }: SeedProps) {
  return (
    <NumberField
      {...{ label: "Seed", value: seed, onValue: onSeed, placeholder: "random" }}
      {...{ min: 0, max: Number.MAX_SAFE_INTEGER, step: 1 }}
    />
  );
}

export function CountAndSeed({ count, onCount, seed, onSeed }: CountAndSeedProps) {
  return (
    <>
      <NumberField label="Pictures" value={count} onValue={onCount} min={1} max={10} step={1} />
      <SeedField {...{ seed, onSeed }} />
    </>
  );
}
