/** @file An evaluation as one self-contained HTML page: no script, no other file, no network. */
import { codeGrid, describeCodeModel } from "@dalle-ts/models";
import type { ModelConfig, ResolvedSampling } from "dalle-ts";
import type { EvaluationReport, JudgedPicture } from "../evaluate.js";
import type { PairRetrieval } from "../pair-retrieval.js";
import type { Study } from "../study.js";
import type { Share } from "../wilson.js";
import { escapeHtml, percent } from "./html.js";
import { nearestHtml, sheetHtml } from "./pictures.js";
import { scoresHtml, splitTitles } from "./scores.js";

export interface ReportPage {
  readonly config: ModelConfig;
  readonly sampling: ResolvedSampling;
  readonly report: EvaluationReport;
  readonly study: Study;
  /** Those to show. */
  readonly pictures: readonly JudgedPicture[];
  /** An SVG of the training's loss. */
  readonly lossCurve?: string;
}

const style = `
:root{color-scheme:light dark;--ink:#1f2328;--pale:#6e7781;--paper:#fff;--ground:#eaeef2;--share:#2563eb;--interval:#0b1f4d;--right:#2ea043;--wrong:#cf222e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--pale:#9198a1;--paper:#0d1117;--ground:#30363d;--share:#4493f8;--interval:#cae0ff}}
body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem}th,td{padding:.1rem .8rem .1rem 0;text-align:left;font-weight:400;font-variant-numeric:tabular-nums}
tr.level-0 th,tr.level-0 td{font-weight:600}tr.level-1 th,tr.level-1 td{padding-top:.5rem;font-weight:600}tr.level-2 th{padding-left:1.2rem;color:var(--pale)}
.bar svg{width:12rem;height:.8rem;display:block}.ground{fill:var(--ground)}.share{fill:var(--share)}.interval{fill:var(--interval);opacity:.55}
.sheet{display:grid;grid-template-columns:repeat(auto-fill,minmax(9rem,1fr));gap:1rem}.pairs{grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))}
figure{margin:0}figure img{width:7.5rem;box-sizing:border-box;border:3px solid transparent;border-radius:4px}
.right img{border-color:var(--right)}.wrong img{border-color:var(--wrong)}figcaption{font-size:.8rem}small{display:block;color:var(--pale)}
.curve{background:#fff;max-width:40rem}.curve svg{width:100%;height:auto}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:var(--pale)}dd{margin:0}`;

/** The whole page. */
export async function reportPage(page: ReportPage): Promise<string> {
  const { config, report, study } = page;
  const title = `${config.name}: what it paints`;
  const sheets = await Promise.all(
    report.splits.map(async ({ split }) => {
      const shown = page.pictures.filter((picture) => picture.split === split);
      return `<h3>${splitTitles[split]}</h3>${await sheetHtml(shown)}`;
    }),
  );
  const sections = [
    `<h1>${escapeHtml(title)}</h1>${aboutHtml(page)}`,
    `<h2>Right or wrong</h2><p>Shares with their 95 % intervals (Wilson).${chosenHtml(report)}</p>${scoresHtml(report)}`,
    `<h2>Pictures</h2><p>The first of each split, uncherried${report.reranked ? `; CLIP's favourite of ${report.reranked.of}` : ""}.</p>${sheets.join("")}`,
    `<h2>Loss on true pictures</h2>${lossHtml(study)}`,
    ...(page.lossCurve ? [`<h2>Training</h2><div class="curve">${page.lossCurve}</div>`] : []),
    ...(study.clip ? [`<h2>By CLIP</h2>${clipHtml(study)}`] : []),
    ...(study.nearest
      ? [`<h2>Nearest training pictures</h2>${await nearestHtml(study.nearest)}`]
      : []),
  ];
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${style}</style></head><body><main>${sections.join("\n")}</main></body></html>\n`;
}

/** What a reader of "best of" must know. */
function chosenHtml({ reranked, splits }: EvaluationReport): string {
  if (!reranked) return "";
  const chosen = ` CLIP chose the best of ${reranked.of}`;
  if (splits.every(({ whole, fromPixels }) => fromPixels.count === whole.count))
    return `${chosen}.`;
  return `${chosen}, and it also judges the families that no program reads from pixels: there its choice is judged by itself, so read how much choosing helps from the families read from pixels.`;
}

function aboutHtml({ config, report, sampling }: ReportPage): string {
  const settings = Object.entries(sampling).map(([name, value]) => `${name} ${value}`);
  const { dvae, transformer } = config;
  const grid = dvae && codeGrid(dvae);
  const facts = {
    model: `${config.name} (${report.model.hash}), made ${config.created.slice(0, 10)}`,
    "trained on": config.trainedOn,
    ...(transformer ? { transformer: describeCodeModel(transformer) } : {}),
    ...(grid
      ? {
          pictures: `${grid.imageSize} × ${grid.imageSize} pixels, ${grid.side} × ${grid.side} of ${grid.codes} codes`,
        }
      : {}),
    judged: report.pictures,
    sampling: settings.join(", "),
    seed: String(report.seed),
  };
  const rows = Object.entries(facts).map(
    ([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`,
  );
  return `<dl>${rows.join("")}</dl>`;
}

const lossTitles = {
  training: "pictures of training",
  seen: "fresh pictures of seen compositions",
  "held-out": "held-out compositions",
};

function lossHtml({ loss }: Study): string {
  const rows = loss.map(
    ({ pictures, count, mean, margin }) =>
      `<tr><th scope="row">${lossTitles[pictures]}</th><td>${mean.toFixed(3)} ± ${margin.toFixed(3)}</td><td>${count}</td></tr>`,
  );
  return `<p>Nats an image code, with the 95 % interval of the mean. The first gap is memorising, the second what new compositions cost.</p><table><tr><th scope="col">true pictures</th><th scope="col">loss</th><th scope="col">count</th></tr>${rows.join("")}</table>`;
}

function clipHtml({ clip = [], retrieval }: Study): string {
  const rows = clip.map(
    ({ split, count, score, frechet }) =>
      `<tr><th scope="row">${splitTitles[split]}</th><td>${score.made.toFixed(3)} (${score.painted.toFixed(3)})</td><td>${frechet.made.toFixed(3)} (${frechet.painted.toFixed(3)})</td><td>${count}</td></tr>`,
  );
  return `<p>The model's own CLIP, on the first picture of each caption: mean cosine of picture and caption, and the Fréchet distance between its embeddings of the pictures made and of true pictures for the same captions. In brackets true pictures in the place of those made. Compare these numbers with those of the same CLIP and count only.</p><table><tr><th scope="col"></th><th scope="col">score</th><th scope="col">Fréchet distance</th><th scope="col">pictures</th></tr>${rows.join("")}</table>${retrieval ? retrievalHtml(retrieval) : ""}`;
}

function retrievalHtml({ split, pairs, pictureOfCaption, captionOfPicture }: PairRetrieval) {
  const said = ({ share, low, high }: Share) =>
    `${percent(share)} (${percent(low)} to ${percent(high)})`;
  return `<p>Of ${pairs} true pictures of ${splitTitles[split]} and a caption of each, the picture nearest to a caption is one that it describes for ${said(pictureOfCaption)}, and the caption nearest to a picture for ${said(captionOfPicture)}.</p>`;
}
