/** @file Finds what JSON.parse hides: an object in which a key occurs twice, so that readers would disagree on it. */

/** The first key that an object in `text`, which must be valid JSON, has twice; undefined if there is none. */
export function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  const token = /["{}]/g;
  const colon = /\s*:/y;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    if (match[0] === "{") open.push(new Set());
    else if (match[0] === "}") open.pop();
    else {
      token.lastIndex = colon.lastIndex = stringEnd(text, match.index);
      // In valid JSON a string before a colon is a key of the innermost open object.
      if (!colon.test(text)) continue;
      const key: string = JSON.parse(text.slice(match.index, token.lastIndex));
      const keys = open.at(-1)!;
      if (keys.has(key)) return key;
      keys.add(key);
    }
  }
  return undefined;
}

/** Index after the string that starts at `start`. No regular expression: on megabytes one would run out of stack. */
function stringEnd(text: string, start: number): number {
  let end = start + 1;
  for (; text[end] !== '"'; end++) if (text[end] === "\\") end++;
  return end + 1;
}
