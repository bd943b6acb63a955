/**
 * @file The names of DALLE-pytorch's layers. Options and releases wrap a block in more or fewer modules called `fn`, and
 * reversible models keep their blocks elsewhere [SPEC §7.2, §7.9]; below all that a block's weights are always called the same.
 */
const block =
  /^transformer\.layers\.(?:layers\.(\d+)\.([01])|blocks\.(\d+)\.([fg])\.net)\.((?:fn\.)*)(.+)$/;

export interface LayerNames {
  /** The file's name by ours: layers.0.attention.norm.weight. */
  readonly byOurs: ReadonlyMap<string, string>;
  readonly layers: number;
  readonly reversible: boolean;
  readonly tokenShift: boolean;
}

/** names: of all weights below the transformer's prefix. */
export function readLayerNames(names: readonly string[]): LayerNames {
  const byOurs = new Map<string, string>();
  let [layers, wrappers, scaled, reversible] = [0, 0, 0, false];
  for (const name of names) {
    const match = block.exec(name);
    if (!match) continue;
    const [, plain, part, reversed, side, wrapping, rest] = match;
    const isAttention = part === "0" || side === "f";
    const layer = Number(plain ?? reversed);
    layers = Math.max(layers, layer + 1);
    reversible ||= reversed !== undefined;
    if (rest === "scale") scaled = 1;
    if (rest === "net.0.weight") wrappers = wrapping!.length / "fn.".length;
    byOurs.set(
      `layers.${layer}.${isAttention ? "attention" : "feed_forward"}.${ours(rest!)}`,
      name,
    );
  }
  // A feed-forward net is wrapped by its norm and, where there is one, by its scale; by more only for the shift of tokens.
  return { byOurs, layers, reversible, tokenShift: wrappers > 1 + scaled };
}

function ours(rest: string): string {
  return rest
    .replace(/^norm_out\./, "norm_after.")
    .replace(/^to_qkv\./, "query_key_value.")
    .replace(/^to_out\.0\./, "output.")
    .replace(/^net\.0\./, "expand.")
    .replace(/^net\.3\./, "contract.");
}
