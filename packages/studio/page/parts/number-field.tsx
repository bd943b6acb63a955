/**
 * @file A labelled number; empty means that nobody says. The text is the browser's own: "0." on the way to 0.95 is the number
 * 0, and writing that back would lose the point.
 */

interface NumberFieldProps {
  readonly label: string;
  /** What it begins with. */
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
        defaultValue={value}
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
