/** @file A slot for a whole phrase: a thing in the words of its family. */
import { hear, pickWording, type Slot, type Slots, say } from "../grammar.js";

/** A slot that says any of `templates`. */
export function phraseSlot(templates: readonly string[], slots: Slots): Slot {
  // Wider than the templates, whose optional holes leave blanks; `hear` decides.
  const pattern = templates.map((template) =>
    template.replace(
      /\{(\w+)\}( ?)/g,
      (_, name: string, blank: string) => slots[name]!.pattern + (blank && " ?"),
    ),
  );
  return {
    say: (attributes, random) => say(pickWording(templates, random), slots, attributes, random),
    pattern: `(?:${pattern.join("|")})`,
    hear: (words) => hear(templates, slots, words),
  };
}
