/** @file Captions with slots: "a {red|blue} {cube|ball}". Two of the slots become the rows and columns of a grid. */

export interface Template {
  /** Text before each slot, and after the last. */
  readonly texts: readonly string[];
  /** The choices of each slot. */
  readonly slots: readonly (readonly string[])[];
}

/** A slot is { choices | in | braces }; unclosed braces are text. */
export function parseTemplate(text: string): Template {
  const parts = text.split(/\{([^{}]*)\}/);
  return {
    texts: parts.filter((_, index) => index % 2 === 0),
    slots: parts
      .filter((_, index) => index % 2 === 1)
      .map((part) => part.split("|").map((word) => word.trim())),
  };
}

/** The caption with choice choices[i] of slot i. */
export function captionOf({ texts, slots }: Template, choices: readonly number[]): string {
  const words = texts.map((text, index) => {
    const slot = slots[index];
    return text + (slot?.[choiceIn(slot, choices[index])] ?? "");
  });
  return words.join("").replace(/\s+/g, " ").trim();
}

/** The choice itself, or the first where the slot has no such word, or none any more. */
export function choiceIn(slot: readonly string[], choice = 0): number {
  return choice < slot.length ? choice : 0;
}
