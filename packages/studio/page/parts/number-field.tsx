/** @file A labelled number; empty means that nobody says. */

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onValue: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  /** Shown while it is empty. */
  readonly placeholder?: string;
}

export function NumberField({ label, value, onValue, placeholder, ...limits }: NumberFieldProps) {
  return (
    <label>
      {label}
      <input
        type="number"
        inputMode="decimal"
        value={value ?? ""}
        placeholder={placeholder}
        onInput={({ currentTarget }) =>
          onValue(
            Number.isNaN(currentTarget.valueAsNumber) ? undefined : currentTarget.valueAsNumber,
          )
        }
        {...limits}
      />
    </label>
  );
}
