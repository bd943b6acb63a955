/** @file The prompt, with words that the model knows to go on with. */
import { useRef } from "preact/hooks";
import { wordSuggestions } from "./word-suggestions";

interface PromptFieldProps {
  readonly label?: string;
  readonly value: string;
  readonly words: readonly string[];
  readonly onValue: (value: string) => void;
  readonly required?: boolean;
}

export function PromptField({
  label = "Prompt",
  value,
  words,
  onValue,
  required = true,
}: PromptFieldProps) {
  const suggestions = wordSuggestions(value, words);
  const field = useRef<HTMLTextAreaElement>(null);
  return (
    <div class="prompt">
      <label>
        {label}
        <textarea
          ref={field}
          rows={2}
          required={required}
          value={value}
          placeholder="What the picture shows"
          onInput={(event) => onValue(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Of an input method, Enter ends a word and not the prompt.
            if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            // As if it were pressed: nothing happens while it is disabled.
            event.currentTarget.form?.querySelector<HTMLButtonElement>("[type=submit]")?.click();
          }}
        />
      </label>
      {suggestions.length > 0 && (
        <fieldset class="chips">
          <legend class="hidden">Words that the model knows</legend>
          {suggestions.map((word) => (
            <button
              key={word}
              type="button"
              onClick={() => {
                onValue(completed(value, word));
                field.current?.focus(); // the button goes, and typing goes on
              }}
            >
              {word}
            </button>
          ))}
        </fieldset>
      )}
    </div>
  );
}

/** "a re", "red" → "a red " */
const completed = (text: string, word: string): string => `${text.replace(/[a-z]*$/i, "")}${word} `;
