/** @file An evaluation report as a table. */
import type { EvaluationReport, Share, SplitFidelity, SplitScore } from "@dalle-ts/train";
import { table } from "./text.js";

const splitTitles = { train: "seen compositions", "held-out": "held-out compositions" } as const;

export function reportLines(report: EvaluationReport): string[] {
  const { model, pictures, seed, splits, reranked, fidelity } = report;
  const ways = ["best of 1", ...(reranked ? [`best of ${reranked.of} by CLIP`] : [])];
  const what = pictures === "generations" ? ways.join(" and ") : "true pictures through the dVAE";
  const lines = [`${model.name} (${model.hash}), ${what}, seed ${seed}`];
  for (const [index, { split, ...score }] of splits.entries()) {
    const favourite = reranked?.splits[index];
    lines.push("", splitTitles[split]);
    const shares = sharesOf(score);
    const beside = favourite && sharesOf(favourite);
    lines.push(
      ...table(
        [...shares].map(([name, share]) => [
          ...row(name, share),
          ...(beside ? row("", beside.get(name)!).slice(1) : []),
        ]),
      ),
    );
    if (fidelity) lines.push(...fidelityLines(fidelity[index]!));
  }
  return lines;
}

/** Of true pictures through the dVAE: what they lose, in all and by family, and the codes that they have. */
function fidelityLines({ families, codes, ...all }: SplitFidelity): string[] {
  const rows = [{ family: "in all", ...all }, ...families].map(({ family, psnr, ssim }) => [
    `  ${family}`,
    `${psnr.toFixed(2)} dB`,
    `SSIM ${ssim.toFixed(3)}`,
  ]);
  const { used, of, perplexity } = codes;
  const share = `${((100 * used) / of).toFixed(0)} %`;
  return [
    ...table(rows),
    `  codes in use: ${used} of ${of} (${share}), as many as ${perplexity.toFixed(0)} used alike`,
  ];
}

/** Title → share, in the order of the table. */
function sharesOf({ whole, fromPixels, families }: Omit<SplitScore, "split">): Map<string, Share> {
  const rows: [string, Share][] = [["  wholly right", whole]];
  // CLIP is no judge of these, so what its choice among several gains is seen here.
  if (fromPixels.count > 0 && fromPixels.count < whole.count) {
    rows.push(["  read from pixels", fromPixels]);
  }
  for (const { family, whole: ofFamily, attributes } of families) {
    rows.push([`  ${family}`, ofFamily]);
    // Two families may have an attribute of one name.
    for (const [name, share] of Object.entries(attributes))
      rows.push([`    ${family}: ${name}`, share]);
  }
  return new Map(rows);
}

/** name, 182/200, 91.0 %, (86.2 – 94.2) */
function row(name: string, { right, count, share, low, high }: Share): string[] {
  if (count === 0) return [name, "0/0"];
  const percent = (part: number) => (100 * part).toFixed(1);
  return [name, `${right}/${count}`, `${percent(share)} %`, `(${percent(low)} – ${percent(high)})`];
}
