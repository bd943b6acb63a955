/** @file Requests as other clients really send them [USERS §4], and the answers that they read. */
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { jsonOf } from "./support/json-of.js";
import { decoded, examplePng, postJson, testServer } from "./support/server.js";

const server = testServer();
const prompt = "a small red block";
const post = async (path: string, body: unknown) => {
  const response = await postJson(`${server.url}${path}`, body);
  expect(response.status).toBe(200);
  return jsonOf(response);
};

describe("Open WebUI", () => {
  test("generates with its default name and size", async () => {
    const { data } = await post("/v1/images/generations", {
      model: "dall-e-2",
      prompt,
      n: 1,
      size: "512x512",
      response_format: "b64_json",
    });
    expect(data[0].url).toBeUndefined(); // it would be read first
    expect(await decoded(data[0].b64_json)).toMatchObject({ width: 512, height: 512 });
  });

  test.each(["image", "image[]"])("edits with %s and no mask", async (name) => {
    const form = new FormData();
    for (const [key, value] of Object.entries({
      model: "dall-e-2",
      prompt,
      n: "1",
      size: "512x512",
    })) {
      form.set(key, value);
    }
    form.append(name, new Blob([await examplePng()], { type: "image/png" }), "image.png");
    const response = await fetch(`${server.url}/v1/images/edits`, { method: "POST", body: form });
    expect(response.status).toBe(200);
    const { data, warnings } = await jsonOf(response);
    expect(await decoded(data[0].b64_json)).toMatchObject({ width: 512 });
    expect(warnings[0]).toContain("There was no mask");
  });

  test("its other mode looks around and then draws", async () => {
    const get = async (path: string) => jsonOf(fetch(`${server.url}/sdapi/v1/${path}`));
    expect(await get("options")).toEqual({ sd_model_checkpoint: "tiny" });
    expect(await get("sd-models")).toMatchObject([{ title: "tiny", model_name: "tiny" }]);
    expect(await get("samplers")).toHaveLength(1);
    expect(await get("progress")).toMatchObject({ progress: 0, state: { job_count: 0 } });
    expect(await post("/sdapi/v1/options", { sd_model_checkpoint: "tiny" })).toEqual({});
    const drawn = await post("/sdapi/v1/txt2img", {
      prompt,
      batch_size: 2,
      width: 128,
      height: 96,
      steps: 20,
      negative_prompt: "ugly",
      cfg_scale: 7,
      sampler_name: "Euler a",
      seed: 5,
      restore_faces: false,
    });
    expect(drawn.images).toHaveLength(2);
    expect(await decoded(drawn.images[0])).toMatchObject({ format: "png", width: 128, height: 96 });
    expect(JSON.parse(drawn.info)).toMatchObject({ seed: 5, all_seeds: [5, 6], prompt });
    const again = await post("/sdapi/v1/txt2img", { prompt, width: 128, height: 96, seed: 6 });
    expect(again.images[0]).toBe(drawn.images[1]);
  });

  test("img2img, with a white mask and without", async () => {
    const image = (await examplePng()).toString("base64");
    const asked = { prompt, init_images: [image], width: 64, height: 64, seed: 3 };
    const varied = await post("/sdapi/v1/img2img", { ...asked, denoising_strength: 0.4 });
    expect(await decoded(varied.images[0])).toMatchObject({ width: 64 });
    expect(varied.parameters).not.toHaveProperty("init_images");
    const wordless = await post("/sdapi/v1/img2img", { ...asked, prompt: " " });
    expect(JSON.parse(wordless.info).prompt).toBe("");
    const black = await whiteBelow(64);
    const wrong = await postJson(`${server.url}/sdapi/v1/img2img`, { ...asked, mask: black });
    expect(wrong.status).toBe(400);
    expect((await jsonOf(wrong)).error.message).toContain("marks nothing to draw anew");
    const white = await whiteBelow(32);
    const edited = await post("/sdapi/v1/img2img", {
      ...asked,
      mask: `data:image/png;base64,${white}`,
    });
    expect(edited.images).toHaveLength(1);
  });

  test.each(["txt2img", "img2img"])(
    "%s: more pictures than one request may have",
    async (route) => {
      const init_images = [(await examplePng()).toString("base64")];
      const response = await postJson(`${server.url}/sdapi/v1/${route}`, {
        prompt,
        init_images,
        batch_size: 4,
        n_iter: 4,
      });
      expect(response.status).toBe(400);
      expect((await jsonOf(response)).error).toMatchObject({
        param: "batch_size",
        message:
          "batch_size: expected batch_size × n_iter of at most 10 pictures, got 4; see docs/serve.md.",
      });
    },
  );

  test("interrupt ends what runs with what there is", async () => {
    const running = post("/sdapi/v1/txt2img", { prompt, batch_size: 10, n_iter: 1 });
    await expect
      .poll(async () => (await jsonOf(fetch(`${server.url}/health`))).queue.running, {
        interval: 5,
      })
      .toBeGreaterThan(0);
    await post("/sdapi/v1/interrupt", {});
    expect((await running).images).toEqual([]);
  });
});

describe("Vercel AI SDK", () => {
  test("generates with provider options at the top level", async () => {
    const body = {
      model: "tiny",
      prompt,
      n: 2,
      size: "256x256",
      response_format: "b64_json",
      seed: 11,
      guidance_scale: 2,
      user: "u",
    };
    const { data, warnings } = await post("/v1/images/generations", body);
    expect(data.map((each: { b64_json: string }) => typeof each.b64_json)).toEqual([
      "string",
      "string",
    ]);
    expect(warnings).toBeUndefined();
  });

  test("edits with a mask and no response_format", async () => {
    const form = new FormData();
    form.set("model", "tiny");
    form.set("prompt", prompt);
    form.set("n", "1");
    form.set("size", "256x256");
    form.append("image", new Blob([await examplePng(128)], { type: "image/png" }));
    form.append("mask", new Blob([await examplePng(128, (x) => x > 64)], { type: "image/png" }));
    const response = await fetch(`${server.url}/v1/images/edits`, { method: "POST", body: form });
    expect(response.status).toBe(200);
    expect((await jsonOf(response)).data[0].b64_json).toBeTruthy();
  });
});

describe("others", () => {
  test("edits as JSON with data URLs, and with what is kept", async () => {
    const image = `data:image/png;base64,${(await examplePng()).toString("base64")}`;
    const asked = { prompt, keep: { top: 0.5 }, seed: 1, negative_prompt: "x", steps: 4 };
    const one = await post("/v1/images/edits", { ...asked, image });
    const two = await post("/v1/images/edits", { ...asked, images: [{ image_url: image }] });
    expect(one.data[0].b64_json).toBe(two.data[0].b64_json);
    expect(one.warnings).toHaveLength(2);
  });

  test("addresses are not fetched, and nulls are left out", async () => {
    const image = "http://169.254.169.254/latest/meta-data";
    const response = await postJson(`${server.url}/v1/images/edits`, { prompt, image });
    expect(response.status).toBe(400);
    expect((await jsonOf(response)).error).toMatchObject({ code: "remote_fetch", param: "image" });
    const { data } = await post("/v1/images/generations", {
      prompt,
      n: null,
      size: null,
      user: null,
    });
    expect(data).toHaveLength(1);
  });

  test("a picture that is hardly transparent is no mask of its own", async () => {
    const faint = await sharp(await examplePng())
      .composite([
        {
          input: { create: { width: 1, height: 1, channels: 4, background: "#ffffff01" } },
          tile: true,
          blend: "dest-out",
        },
      ])
      .png()
      .toBuffer();
    expect((await sharp(faint).stats()).isOpaque).toBe(false);
    const image = faint.toString("base64");
    const { warnings } = await post("/v1/images/edits", { prompt, image });
    expect(warnings[0]).toContain("There was no mask");
  });

  test("a mask of another shape is refused", async () => {
    const wide = await sharp(await examplePng(64, (x) => x > 30))
      .resize(128, 64, { fit: "fill" })
      .png()
      .toBuffer();
    const form = new FormData();
    form.set("prompt", prompt);
    form.append("image", new Blob([await examplePng()]));
    form.append("mask", new Blob([Uint8Array.from(wide)]));
    const response = await fetch(`${server.url}/v1/images/edits`, { method: "POST", body: form });
    expect((await jsonOf(response)).error.message).toContain(
      'mask: expected the shape of the picture, 64x64, got "128x64"',
    );
  });
});

/** A black PNG of 64 × 64, white from `row` on. */
async function whiteBelow(row: number): Promise<string> {
  const pixels = Buffer.alloc(64 * 64 * 3);
  pixels.fill(255, 3 * 64 * row);
  const png = await sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
  return png.toString("base64");
}
