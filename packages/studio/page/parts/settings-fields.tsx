/** @file How codes are drawn; what is left empty is as the model recommends. */
import type { Settings } from "../draw/drawing";
import { NumberField } from "./number-field";

interface SettingsFieldsProps {
  readonly value: Settings;
  readonly defaults: Required<Settings>;
  readonly onValue: (value: Settings) => void;
}

export function SettingsFields({ value, defaults, onValue }: SettingsFieldsProps) {
  const field = (name: keyof Settings, label: string, limits: { min: number; max?: number }) => (
    <NumberField
      {...{ label, ...limits, step: "any", value: value[name] }}
      placeholder={String(defaults[name])}
      onValue={(each) => onValue({ ...value, [name]: each })}
    />
  );
  return (
    <details
      onInvalidCapture={(event) => {
        event.currentTarget.open = true; // a browser cannot show what is wrong in a closed one
      }}
    >
      <summary>How it is drawn</summary>
      <div class="fields">
        {field("temperature", "Temperature", { min: 0 })}
        {field("topP", "Top p", { min: 0.01, max: 1 })}
        {field("guidance", "Guidance", { min: 0 })}
      </div>
    </details>
  );
}
