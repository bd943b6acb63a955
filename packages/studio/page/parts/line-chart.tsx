/** @file One metric over the steps of a run. */

const [WIDTH, HEIGHT] = [320, 120];
/** More cannot be told apart. */
const MOST_POINTS = 320;

type Point = readonly [step: number, value: number];

export function LineChart({ title, points }: { title: string; points: readonly Point[] }) {
  if (points.length === 0) return null;
  const shown = points.filter((_, index) => index % Math.ceil(points.length / MOST_POINTS) === 0);
  const steps = shown.map(([step]) => step);
  const values = shown.map(([, value]) => value).filter(Number.isFinite);
  const [first, last] = [Math.min(...steps), Math.max(...steps)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const across = (step: number) => ((step - first) / (last - first || 1)) * WIDTH;
  const down = (value: number) => HEIGHT - ((value - low) / (high - low || 1)) * HEIGHT;
  const line = shown.map(([step, value]) => `${across(step).toFixed(1)},${down(value).toFixed(1)}`);
  const now = points.at(-1)![1];
  return (
    <figure class="chart">
      <figcaption>
        {title} <strong>{readable(now)}</strong>
      </figcaption>
      <svg
        viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
        role="img"
        aria-label={`${title}: from ${readable(low)} to ${readable(high)}, now ${readable(now)}`}
      >
        <polyline points={line.join(" ")} />
      </svg>
      <p>
        {readable(low)} … {readable(high)}, steps {first} … {last}
      </p>
    </figure>
  );
}

const readable = (value: number): string => String(Number(value.toPrecision(4)));
