/** @file Shares as a table with bars: the share, and in a paler tone the 95 % interval around it. */
import type { EvaluationReport } from "../evaluate.js";
import type { AttributeScore, SplitScore } from "../tally.js";
import type { Share } from "../wilson.js";
import { escapeHtml, percent } from "./html.js";

export const splitTitles = { train: "seen compositions", "held-out": "held-out compositions" };

/** One table for each split; with reranking two columns of bars. */
export function scoresHtml({ splits, reranked }: EvaluationReport): string {
  return splits
    .map((score, index) => {
      const ways = [
        { title: "best of 1", score },
        ...(reranked
          ? [{ title: `best of ${reranked.of} by CLIP`, score: reranked.splits[index]! }]
          : []),
      ];
      return `<h3>${splitTitles[score.split]}</h3><table>${headHtml(ways)}${rowsHtml(ways)}</table>`;
    })
    .join("");
}

interface Way {
  readonly title: string;
  readonly score: SplitScore;
}

function headHtml(ways: readonly Way[]): string {
  const cells = ways.map(({ title }) => `<th scope="col" colspan="2">${escapeHtml(title)}</th>`);
  return `<tr><th scope="col">right</th>${cells.join("")}</tr>`;
}

function rowsHtml(ways: readonly Way[]): string {
  const columns = ways.map(({ score }) => sharesOf(score));
  return columns[0]!
    .map(({ level, name, values = "" }, row) => {
      const cells = columns.map((shares) => shareHtml(shares[row]!.share));
      const each = values && `<small>${escapeHtml(values)}</small>`;
      return `<tr class="level-${level}"><th scope="row">${escapeHtml(name)}${each}</th>${cells.join("")}</tr>`;
    })
    .join("");
}

interface NamedShare {
  /** 0 everything, 1 a family, 2 an attribute. */
  readonly level: 0 | 1 | 2;
  readonly name: string;
  readonly share: Share;
  /** Of an attribute with few values: how often each was right. */
  readonly values?: string;
}

/** More are told apart by nobody, and each has few pictures. */
const MOST_VALUES = 12;

function sharesOf({ whole, fromPixels, families }: SplitScore): NamedShare[] {
  return [
    { level: 0, name: "every attribute", share: whole },
    ...(isPart(fromPixels, whole)
      ? [{ level: 0, name: "of families read from pixels", share: fromPixels } as const]
      : []),
    ...families.flatMap(({ family, whole: share, attributes }): NamedShare[] => [
      { level: 1, name: `${family}: every attribute`, share },
      ...Object.entries(attributes).map(
        ([name, ofAttribute]) =>
          ({ level: 2, name, share: ofAttribute, values: valuesOf(ofAttribute) }) as const,
      ),
    ]),
  ];
}

/** "1 9/9, 2 8/9, …"; "" where they are one or many. */
function valuesOf({ values }: AttributeScore): string {
  const entries = Object.entries(values);
  if (entries.length < 2 || entries.length > MOST_VALUES) return "";
  return entries.map(([value, { right, count }]) => `${value} ${right}/${count}`).join(", ");
}

/** Whether some pictures were read from pixels, and some judged by CLIP. */
const isPart = (fromPixels: Share, whole: Share): boolean =>
  fromPixels.count > 0 && fromPixels.count < whole.count;

function shareHtml({ right, count, share, low, high }: Share): string {
  if (count === 0) return "<td>–</td><td></td>";
  const at = (part: number) => (100 * part).toFixed(2);
  const bar = `<svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${percent(low)} to ${percent(high)}"><rect class="ground" width="100" height="10"/><rect class="share" width="${at(share)}" height="10"/><rect class="interval" x="${at(low)}" y="3" width="${at(high - low)}" height="4"/></svg>`;
  return `<td>${right}/${count} = ${percent(share)}</td><td class="bar">${bar}</td>`;
}
