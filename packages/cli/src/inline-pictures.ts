/** @file Pictures inside a terminal: PNG bytes as the escape sequences of the two protocols that take them as they are. */
import { createSupportsTerminalGraphics } from "supports-terminal-graphics";

/** Kitty's graphics protocol, or the inline images of iTerm2. */
export type PictureProtocol = "kitty" | "iterm2";

/** Lines that a picture takes: large enough to be looked at, and the text before it stays in sight. */
const ROWS = 16;
/** Kitty takes no more base64 than this at once. */
const KITTY_CHUNK = 4096;

/** What the terminal behind `stream` understands, by its environment variables; undefined for none, files and pipes. */
export function pictureProtocol(stream: { readonly isTTY?: boolean }): PictureProtocol | undefined {
  if (!stream.isTTY) return undefined;
  const { kitty, iterm2 } = createSupportsTerminalGraphics({ isTTY: true });
  return kitty ? "kitty" : iterm2 ? "iterm2" : undefined;
}

/** One picture, and the end of its line. */
export function pictureEscape(protocol: PictureProtocol, png: Uint8Array): string {
  const text = Buffer.from(png).toString("base64");
  if (protocol === "iterm2") {
    return `\u001b]1337;File=inline=1;size=${png.length};height=${ROWS}:${text}\u0007\n`;
  }
  // f=100: a PNG; a=T: show it at once; m=1: more follows.
  let escapes = "";
  for (let start = 0; start < text.length; start += KITTY_CHUNK) {
    const more = start + KITTY_CHUNK < text.length ? 1 : 0;
    const control = start === 0 ? `f=100,a=T,r=${ROWS},m=${more}` : `m=${more}`;
    escapes += `\u001b_G${control};${text.slice(start, start + KITTY_CHUNK)}\u001b\\`;
  }
  return `${escapes}\n`;
}
