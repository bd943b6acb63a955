/** @file The loss of finished runs as one SVG picture for the model card. */
import type { MetricsRow } from "../run/metrics-log.js";

export interface LossSeries {
  /** Shown above the panel. */
  readonly title: string;
  readonly rows: readonly MetricsRow[];
  /** Keys of the rows to draw, where there are numbers of them. */
  readonly keys: readonly string[];
}

const WIDTH = 640;
const PANEL = 200;
const MARGIN = { left: 56, right: 16, top: 28, bottom: 28 };
const colours = ["#2563eb", "#dc2626", "#059669", "#9333ea"];

/**
 * One panel per series that has numbers, steps to the right, each curve a running mean over about 2 % of the run; undefined
 * where none has.
 */
export function lossCurveSvg(all: readonly LossSeries[]): string | undefined {
  const series = all.filter(({ rows, keys }) =>
    rows.some((row) => keys.some((key) => Number.isFinite(row[key]))),
  );
  if (series.length === 0) return undefined;
  const panels = series.map((entry, index) => panel(entry, index * PANEL));
  const height = series.length * PANEL;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="white"/>${panels.join("")}</svg>\n`;
}

function panel({ title, rows, keys: asked }: LossSeries, top: number): string {
  const keys = asked.filter((key) => rows.some((row) => Number.isFinite(row[key])));
  const drawn = keys.map((key) => smooth(rows.map((row) => [row.step, row[key] ?? Number.NaN])));
  const all = drawn.flat().map(([, value]) => value);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const steps = rows.at(-1)?.step ?? 1;
  const x = (step: number) => MARGIN.left + (step / steps) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    top + MARGIN.top + ((high - value) / (high - low || 1)) * (PANEL - MARGIN.top - MARGIN.bottom);
  const lines = drawn.map((points, index) => {
    const path = points.map(([step, value]) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" stroke="${colours[index % colours.length]}" stroke-width="1.5" points="${path.join(" ")}"/>`;
  });
  const legend = keys.map(
    (key, index) =>
      `<text x="${WIDTH - MARGIN.right}" y="${top + 16 + 13 * index}" text-anchor="end" fill="${colours[index % colours.length]}">${key}</text>`,
  );
  const ticks = [low, (low + high) / 2, high].map(
    (value) =>
      `<text x="${MARGIN.left - 6}" y="${y(value) + 4}" text-anchor="end">${value.toFixed(2)}</text><line x1="${MARGIN.left}" x2="${WIDTH - MARGIN.right}" y1="${y(value)}" y2="${y(value)}" stroke="#e5e7eb"/>`,
  );
  const axis = `<text x="${WIDTH / 2}" y="${top + PANEL - 8}" text-anchor="middle">${steps} steps</text>`;
  const heading = `<text x="${MARGIN.left}" y="${top + 16}" font-weight="bold">${title}</text>`;
  return [heading, axis, ...ticks, ...lines, ...legend].join("");
}

type Point = readonly [step: number, value: number];

/** Running mean; non-finite values are left out. */
function smooth(points: readonly Point[]): Point[] {
  const finite = points.filter(([, value]) => Number.isFinite(value));
  const reach = Math.max(1, Math.round(finite.length * 0.02));
  return finite.map(([step], index) => {
    const near = finite.slice(Math.max(0, index - reach), index + reach + 1);
    return [step, near.reduce((sum, [, value]) => sum + value, 0) / near.length];
  });
}
