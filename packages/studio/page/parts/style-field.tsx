/** @file The style of the pictures, in the words that the model was taught; nothing is shown for a model that knows none. */
import type { Status } from "../server";

interface StyleFieldProps {
  readonly styles: Status["model"]["styles"];
  /** The words of one; empty for none. */
  readonly value: string;
  readonly onValue: (words: string) => void;
}

export function StyleField({ styles, value, onValue }: StyleFieldProps) {
  if (styles.length === 0) return null;
  return (
    <label>
      Style
      <select value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        <option value="">any</option>
        {styles.map(({ name, words }) => (
          <option key={name} value={words}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
