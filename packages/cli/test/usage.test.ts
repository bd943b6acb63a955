/** @file Wrong command lines: exit code 2, one sentence that names the option and the next step, nothing on stdout. */
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { dalle } from "./harness.js";

async function usage(...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await dalle(argv);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr.match(/\n/g)).toHaveLength(1);
  return stderr.trim();
}

test("numbers are parsed strictly", async () => {
  expect(await usage("generate", "x", "--seed", "1e3")).toMatchInlineSnapshot(
    `"--seed: expected an integer in [0, 2^53), got "1e3"; see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "x", "-n", "0")).toMatchInlineSnapshot(
    `"--count: expected an integer in [1, 1000], got "0"; see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "x", "--temperature", "NaN")).toMatchInlineSnapshot(
    `"--temperature: expected a number >= 0, got "NaN"; see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "x", "--top-p", "0")).toMatchInlineSnapshot(
    `"--top-p: expected a number in (0, 1], got "0"; see \`dalle generate --help\`."`,
  );
  for (const seed of ["abc", "-1", "1.5", "", " 7", "0x7", "9007199254740992", "NaN", "Infinity"]) {
    expect(await usage("generate", "x", "--seed", seed)).toContain(
      `--seed: expected an integer in [0, 2^53), got ${JSON.stringify(seed)}`,
    );
  }
  for (const number of ["-1", "1e999", "Infinity", "one", "1,5", ""]) {
    expect(await usage("generate", "x", "--guidance", number)).toContain("--guidance: expected");
  }
  for (const share of ["0", "1.01", "NaN", "half"]) {
    expect(await usage("generate", "x", "--guidance-end", share)).toContain(
      "--guidance-end: expected a number in (0, 1]",
    );
  }
  expect(await usage("generate", "x", "--batch", "65")).toContain("--batch");
  expect(await usage("generate", "x", "--top-k", "0")).toContain("--top-k");
  expect(await usage("eval", "model", "--count", "0")).toContain("--count");
});

test("unknown and missing words", async () => {
  expect(await usage("generate")).toMatchInlineSnapshot(
    `"missing required argument 'caption'; see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "x", "--sed", "4")).toMatchInlineSnapshot(
    `"unknown option '--sed' (Did you mean --seed?); see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "a", "red", "block")).toMatchInlineSnapshot(
    `"too many arguments for 'generate': expected 1 argument but got 3; put the caption in quotes: dalle generate "a red block"; see \`dalle generate --help\`."`,
  );
  expect(await usage("translate", "a.png", "a", "cat")).toContain(
    'put the caption in quotes: dalle translate a.png "a cat"; see',
  );
  expect(await usage("vary", "a.png", "--caption", "a", "red", "ball")).toContain(
    'put the caption in quotes: --caption "a …"; see',
  );
  expect(await usage("generate", "a red block", "--grid", "out.png")).toMatchInlineSnapshot(
    `"too many arguments for 'generate': expected 1 argument but got 2; no option before out.png takes it; see \`dalle generate --help\`."`,
  );
  for (const gen of [["gen"], ["help", "gen"]]) {
    expect(await usage(...gen)).toBe(
      "unknown command 'gen' (Did you mean generate?); see `dalle --help`.",
    );
  }
  expect(await usage("genrate", "x")).toMatchInlineSnapshot(
    `"unknown command 'genrate' (Did you mean generate?); see \`dalle --help\`."`,
  );
  expect(await usage("train", "transformer", "world-64-transformer")).toMatchInlineSnapshot(
    `"--dvae is missing; give it a run folder of \`dalle train dvae\`, or a model folder; see \`dalle train transformer --help\`."`,
  );
  expect(await usage("generate", "x", "-o", "out.jpg")).toMatchInlineSnapshot(
    `"--output: expected a path that ends in .png, got "out.jpg"; see \`dalle generate --help\`."`,
  );
  expect(await usage("eval", "model", "--families", "blocks,cats")).toMatchInlineSnapshot(
    `"--families: expected one of blocks, objects, counting, garments, sections, emoji, scenes, hybrids, pairs, media, mixes, got "cats"; see \`dalle eval --help\`."`,
  );
  expect(await usage("export", "-o", "model")).toMatchInlineSnapshot(
    `"A model is made of a tokenizer, a dVAE and a transformer; add the run folder of its tokenizer and of its dVAE and of its transformer; see \`dalle export --help\`."`,
  );
  expect(await usage("export", "-o", "m", "--dtype", "int16")).toMatchInlineSnapshot(
    `"--dtype: expected one of f32, f16, int8-rows, int8, int4, got "int16"; see \`dalle export --help\`."`,
  );
});

test("options that mean nothing beside the others", async () => {
  expect(await usage("generate", "x", "--rerank", "2", "-n", "4")).toMatchInlineSnapshot(
    `"--rerank: expected at least 4, because -n is 4, got "2"; see \`dalle generate --help\`."`,
  );
  expect(await usage("vary", "a.png", "--guidance", "3")).toMatchInlineSnapshot(
    `"--guidance: expected --caption too, got "3"; see \`dalle vary --help\`."`,
  );
  const sheet = ["data", "sheet", "photos", "-o", "sheet.png"];
  expect(await usage(...sheet, "--split", "held-out")).toMatchInlineSnapshot(
    `"--split: expected the world as the source, got "photos"; see \`dalle data sheet --help\`."`,
  );
  for (const option of ["--families", "--seed"]) {
    expect(await usage(...sheet, option, "5")).toContain(`${option}: expected the world`);
  }
  const world = ["data", "sheet", "world", "-o", "sheet.png"];
  expect(await usage(...world, "--images", "photos")).toContain("--images: expected pictures of");
  expect(await usage(...world, "--families", "")).toContain("--families: expected one of blocks");
  const build = ["data", "build", "world", "-o", "never", "--families", ""];
  expect(await usage(...build)).toContain("--families: expected one of blocks");
  const seed = "9007199254740991";
  expect(await usage("generate", "x", "-n", "2", "--seed", seed)).toMatchInlineSnapshot(
    `"--seed: expected at most 9007199254740990 for so many pictures, got "9007199254740991"; see \`dalle generate --help\`."`,
  );
  expect(await usage("generate", "x", "--rerank", "9", "--seed", seed)).toContain("--seed");
  expect(await usage("serve", "--api-key", "")).toMatchInlineSnapshot(
    `"--api-key (or DALLE_API_KEY): expected a key of printable ASCII characters without blanks, got "" (string); see \`dalle serve --help\`."`,
  );
  expect(await usage("serve", "--api-key", "my key")).toContain("got another");
});

test("recipes and their settings", async () => {
  const dvae = ["train", "dvae", "world-64-dvae", "--set"];
  expect(await usage("train", "tokenizer", "nope")).toContain("world-tokenizer");
  const typo = await usage("train", "transformer", "whole-wrld-64-transformer");
  expect(typo).toContain("got whole-wrld-64-transformer; did you mean whole-world-64-transformer?");
  expect((await dalle(["train", "clip", "--help"])).stdout).toContain("one of world-64-clip");
  expect(await usage(...dvae, "model.hiden=5")).toContain("the nearest are model.hidden");
  expect(await usage(...dvae, "__proto__.x=5")).toContain('no setting "__proto__.x"');
  expect(await usage(...dvae, "clipNorm=NaN")).toMatchInlineSnapshot(
    `"--set clipNorm: expected a finite number > 0, got NaN; see \`dalle train dvae --help\`."`,
  );
});

test("a failure under --json is one object too", async () => {
  const { exitCode, stdout } = await dalle(["generate", "x", "--seed", "-4", "--json"]);
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: "bad_option" } });
  const unknown = await dalle(["--json", "generate", "x", "--nope"]);
  expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: "usage" } });
});

test("every command has help with an example", async () => {
  const commands = [
    ["generate"],
    ["vary"],
    ["translate"],
    ["continue"],
    ["explain"],
    ["score"],
    ["reconstruct"],
    ["train", "tokenizer"],
    ["train", "dvae"],
    ["train", "transformer"],
    ["export"],
    ["eval"],
    ["data", "split"],
    ["serve"],
    ["doctor"],
    ["plan"],
  ];
  for (const command of commands) {
    const { exitCode, stdout, stderr } = await dalle([...command, "--help"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain(`$ dalle ${command.join(" ")}`);
    expect(stdout).toContain("--json");
  }
  const { exitCode, stdout } = await dalle(["--help"]);
  expect(exitCode).toBe(0);
  for (const [name] of commands) expect(stdout).toContain(name);
});

test("--version is that of the package", async () => {
  const { version } = createRequire(import.meta.url)("../package.json");
  for (const option of ["--version", "-V"]) {
    expect(await dalle([option])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: "" });
  }
});

test("no command at all shows the help and is a usage error", async () => {
  const { exitCode, stderr } = await dalle([]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Usage: dalle");
});
