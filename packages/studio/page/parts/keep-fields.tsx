/** @file How much of each edge of a picture stays; sliders, so that no pointer is needed. */
import type { Keep } from "../draw/drawing";

export const noKeep: Keep = { top: 0, bottom: 0, left: 0, right: 0 };

const edges = ["top", "bottom", "left", "right"] as const;

export function KeepFields({ value, onValue }: { value: Keep; onValue: (keep: Keep) => void }) {
  return (
    <div class="fields">
      {edges.map((edge) => (
        <label key={edge}>
          Keep {edge}: {Math.round(100 * value[edge])} %
          <input
            {...{ type: "range", min: 0, max: 1, step: 1 / 16, value: value[edge] }}
            onInput={(event) => onValue({ ...value, [edge]: event.currentTarget.valueAsNumber })}
          />
        </label>
      ))}
    </div>
  );
}
