/** @file dalle-mini's names: min-dalle's fixture written as flax writes it climbs the same ladder. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CheckpointFile, type CheckpointTensor, writeSafetensors } from "@dalle-ts/tensor";
import { afterAll, expect, test } from "vitest";
import { fixtureFolder } from "../../../../test/fixtures.js";
import { TOLERANCE } from "../../src/import/check/compare.js";
import { Reference } from "../../src/import/check/reference.js";
import { readConfigJson } from "../../src/import/dalle-mini/config-json.js";
import { minDalleSources } from "../../src/import/dalle-mini/flax-names.js";
import { findHashtagWords } from "../../src/import/dalle-mini/hashtag-words.js";
import { checkImport, importKinds } from "../../src/import/kinds.js";
import { expectedIntegers, importedModel } from "./model-folders.js";

const fixture = fixtureFolder("import/min-dalle");
const folder = await mkdtemp(join(tmpdir(), "dalle-mini-"));
afterAll(() => rm(folder, { recursive: true }));

interface Written {
  readonly shape: number[];
  readonly data: Float32Array;
}

/** Kernels have their inputs first. */
async function weight(tensor: CheckpointTensor): Promise<Written> {
  const rank = tensor.shape.length;
  const kernel = rank === 4 ? tensor.permute([2, 3, 1, 0]) : tensor;
  return { shape: [...kernel.shape], data: await kernel.readFloat32() };
}

async function transposed(tensor: CheckpointTensor): Promise<Written> {
  const kernel = tensor.permute([1, 0]);
  return { shape: [...kernel.shape], data: await kernel.readFloat32() };
}

function stack(layers: readonly Written[]): Written {
  return {
    shape: [layers.length, ...layers[0]!.shape],
    data: Float32Array.from(layers.flatMap(({ data }) => [...data])),
  };
}

const layerParts: Record<string, string> = {
  pre_self_attn_layer_norm: "LayerNorm_0",
  self_attn_layer_norm: "LayerNorm_1",
  pre_encoder_attn_layer_norm: "LayerNorm_2",
  encoder_attn_layer_norm: "LayerNorm_3",
  self_attn: "FlaxBartAttention_0",
  encoder_attn: "FlaxBartAttention_1",
  "glu.ln0": "GLU_0.LayerNorm_0",
  "glu.ln1": "GLU_0.LayerNorm_1",
  "glu.fc0": "GLU_0.Dense_0",
  "glu.fc1": "GLU_0.Dense_1",
  "glu.fc2": "GLU_0.Dense_2",
};

/** self_attn.q_proj.weight of each layer → FlaxBartAttention_0.q_proj.kernel */
function flaxLayerName(name: string): string {
  const part = Object.keys(layerParts).find((each) => name.startsWith(`${each}.`))!;
  const rest = name.slice(part.length);
  const isNorm = /norm|ln\d/.test(part);
  return layerParts[part] + rest.replace(/\.weight$/, isNorm ? ".scale" : ".kernel");
}

async function halfAsFlax(path: string, side: "encoder" | "decoder") {
  await using file = await CheckpointFile.open(path);
  const result = new Map<string, Written>();
  const stacks = new Map<string, Written[]>();
  for (const [name, tensor] of file.tensors) {
    const [, layer, rest] = /^layers\.(\d+)\.(.+)$/.exec(name) ?? [];
    if (rest !== undefined) {
      const flax = flaxLayerName(rest);
      const written = await (flax.endsWith("kernel") ? transposed(tensor) : weight(tensor));
      const layers = stacks.get(flax) ?? [];
      layers[Number(layer)] = written;
      stacks.set(flax, layers);
    } else if (name === "lm_head.weight") {
      result.set("lm_head.kernel", await transposed(tensor));
    } else {
      const leaf = name.startsWith("embed_") ? "embedding" : "scale";
      result.set(`model.${side}.${name.replace(/weight$/, leaf)}`, await weight(tensor));
    }
  }
  const kind = side === "encoder" ? "Encoder" : "Decoder";
  for (const [name, layers] of stacks)
    result.set(`model.${side}.layers.FlaxBart${kind}Layers.${name}`, stack(layers));
  return result;
}

async function vqganAsFlax(path: string) {
  await using file = await CheckpointFile.open(path);
  const result = new Map<string, Written>();
  for (const [name, tensor] of file.tensors) {
    const flax = name
      .replace(/\b(up|down|block|attn)\.(\d)/g, "$1_$2")
      .replace(/^embedding\.weight$/, "quantize.embedding.embedding")
      .replace(/weight$/, tensor.shape.length === 4 ? "kernel" : "scale");
    result.set(flax, await weight(tensor));
  }
  return result;
}

async function write(name: string, entries: Map<string, Written>): Promise<string> {
  const path = join(folder, name);
  await writeSafetensors(
    path,
    [...entries].map(([key, written]) => ({ name: key, dtype: "f32" as const, ...written })),
  );
  return path;
}

/**
 * The fixture with one prompt, written in two ways: min-dalle, which made it, reads it like dalle-mini, whose own way is to leave
 * out tags and signs at the end.
 */
async function referenceOfOnePrompt(): Promise<string> {
  const target = join(folder, "reference");
  await mkdir(target);
  await copyFile(join(fixture!, "inputs.safetensors"), join(target, "inputs.safetensors"));
  const [{ prompt, tokens }] = JSON.parse(await readFile(join(fixture!, "prompts.json"), "utf8"));
  const prompts = [prompt, `<b>${prompt}</b>!`].map((text) => ({ prompt: text }));
  await writeFile(join(target, "prompts.json"), JSON.stringify(prompts));
  await using expected = await CheckpointFile.open(join(fixture!, "expected.safetensors"));
  const tensors = [];
  for (const [name, { shape }] of expected.tensors) {
    const data = await expected.read(name);
    if (data instanceof Float32Array) tensors.push({ name, shape, dtype: "f32" as const, data });
    else if (data instanceof BigInt64Array && name !== "prompt_tokens")
      tensors.push({ name, shape, dtype: "i64" as const, data });
  }
  const rows = BigInt64Array.from([...tokens, ...tokens], BigInt);
  const shape = [2, tokens.length];
  tensors.push({ name: "prompt_tokens", shape, dtype: "i64" as const, data: rows });
  await writeSafetensors(join(target, "expected.safetensors"), tensors);
  return target;
}

test.skipIf(!fixture)("stacked layers and kernels with inputs first", async () => {
  const at = (name: string) => join(fixture!, name);
  const encoder = await halfAsFlax(at("encoder.pt"), "encoder");
  const decoder = await halfAsFlax(at("decoder.pt"), "decoder");
  const paths = [
    await write("transformer.safetensors", new Map([...encoder, ...decoder])),
    await write("vqgan.safetensors", await vqganAsFlax(at("detoker.pt"))),
    ...[at("vocab.json"), at("merges.txt")],
  ];
  const { rows } = await checkImport(
    importKinds["dalle-mini"]!,
    paths,
    await referenceOfOnePrompt(),
  );
  const rungs = ["prompt_tokens", "encoder_state", "logits", "greedy_tokens", "pixels"];
  expect(rows.map(({ name }) => name)).toEqual(rungs);
  // The reference is min-dalle, whose VQGAN has another epsilon.
  for (const { name, error, exact } of rows)
    expect(error, name).toBeLessThanOrEqual(name === "pixels" ? 1e-2 : exact ? 0 : TOLERANCE);

  // As a folder, drawn code by code, with a caption that both programs read alike.
  const dalle = await importedModel("dalle-mini", "", paths, { heads: 2 });
  expect(dalle.sampling()).toEqual({ temperature: 1, topP: 1, guidance: 10 });
  const prompts = await (await Reference.read(fixture!)).prompts();
  const [image] = await dalle.generate(prompts[0]!, { temperature: 0, guidance: 16 });
  expect([...image!.codes]).toEqual(await expectedIntegers(fixture!, "greedy_tokens"));

  // With the list of words beside the weights, hashtags are read as words.
  const list = join(folder, "enwiki-words-frequency.txt");
  await writeFile(list, "a 900\nRed 800\nred 700\ncat 600\n");
  const config = join(folder, "config.json");
  const told = { decoder_attention_heads: 2, d_model: 56, decoder_start_token_id: 255 };
  await writeFile(config, JSON.stringify(told));
  const notes: string[] = [];
  const onNote = (note: string) => notes.push(note);
  const reading = await importedModel("dalle-mini", "", [...paths, config, list], { onNote });
  expect(notes).toEqual([]);
  expect(reading.config.transformer).toMatchObject({ heads: 2, start: 255 });
  const drawn = async (model: typeof dalle, caption: string) =>
    (await model.generate(caption, { seed: 1 }))[0]!.codes;
  expect(await drawn(reading, "#aRedCat")).toEqual(await drawn(reading, "a red cat"));
  expect(await drawn(dalle, "#aRedCat")).not.toEqual(await drawn(dalle, "a red cat"));
  await importedModel("dalle-mini", "", paths, { onNote });
  expect(notes).toEqual([
    expect.stringMatching(/^No file tells the number of attention heads: /),
    expect.stringMatching(/^No list of words is among the files, .* add enwiki-words-frequency/),
  ]);
});

test("what is no config.json is refused", async () => {
  await expect(readConfig("{")).rejects.toThrow(/leave it out and say --heads\.$/);
});

/** Fields of the released models' config.json. */
const mini = {
  model_type: "dallebart",
  d_model: 1024,
  activation_function: "gelu",
  use_scan: true,
  encoder_attention_heads: 16,
  decoder_attention_heads: 16,
  scale_embedding: false,
  ln_type: "layernorm",
  ln_positions: "normformer",
  use_glu: true,
  use_bias: false,
  decoder_start_token_id: 16384,
  normalize_text: true,
  tau_init: 0.05,
  init_std: 0.02,
};

async function readConfig(text: string) {
  const path = join(folder, "config.json");
  await writeFile(path, text);
  return readConfigJson([path]);
}

test("config.json tells heads and start; the VQGAN's tells nothing", async () => {
  expect(await readConfig(JSON.stringify(mini))).toEqual({ heads: 16, start: 16384 });
  expect(await readConfig('{ "model_type": "vqgan", "use_bias": true }')).toEqual({});
});

test.each([
  ["activation_function", "relu", '"gelu"'],
  ["scale_embedding", true, "false"],
  ["use_cosine_attention", true, "false"],
  ["use_deepnet_scaling", true, "false"],
  ["use_head_scale", true, "false"],
  ["use_bias", true, "false"],
  ["use_swin_position_embeddings", true, "false"],
  ["ln_positions", "postln", '"normformer"'],
  ["encoder_attention_heads", 8, "the decoder's 16"],
])("a model whose config.json says %s %s is refused", async (field, value, only) => {
  await expect(readConfig(JSON.stringify({ ...mini, [field]: value }))).rejects.toThrow(
    `config.json says ${field} ${JSON.stringify(value)}, and models are read with ${only} alone; import one that was trained so.`,
  );
});

test("a list that has no words is refused", async () => {
  const list = join(folder, "words-frequency.txt");
  await writeFile(list, "<html>\n");
  await expect(findHashtagWords([list])).rejects.toThrow(/is no list of words .* leave it out\.$/);
});

test("files without a transformer or a VQGAN are refused", () => {
  expect(() => minDalleSources([])).toThrow(/found 0 and 0; give the flax_model.msgpack of each/);
});
