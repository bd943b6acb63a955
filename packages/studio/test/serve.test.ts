/** @file What becomes of a server that cannot start. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeTinyModel } from "../../train/test/tiny-model.js";
import { publicAddress, type ServeOptions, serve } from "../src/index.js";
import { Library } from "../src/library/library.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dalle-serve-"));
  await writeTinyModel(join(folder, "model"));
});
afterAll(() => rm(folder, { recursive: true }));

test.each<[ServeOptions, RegExp]>([
  [{ publicUrl: "pictures.example" }, /^publicUrl: expected an address such as https:/],
  [{ publicUrl: "localhost:8787" }, /^publicUrl: expected an address such as https:/],
  [{ keys: [7 as never] }, /must be of type string/], // the first that throws once all is open
])("%j: it is refused, and lets its library go", async (options, message) => {
  const data = join(folder, "data");
  const started = serve({ port: 0, model: join(folder, "model"), data, ...options });
  await expect(started).rejects.toThrow(message);
  Library.open(data)[Symbol.dispose]();
});

test("an address keeps its path and loses the slash at its end", () => {
  expect(publicAddress("https://pictures.example/")).toBe("https://pictures.example");
  expect(publicAddress("http://example:80/dalle//")).toBe("http://example:80/dalle");
});
