/** @file What the page computes on its own: captions with slots, words to go on with, code to copy. */
import { describe, expect, test } from "vitest";
import { BusyError, fewAtATime, patiently } from "../page/draw/few-at-a-time.js";
import { serverEvents } from "../page/draw/server-events.js";
import { codeFor } from "../page/parts/picture-code.js";
import { wordSuggestions } from "../page/parts/word-suggestions.js";
import { captionOf, parseTemplate } from "../page/views/explore-template.js";

describe("captions with slots", () => {
  test("the choices of each slot, and a caption of them", () => {
    const template = parseTemplate("a {small| large } {red|blue} cube");
    expect(template.slots).toEqual([
      ["small", "large"],
      ["red", "blue"],
    ]);
    expect(captionOf(template, [1, 0])).toBe("a large red cube");
  });

  test("an empty choice leaves no gap, and braces that are not closed are text", () => {
    expect(captionOf(parseTemplate("a {|big} cube"), [0])).toBe("a cube");
    expect(captionOf(parseTemplate("a {big cube"), [])).toBe("a {big cube");
    expect(parseTemplate("no slots").slots).toEqual([]);
  });

  test("where a slot has lost the word that was chosen, it shows its first", () => {
    expect(captionOf(parseTemplate("a {small} {red|blue} cube"), [1, 1])).toBe("a small blue cube");
  });
});

test("words that begin as the last one does", () => {
  const words = ["ball", "block", "blue", "red"];
  expect(wordSuggestions("a BL", words)).toEqual(["block", "blue"]);
  expect(wordSuggestions("a blue", words)).toEqual([]);
  expect(wordSuggestions("a blue ", words)).toEqual([]);
  expect(wordSuggestions("", words)).toEqual([]);
});

describe("code that draws a picture again", () => {
  const picture = {
    id: "0".repeat(32),
    created: 0,
    kind: "generation" as const,
    seed: 7,
    favourite: false,
    caption: `it's "quoted"`,
    settings: { temperature: 0.8, topP: 1, guidance: 2, guidanceEnd: 0.75 },
    model: "tiny",
    modelHash: "h",
  };
  const server = { origin: "http://localhost:1", asksForKey: true };

  test("for a shell, with its quotes", () => {
    const code = codeFor(picture, "curl", { origin: "http://localhost:1", asksForKey: false })!;
    expect(code).not.toContain("authorization");
    const [, body] = /-d '(.*)' \|/.exec(code)!;
    expect(JSON.parse(body!.replaceAll("'\\''", "'"))).toEqual({
      prompt: picture.caption,
      seed: 7,
      temperature: 0.8,
      top_p: 1,
      guidance_scale: 2,
      guidance_end: 0.75,
    });
  });

  test("none for a picture that was made from another", () => {
    expect(codeFor({ ...picture, kind: "edit" }, "Python", server)).toBeUndefined();
  });

  test.each([
    ["curl", '-H "authorization: Bearer $DALLE_API_KEY" \\\n'],
    ["TypeScript", "apiKey: process.env.DALLE_API_KEY }"],
    ["Python", 'api_key=os.environ["DALLE_API_KEY"])'],
  ] as const)("in %s, with the key where the server asks for one", (language, expected) => {
    expect(codeFor(picture, language, server)).toContain(expected);
  });
});

describe("many requests", () => {
  const { signal } = new AbortController();

  test("go a few at a time, and again where the server has no room", async () => {
    let [running, most, refusals] = [0, 0, 2];
    const done: number[] = [];
    const job = async (item: number) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
      if (refusals-- > 0) throw new BusyError("no room", 0.001);
      done.push(item);
    };
    await fewAtATime([1, 2, 3, 4, 5], 2, (item) => patiently(() => job(item), signal));
    expect([done.sort(), most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  test("end with the first that fails otherwise", async () => {
    const begun: number[] = [];
    const job = async (item: number) => {
      begun.push(item);
      throw new Error(`item ${item}`);
    };
    const all = fewAtATime([1, 2, 3], 1, (item) => patiently(() => job(item), signal));
    await expect(all).rejects.toThrow("item 1");
    expect(begun).toEqual([1]);
  });

  test("do not wait any more when they are cancelled", async () => {
    const controller = new AbortController();
    const waiting = patiently(async () => {
      throw new BusyError("no room", 1000);
    }, controller.signal);
    setTimeout(() => controller.abort(), 1);
    await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("events of the server", () => {
  const texts = async (response: Response) => {
    const found: unknown[] = [];
    for await (const event of serverEvents(response)) found.push(event);
    return found;
  };

  test("up to the last one", async () => {
    const response = new Response('data: {"a":1}\n\n: waiting\n\ndata: [DONE]\n\n');
    expect(await texts(response)).toEqual([{ a: 1 }]);
  });

  test("a response that ends before its last event has broken off", async () => {
    await expect(texts(new Response('data: {"a":1}\n\n'))).rejects.toThrow("broke off");
  });

  test("so has one whose connection is lost, but not one that is cancelled", async () => {
    const failing = (error: Error) =>
      new Response(new ReadableStream({ start: (controller) => controller.error(error) }));
    await expect(texts(failing(new TypeError("network error")))).rejects.toThrow("broke off");
    const cancelled = new DOMException("cancelled", "AbortError");
    await expect(texts(failing(cancelled))).rejects.toBe(cancelled);
  });
});
