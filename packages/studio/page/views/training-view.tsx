/** @file Follows a training run: its metrics as lines over its steps, and its newest sheet of samples. */
import { useEffect, useRef, useState } from "preact/hooks";
import { LineChart } from "../parts/line-chart";
import { listRuns, runPart, sheetUrl } from "../server";

const POLL_MILLISECONDS = 2000;
/** Where the run is and what it takes, and not how it does. */
const places = new Set(["step", "seconds", "memory"]);

type Row = Readonly<Record<string, number>>;

export function TrainingView() {
  const [runs, setRuns] = useState<readonly string[]>();
  const [run, setRun] = useState("");
  const [problem, setProblem] = useState("");
  useAskedAgain(async (isShown) => {
    try {
      const names = await listRuns();
      if (!isShown()) return;
      setRuns(names);
      setRun((chosen) => (names.includes(chosen) ? chosen : (names[0] ?? "")));
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  });
  return (
    <>
      <h1>Training</h1>
      {problem && <p role="alert">{problem}</p>}
      {runs?.length === 0 && (
        <p>
          There are no runs in the server's folder of runs; start one with `dalle train`, or name
          another folder with --runs.
        </p>
      )}
      {runs && runs.length > 0 && (
        <div class="panel fields">
          <label>
            Run
            <select value={run} onChange={(event) => setRun(event.currentTarget.value)}>
              {runs.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        </div>
      )}
      {run && <Run key={run} name={run} />}
    </>
  );
}

function Run({ name }: { name: string }) {
  const { rows, sheets, problem } = useRun(name);
  const [sheet, setSheet] = useState<string>();
  const shown = sheet ?? sheets.at(-1);
  const [url, setUrl] = useState("");
  useEffect(() => {
    if (!shown) return;
    let made: string | undefined;
    let isShown = true;
    const forget = () => made !== undefined && URL.revokeObjectURL(made);
    sheetUrl(name, shown).then(
      (found) => {
        made = found;
        if (isShown) setUrl(found);
        else forget();
      },
      () => undefined,
    );
    return () => {
      isShown = false;
      forget();
    };
  }, [shown]);
  const last = rows.at(-1);
  const logged = new Set(rows.flatMap((row) => Object.keys(row))); // not every row has all of them
  const metrics = [...logged].filter((metric) => !places.has(metric));
  return (
    <>
      {problem && <p role="alert">{problem}</p>}
      <p>{last && `Step ${last.step} after ${Math.round((last.seconds ?? 0) / 60)} minutes.`}</p>
      <div class="charts">
        {metrics.map((metric) => (
          <LineChart
            key={metric}
            title={metric}
            points={rows.flatMap((row) =>
              typeof row[metric] === "number" ? [[row.step!, row[metric]] as const] : [],
            )}
          />
        ))}
      </div>
      {shown && (
        <figure>
          <img class="sheet" src={url} alt={`Samples, ${shown}`} />
          <figcaption>
            <label>
              Samples
              <select value={shown} onChange={(event) => setSheet(event.currentTarget.value)}>
                {sheets.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            </label>
          </figcaption>
        </figure>
      )}
    </>
  );
}

/** What the run has logged so far, asked for again and again while it is shown. */
function useRun(name: string) {
  const [rows, setRows] = useState<readonly Row[]>([]);
  const [sheets, setSheets] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState("");
  const next = useRef(0);
  useAskedAgain(async (isShown) => {
    try {
      const asked = next.current;
      const part = await runPart(name, asked);
      if (!isShown()) return;
      next.current = part.next;
      if (part.lines.length > 0 || part.from < asked) {
        setRows((before) => [...(part.from < asked ? [] : before), ...part.lines]);
      }
      setSheets(part.sheets);
      setProblem("");
    } catch (error) {
      setProblem((error as Error).message);
    }
  });
  return { rows, sheets, problem };
}

/** Asks at once, and again a while after each answer, for as long as the component is shown. */
function useAskedAgain(ask: (isShown: () => boolean) => Promise<void>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isShown = true;
    const repeat = async () => {
      await ask(() => isShown);
      if (isShown) timer = setTimeout(repeat, POLL_MILLISECONDS);
    };
    void repeat();
    return () => {
      isShown = false;
      clearTimeout(timer);
    };
  }, []);
}
