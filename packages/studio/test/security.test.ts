/** @file Who may use the server: keys and their limits, origins, host names, headers. */
import { request as httpRequest } from "node:http";
import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { checkOrigin } from "../src/http/origin.js";
import { jsonOf } from "./support/json-of.js";
import { postJson, testServer } from "./support/server.js";

const prompt = "a small red block";

describe("with keys", () => {
  const server = testServer({
    keys: ["first-key", "second:key"],
    keyLimit: 4,
    bodyLimit: 50_000,
    cors: ["*"],
  });
  const draw = (key: string | undefined, fields: object = {}) =>
    postJson(
      `${server.url}/v1/images/generations`,
      { prompt, ...fields },
      {
        headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
      },
    );

  test("a request without one, or with a wrong one, is refused", async () => {
    for (const key of [undefined, "first-ke", "first-key2", "third"]) {
      const response = await draw(key);
      expect(response.status).toBe(401);
      expect(await jsonOf(response)).toMatchObject({ error: { type: "authentication_error" } });
    }
    expect((await draw("second:key")).status).toBe(200);
  });

  test("clients of AUTOMATIC1111's API send it as a password, or alone; others may not", async () => {
    const status = async (path: string, text: string) => {
      const authorization = `Basic ${Buffer.from(text).toString("base64")}`;
      return (await fetch(`${server.url}${path}`, { headers: { authorization } })).status;
    };
    for (const text of ["me:first-key", ":first-key", "first-key:", "first-key", "me:second:key"]) {
      expect([text, await status("/sdapi/v1/options", text)]).toEqual([text, 200]);
    }
    for (const text of ["me:first-ke", "first-key:me", ":", ""]) {
      expect([text, await status("/sdapi/v1/options", text)]).toEqual([text, 401]);
    }
    expect(await status("/v1/models", "me:first-key")).toBe(401);
  });

  test("with `*` every page may use it, and read when to come back", async () => {
    const headers = { origin: "https://any.example", authorization: "Bearer first-key" };
    const answer = await fetch(`${server.url}/v1/models`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(answer.headers.get("access-control-expose-headers")).toBe("x-request-id,retry-after");
  });

  test("nothing of a body is read before the key", async () => {
    const status = (key: string) =>
      new Promise((resolve, reject) => {
        const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
        const url = `${server.url}/v1/images/generations`;
        const request = httpRequest(url, { method: "POST", headers }, (response) => {
          resolve(response.statusCode);
          request.destroy();
        });
        request.on("error", reject);
        request.write("x".repeat(60_000)); // in chunks, since no length was said; and it does not end
      });
    expect(await status("third")).toBe(401);
    expect(await status("first-key")).toBe(413);
  });

  test.each(["/v1/models", "/sdapi/v1/options", "/api/pictures", "/api/status", "/metrics"])(
    "%s asks for a key",
    async (path) => {
      expect((await fetch(`${server.url}${path}`)).status).toBe(401);
      const headers = { authorization: "Bearer first-key" };
      expect((await fetch(`${server.url}${path}`, { headers })).status).toBe(200);
    },
  );

  test("health and the picture of a known name do not", async () => {
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    const response = await draw("first-key", { response_format: "url" });
    const { data } = await jsonOf(response);
    expect((await fetch(data[0].url)).status).toBe(200);
  });

  test("each key has its own limit of pictures under way", async () => {
    const [first, second, third] = await Promise.all([
      draw("first-key", { n: 4 }),
      draw("first-key", { n: 1 }),
      draw("second:key", { n: 4 }),
    ]);
    expect([first!.status, second!.status, third!.status].sort()).toEqual([200, 200, 429]);
    const refused = [first, second].find((each) => each!.status === 429)!;
    expect(refused.headers.get("retry-after")).toBe("5");
    expect(await jsonOf(refused)).toMatchObject({ error: { code: "key_limit" } });
    expect((await draw("first-key", { n: 4 })).status).toBe(200);
    const never = await draw("first-key", { n: 5 }); // whoever waits for that waits for ever
    expect(never.status).toBe(400);
    expect((await jsonOf(never)).error).toMatchObject({
      message: "n: this key may have 4 pictures under way; ask for fewer at once.",
      param: "n",
    });
  });
});

test("a page of no origin is not taken for the server's own where no host is named", async () => {
  const app = new Hono()
    .use(checkOrigin({ allowed: [], isLoopback: false, publicUrl: undefined }))
    .get("/", (context) => context.text("here"))
    .onError((_, context) => context.text("refused", 403));
  expect((await app.request("/")).status).toBe(200);
  expect((await app.request("/", { headers: { origin: "null" } })).status).toBe(403);
});

describe("without keys", () => {
  const server = testServer({
    cors: ["https://app.example"],
    publicUrl: "https://pictures.example",
    history: false,
  });
  const models = (headers: Record<string, string>) => fetch(`${server.url}/v1/models`, { headers });

  test("pages of other origins may not use it, unless they are listed", async () => {
    for (const origin of ["https://evil.example", "null", "http://localhost:1"]) {
      expect((await models({ origin })).status).toBe(403);
    }
    const listed = await models({ origin: "https://app.example" });
    expect(listed.status).toBe(200);
    expect(listed.headers.get("access-control-allow-origin")).toBe("https://app.example");
    expect((await models({ origin: server.url })).status).toBe(200);
    const preflight = await fetch(`${server.url}/v1/images/generations`, {
      method: "OPTIONS",
      headers: { origin: "https://app.example", "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-methods")).toContain("POST");
  });

  test("another host name is refused, its own and the public one are not", async () => {
    const statusFor = (host: string) =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(server.url);
        httpRequest({ hostname, port, path: "/v1/models", headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
    expect(await statusFor("evil.example")).toBe(403);
    expect(await statusFor("127.0.0.1.evil.example")).toBe(403);
    expect(await statusFor("localhost:8787")).toBe(200);
    expect(await statusFor("pictures.example")).toBe(200);
  });

  test("answers carry the headers that keep pages apart", async () => {
    const { headers } = await fetch(server.url);
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("no history: nothing to list, and urls become base64 with a warning", async () => {
    expect((await fetch(`${server.url}/api/pictures`)).status).toBe(404);
    const answer = await postJson(`${server.url}/v1/images/generations`, {
      prompt,
      response_format: "url",
    });
    const { data, warnings } = await jsonOf(answer);
    expect(data[0].b64_json).toBeTruthy();
    expect(warnings[0]).toContain("keeps no pictures");
  });
});
