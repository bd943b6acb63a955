/** @file The official client against the server: what it sends and what it makes of the answers. */
import { readPngMetadata } from "dalle-ts";
import OpenAI, { toFile } from "openai";
import { describe, expect, test } from "vitest";
import { decoded, examplePng, testServer } from "./support/server.js";

const server = testServer();
const prompt = "a small red block";
/** Fields of ours, which the client passes on. */
const extras = (fields: object) => fields as object;

describe("generate", () => {
  test("a picture with defaults", async () => {
    const before = Math.floor(Date.now() / 1000);
    const response = await server.client.images.generate({ prompt, model: "dall-e-2" });
    expect(response.created).toBeGreaterThanOrEqual(before);
    expect(response).toMatchObject({
      background: "opaque",
      output_format: "png",
      size: "64x64",
      native_size: "64x64",
      quality: "high", // of the three that the client knows
      usage: { output_tokens: 64, input_tokens_details: { image_tokens: 0 } },
    });
    expect(await decoded(response.data![0]!.b64_json)).toMatchObject({
      format: "png",
      width: 64,
      height: 64,
    });
  });

  test("the same picture for the same seed, alone, in a request of many and beside others", async () => {
    const draw = (fields: object) => server.client.images.generate({ prompt, ...extras(fields) });
    const many = await draw({ n: 3, seed: 7 });
    expect(many.data).toMatchObject([{ seed: 7 }, { seed: 8 }, { seed: 9 }]);
    const together = await Promise.all([7, 8, 9].map((seed) => draw({ seed })));
    expect(together.map(({ data }) => data![0]!.b64_json)).toEqual(
      many.data!.map(({ b64_json }) => b64_json),
    );
    const [all, half] = await Promise.all(
      [1, 0.5].map((guidance_end) => draw({ seed: 7, guidance_scale: 9, guidance_end })),
    );
    expect(half!.data![0]!.b64_json).not.toBe(all!.data![0]!.b64_json);
    const hotter = await draw({ seed: 7, temperature: 2, top_k: 9, top_p: 0.9, guidance_scale: 3 });
    expect(hotter.data![0]!.b64_json).not.toBe(many.data![0]!.b64_json);
  });

  test.each([
    ["png", "256x256"],
    ["webp", "512x512"],
    ["jpeg", "1536x1024"],
    ["png", "auto"],
  ] as const)("as %s of %s", async (output_format, size) => {
    const response = await server.client.images.generate({ prompt, output_format, size });
    const [width, height] = size === "auto" ? [64, 64] : size.split("x").map(Number);
    expect(response).toMatchObject({ output_format, size: `${width}x${height}` });
    const format = output_format;
    expect(await decoded(response.data![0]!.b64_json)).toMatchObject({ format, width, height });
  });

  test("a url that shows the picture", async () => {
    const response = await server.client.images.generate({
      prompt,
      response_format: "url",
      output_format: "webp",
      size: "128x128",
    });
    const { url, b64_json } = response.data![0]!;
    expect(b64_json).toBeUndefined();
    const picture = await fetch(url!);
    expect(picture.headers.get("content-type")).toBe("image/webp");
    const base64 = Buffer.from(await picture.arrayBuffer()).toString("base64");
    expect(await decoded(base64)).toMatchObject({ format: "webp", width: 128, height: 128 });
  });

  test("a url that shows the picture as it was asked for", async () => {
    const asked = { prompt, response_format: "url", ...extras({ seed: 4 }) } as const;
    const fetched = async (more: object) => {
      const { data } = await server.client.images.generate({ ...asked, ...more, stream: false });
      return Buffer.from(await (await fetch(data![0]!.url!)).arrayBuffer());
    };
    const resized = await fetched({ size: "128x128" });
    expect(readPngMetadata(resized)).toMatchObject({ caption: prompt, seed: "4" });
    const jpeg = { output_format: "jpeg" };
    const [small, large] = [
      await fetched({ ...jpeg, output_compression: 5 }),
      await fetched({ ...jpeg, output_compression: 95 }),
    ];
    expect(small.length).toBeLessThan(large.length / 2);
  });

  test("the best of many by CLIP, best first", async () => {
    const response = await server.client.images.generate({
      prompt,
      n: 2,
      ...extras({ rerank: 6 }),
    });
    const scores = response.data!.map((each) => (each as { score?: number }).score!);
    expect(scores).toHaveLength(2);
    expect(scores[0]!).toBeGreaterThanOrEqual(scores[1]!);
  });

  test("what does not apply is ignored and said", async () => {
    const response = await server.client.images.generate({
      prompt,
      quality: "hd",
      style: "vivid",
      moderation: "auto",
      user: "me",
      ...extras({ sede: 4 }),
    });
    expect((response as { warnings?: string[] }).warnings).toEqual([
      "quality does not apply to this model and was ignored.",
      "style does not apply to this model and was ignored.",
      "sede is no field of this request and was ignored.",
    ]);
  });

  test("a prompt that is too long says what was left out", async () => {
    const response = await server.client.images.generate({ prompt: `${prompt} `.repeat(40) });
    expect((response as { warnings?: string[] }).warnings).toEqual([
      expect.stringContaining("The model reads 11 tokens; the end of the caption was left out: "),
    ]);
  });

  test.each([
    [{ n: 11 }, "n: expected an integer in [1, 10], got 11", "n"],
    [{ n: "2" }, 'n: expected an integer in [1, 10], got "2"', "n"],
    [{ prompt: " " }, "prompt: expected some text that says what to draw", "prompt"],
    [{ prompt: 4 }, "prompt: expected text, got 4", "prompt"],
    [{ size: "0x10" }, 'size: expected "auto" or WIDTHxHEIGHT with sides in [16, 3840]', "size"],
    [{ output_format: "gif" }, "output_format: expected one of png, webp, jpeg", "output_format"],
    [{ partial_images: -1 }, "partial_images: expected an integer in [0, 64]", "partial_images"],
    [{ top_k: 17 }, "top_k: expected an integer in [1, 16], got 17", "top_k"],
    [{ guidance_scale: 1e40 }, "guidance_scale: expected a number in [0, 1000]", "guidance_scale"],
    [{ top_p: 0 }, "top_p: expected a number in (0, 1], got 0", "top_p"],
    [{ guidance_end: 0 }, "guidance_end: expected a number in (0, 1], got 0", "guidance_end"],
    [{ seed: 1.5 }, "seed: expected an integer in [0, 2^53)", "seed"],
    [{ rerank: 1, n: 2 }, "rerank: expected at least n", "rerank"],
    [
      { response_format: "file" },
      "response_format: expected one of b64_json, url",
      "response_format",
    ],
  ])("refuses %j", async (fields, message, param) => {
    const request = server.client.images.generate({ prompt, ...extras(fields) });
    const error = await request.catch((caught) => caught);
    expect(error).toBeInstanceOf(OpenAI.BadRequestError);
    expect(error).toMatchObject({ status: 400, param, type: "invalid_request_error" });
    expect(error.message).toContain(message);
    expect(error.requestID).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe("stream", () => {
  test("partial pictures that become the whole one", async () => {
    const stream = await server.client.images.generate({
      prompt,
      stream: true,
      partial_images: 3,
      size: "128x128",
      ...extras({ seed: 7 }),
    });
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type)).toEqual([
      "image_generation.partial_image",
      "image_generation.partial_image",
      "image_generation.partial_image",
      "image_generation.completed",
    ]);
    expect(events.slice(0, 3)).toMatchObject(
      [0, 1, 2].map((index) => ({ partial_image_index: index })),
    );
    expect(events.at(-1)).toMatchObject({ usage: { output_tokens: 64 }, size: "128x128" });
    const pictures = await Promise.all(events.map(({ b64_json }) => decoded(b64_json)));
    // What is known after three quarters, the upper half of the picture, is as it will be, but for the resizing.
    const half = (place: number) => pictures[place]!.pixels.subarray(0, 3 * 128 * 64);
    expect(difference(half(2), half(3))).toBeLessThan(4);
    expect(difference(half(0), half(3))).toBeGreaterThan(4);
    const [alone] = (
      await server.client.images.generate({ prompt, size: "128x128", ...extras({ seed: 7 }) })
    ).data!;
    expect(alone!.b64_json).toBe(events.at(-1)!.b64_json);
  });

  test("of several pictures, told apart by their index", async () => {
    const stream = await server.client.images.generate({
      prompt,
      stream: true,
      n: 3,
      partial_images: 1,
    });
    const seen: Record<string, number[]> = {};
    for await (const event of stream) {
      const { index } = event as unknown as { index: number };
      seen[event.type] = [...(seen[event.type] ?? []), index].sort();
    }
    expect(seen).toEqual({
      "image_generation.partial_image": [0, 1, 2],
      "image_generation.completed": [0, 1, 2],
    });
  });

  test("has the picture itself beside its address", async () => {
    const stream = await server.client.images.generate({
      prompt,
      stream: true,
      response_format: "url",
    });
    for await (const event of stream) {
      expect(await decoded(event.b64_json)).toMatchObject({ format: "png", width: 64 });
      expect((event as unknown as { url: string }).url).toContain("/pictures/");
    }
  });

  test("refuses with a status, before it begins", async () => {
    const request = server.client.images.generate({ prompt, stream: true, n: 40 });
    await expect(request).rejects.toMatchObject({ status: 400, param: "n" });
  });
});

describe("edit and vary", () => {
  const hole = (_: number, row: number) => row >= 32;

  test("a mask keeps what is opaque", async () => {
    const image = await toFile(await examplePng(), "in.png", { type: "image/png" });
    const mask = await toFile(await examplePng(64, hole), "mask.png", { type: "image/png" });
    const response = await server.client.images.edit({ image, mask, prompt, n: 2 });
    expect(response.data).toHaveLength(2);
    const [first, second] = await Promise.all(response.data!.map((each) => decoded(each.b64_json)));
    const top = (pixels: Buffer) => pixels.subarray(0, 3 * 64 * 28);
    expect(difference(top(first!.pixels), top(second!.pixels))).toBeLessThan(3);
    expect(first!.pixels.equals(second!.pixels)).toBe(false);
  });

  test("a list of pictures, transparency as the mask, and a stream", async () => {
    const image = await toFile(await examplePng(64, hole), "in.png", { type: "image/png" });
    const stream = await server.client.images.edit({
      image: [image, image],
      prompt,
      stream: true,
      partial_images: 1,
    });
    const events = [];
    for await (const event of stream) events.push(event);
    expect(events.map(({ type }) => type)).toEqual([
      "image_edit.partial_image",
      "image_edit.completed",
    ]);
    expect(events[1]).toMatchObject({ warnings: ["Only the first of 2 pictures was used."] });
  });

  test("what is kept, as the client writes objects and small numbers into a form", async () => {
    const image = await toFile(await examplePng(), "in.png", { type: "image/png" });
    const edit = (keep: unknown) =>
      server.client.images.edit({ image, prompt, ...extras({ keep, seed: 1, temperature: 1e-7 }) });
    const [nested, asText] = await Promise.all([edit({ top: 0.5 }), edit('{"top": 0.5}')]);
    expect(nested).not.toHaveProperty("warnings");
    expect(nested.data![0]!.b64_json).toBe(asText.data![0]!.b64_json);
    const rectangle = { left: 0, top: 0, width: 0.5, height: 1 };
    expect(await edit({ rectangle })).not.toHaveProperty("warnings");
    await expect(edit({ __proto__: null, middle: 0.5 })).rejects.toMatchObject({ param: "keep" });
  });

  test("a variation without a prompt", async () => {
    const image = await toFile(await examplePng(), "in.png", { type: "image/png" });
    const response = await server.client.images.createVariation({ image, n: 2, size: "256x256" });
    expect(await decoded(response.data![1]!.b64_json)).toMatchObject({ width: 256, height: 256 });
  });

  test("refuses what is no picture, and a mask of another shape", async () => {
    const text = await toFile(Buffer.from("hello"), "in.png", { type: "image/png" });
    await expect(server.client.images.edit({ image: text, prompt })).rejects.toThrow(
      "is not a picture this program can read",
    );
    // It would be read, and others of its size would be read for hours.
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"/>');
    const drawing = await toFile(svg, "in.svg", { type: "image/svg+xml" });
    await expect(server.client.images.edit({ image: drawing, prompt })).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining("give a PNG, JPEG, WebP, GIF, TIFF or AVIF file"),
    });
    const image = await toFile(await examplePng(), "in.png", { type: "image/png" });
    const mask = await toFile(await examplePng(64, () => true), "mask.png", { type: "image/png" });
    await expect(server.client.images.edit({ image, mask, prompt })).rejects.toThrow(
      "leaves no whole code",
    );
  });
});

test("an abort reaches the model, and the next request is served", async () => {
  const controller = new AbortController();
  const request = server.client.images.generate(
    { prompt, n: 10, ...extras({ rerank: 64 }) },
    { signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 100);
  await expect(request).rejects.toBeInstanceOf(OpenAI.APIUserAbortError);
  await server.client.images.generate({ prompt });
  const health = await (await fetch(`${server.url}/health`)).json();
  expect(health).toMatchObject({ status: "ready", queue: { waiting: 0, running: 0 } });
});

test("models", async () => {
  const models = await server.client.models.list();
  expect(models.data).toMatchObject([{ id: "tiny", object: "model", owned_by: "dalle-ts" }]);
  expect(await server.client.models.retrieve("tiny")).toMatchObject({ id: "tiny" });
  await expect(server.client.models.retrieve("nope")).rejects.toMatchObject({ status: 404 });
});

/** Mean absolute difference of bytes. */
function difference(left: Buffer, right: Buffer): number {
  return left.reduce((sum, value, index) => sum + Math.abs(value - right[index]!), 0) / left.length;
}
