/**
 * @file dalle-mini's flax checkpoints [SPEC §7.4] under the names of min-dalle, which is the same model: kernels have their
 * inputs first, and the layers of each half may lie in one tensor, along its first axis.
 */
import { type CheckpointFile, DalleError } from "@dalle-ts/tensor";
import { type Renamed, RenamedWeights } from "../renamed-weights.js";
import { storedTensor, type WeightSource, Weights, type WeightView } from "../weights.js";

/** Where min-dalle does otherwise: its VQGAN's epsilon is ten times as large, and it cuts a caption's end off. */
export const DALLE_MINI_FACTS = { normEpsilon: 1e-6, keepsTextEnd: true } as const;

/** files: the transformer's and the VQGAN's → what the importer of min-dalle's files takes. */
export function minDalleSources(files: readonly CheckpointFile[]): WeightSource[] {
  const has = (file: CheckpointFile, ending: string) =>
    [...file.tensors.keys()].some((name) => name.endsWith(ending));
  const transformers = files.filter((file) => has(file, "lm_head.kernel"));
  const vqgans = files.filter((file) => has(file, "decoder.conv_in.kernel"));
  if (transformers.length !== 1 || vqgans.length !== 1)
    throw new DalleError(
      "bad_file",
      `dalle-mini: expected one transformer and one VQGAN among the files, found ${transformers.length} and ${vqgans.length}; give the flax_model.msgpack of each.`,
    );
  return [
    half(transformers[0]!, "encoder"),
    half(transformers[0]!, "decoder"),
    new RenamedWeights(vqgans[0]!, [...vqgans[0]!.tensors.keys()].map(vqganWeight)),
  ];
}

/** Layers in one tensor, where one element is enough for each; DALL-E mega has 24. */
const mostLayers = 1024;
/** Weights of one half, where thousands of tensors may lie in the same bytes; DALL-E mega has about 500. */
const mostWeights = 100_000;

function half(file: CheckpointFile, side: "encoder" | "decoder"): RenamedWeights {
  const weights: Renamed[] = [];
  for (const source of file.tensors.keys()) {
    weights.push(...transformerWeights(file, source, side));
    if (weights.length > mostWeights)
      throw new Weights(file).refuse(`has over ${mostWeights} weights in its ${side}`);
  }
  return new RenamedWeights(file, weights);
}

/** The weights of one half that a tensor holds: none, one, or one a layer. */
function transformerWeights(
  file: CheckpointFile,
  source: string,
  side: "encoder" | "decoder",
): Renamed[] {
  const path = source.replace(/^params\./, "");
  if (path === "lm_head.kernel" && side === "decoder")
    return [{ name: "lm_head.weight", source, view: kernelView(2) }];
  const prefix = `model.${side}.`;
  if (!path.startsWith(prefix)) return [];
  const name = path.slice(prefix.length);
  const stacked = /^layers\.FlaxBart\w+Layers\.(.+)$/.exec(name)?.[1];
  const view = name.endsWith(".kernel") ? kernelView(2) : same;
  if (stacked !== undefined) {
    const length = storedTensor(file, source).shape[0]!;
    if (length > mostLayers) throw new Weights(file).refuse(`has ${length} layers in "${source}"`);
    return Array.from({ length }, (_, layer) => ({
      name: `layers.${layer}.${layerName(stacked)}`,
      source,
      view: (tensor) => view(tensor.at(layer)),
    }));
  }
  const [, layer, rest] = /^layers\.FlaxBart\w+Layer_(\d+)\.(.+)$/.exec(name) ?? [];
  const renamed = rest === undefined ? leaf(name) : `layers.${layer}.${layerName(rest)}`;
  return [{ name: renamed, source, view }];
}

const norms = [
  "pre_self_attn_layer_norm",
  "self_attn_layer_norm",
  "pre_encoder_attn_layer_norm",
  "encoder_attn_layer_norm",
];

/** GLU_0.Dense_0.kernel → glu.fc0.weight */
function layerName(name: string): string {
  return leaf(name)
    .replace(/^LayerNorm_([0-3])\./, (_, index) => `${norms[index]}.`)
    .replace(/^FlaxBartAttention_0\./, "self_attn.")
    .replace(/^FlaxBartAttention_1\./, "encoder_attn.")
    .replace(/^GLU_0\.LayerNorm_(\d)\./, "glu.ln$1.")
    .replace(/^GLU_0\.Dense_(\d)\./, "glu.fc$1.");
}

/** decoder.up_0.block_1.conv1.kernel → decoder.up.0.block.1.conv1.weight */
function vqganWeight(source: string): Renamed {
  const name = leaf(source.replace(/^params\./, ""));
  const numbered = name.replace(/\b(up|down)_(\d+)\.(block|attn)_(\d+)\./, "$1.$2.$3.$4.");
  return {
    name: numbered.replace(/\b(up|down)_(\d+)\./, "$1.$2."),
    source,
    view: source.endsWith(".kernel") ? kernelView(4) : same,
  };
}

function leaf(name: string): string {
  return name.replace(/\.(kernel|scale|embedding)$/, ".weight");
}

const same: WeightView = (tensor) => tensor;

/**
 * [inputs, outputs] → [outputs, inputs], or, of convolutions, [k, k, inputs, outputs] → [outputs, inputs, k, k]. What has
 * other axes stays as it is, and is refused where it is needed.
 */
function kernelView(rank: 2 | 4): WeightView {
  const order = rank === 2 ? [1, 0] : [3, 2, 0, 1];
  return (tensor) => (tensor.shape.length === rank ? tensor.permute(order) : tensor);
}
