/** @file The attribute explorer: a caption with slots becomes a grid over one or two of them, every cell at one seed. */
import { useEffect, useRef, useState } from "preact/hooks";
import { partialsFor } from "../draw/drawing";
import { fewAtATime, patiently } from "../draw/few-at-a-time";
import { serverRuntime } from "../draw/server-runtime";
import type { Tile } from "../draw/use-drawing";
import { SeedField } from "../parts/count-and-seed";
import { TileImage } from "../parts/tiles";
import type { Status } from "../server";
import { captionOf, choiceIn, parseTemplate } from "./explore-template";

const example = "a {small|large} {red|blue|green|yellow} {cube|ball|cone|cylinder}";
/** More than that nobody compares at a glance. */
const MOST_CELLS = 64;
/** One less than a browser asks of one server at once: the last one fetches the pictures that are whole. */
const CELLS_AT_ONCE = 5;

export function ExploreView({ status }: { status: Status }) {
  const [text, setText] = useState(example);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [rows, setRows] = useState(1);
  const [columns, setColumns] = useState(2);
  const [seed, setSeed] = useState<number | undefined>(1);
  const [cells, setCells] = useState<ReadonlyMap<string, Tile>>(new Map());
  const [said, setSaid] = useState("");
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  const template = parseTemplate(text);
  const { slots } = template;
  const slotOf = (slot: number) => (slots[slot] ? slot : -1);
  const [down, across] = [slotOf(rows), slotOf(columns === rows ? -1 : columns)];
  const rowWords = slots[down] ?? [""];
  const columnWords = slots[across] ?? [""];
  const captionAt = (row: number, column: number) => {
    const choices = slots.map((_, slot) =>
      slot === down ? row : slot === across ? column : (chosen[slot] ?? 0),
    );
    return captionOf(template, choices);
  };

  async function draw(): Promise<void> {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const captions = new Set(
      rowWords.flatMap((_, row) => columnWords.map((_, column) => captionAt(row, column))),
    );
    setCells(new Map());
    setSaid(`Drawing ${captions.size} pictures …`);
    // One after every fourth row of codes.
    const partials = partialsFor(Math.floor(status.model.gridSide / 4));
    const shared = seed ?? Math.floor(Math.random() * 2 ** 32);
    const drawCell = async (prompt: string) => {
      const asked = { prompt, count: 1, seed: shared, partials };
      for await (const event of serverRuntime.draw(asked, own.signal)) {
        if (event.type !== "partial" && event.type !== "picture") continue;
        const tile =
          event.type === "picture"
            ? { url: event.picture.url, share: 1, picture: event.picture }
            : { url: event.url, share: event.share };
        setCells((before) => new Map(before).set(prompt, tile));
      }
    };
    try {
      await fewAtATime([...captions], CELLS_AT_ONCE, (caption) =>
        patiently(() => drawCell(caption), own.signal),
      );
      setSaid(`${captions.size} pictures${seed === undefined ? ` at seed ${shared}` : ""}.`);
    } catch (error) {
      own.abort();
      const { name, message } = error as Error;
      if (controller.current !== own) return; // the next drawing speaks now
      setSaid(name === "AbortError" ? "Cancelled." : message);
    }
  }

  const count = rowWords.length * columnWords.length;
  return (
    <>
      <h1>Explore</h1>
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          void draw();
        }}
      >
        <label>
          Caption with slots
          <input value={text} required onInput={(event) => setText(event.currentTarget.value)} />
        </label>
        <div class="fields">
          <SlotField label="Rows" slots={slots} value={down} onValue={setRows} />
          <SlotField label="Columns" slots={slots} value={across} onValue={setColumns} />
          {slots.map(
            (words, slot) =>
              slot !== down &&
              slot !== across && (
                <label key={slot}>
                  Slot {slot + 1}
                  <select
                    value={choiceIn(words, chosen[slot])}
                    onChange={(event) =>
                      setChosen(
                        slots.map((_, each) =>
                          each === slot ? Number(event.currentTarget.value) : (chosen[each] ?? 0),
                        ),
                      )
                    }
                  >
                    {words.map((word, index) => (
                      <option key={word} value={index}>
                        {word}
                      </option>
                    ))}
                  </select>
                </label>
              ),
          )}
          <SeedField {...{ seed, onSeed: setSeed }} />
        </div>
        <div class="buttons">
          <button type="submit" class="primary" disabled={count > MOST_CELLS}>
            Draw {count} pictures
          </button>
          <button type="button" onClick={() => controller.current?.abort()}>
            Cancel
          </button>
        </div>
        {count > MOST_CELLS && (
          <p role="alert">At most {MOST_CELLS} at once; take some words out.</p>
        )}
      </form>
      <p role="status">{said}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those who use the keyboard */}
      <section class="scroll" aria-label="Grid of pictures" tabIndex={0}>
        <table class="grid">
          <thead>
            <tr>
              <td />
              {columnWords.map((word) => (
                <th key={word} scope="col">
                  {word}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rowWords.map((rowWord, row) => (
              <tr key={rowWord}>
                <th scope="row">{rowWord}</th>
                {columnWords.map((columnWord, column) => {
                  const caption = captionAt(row, column);
                  return (
                    <td key={columnWord} title={caption}>
                      <TileImage tile={cells.get(caption) ?? { share: 0 }} alt={caption} />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

interface SlotFieldProps {
  readonly label: string;
  readonly slots: readonly (readonly string[])[];
  readonly value: number;
  readonly onValue: (slot: number) => void;
}

function SlotField({ label, slots, value, onValue }: SlotFieldProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onValue(Number(event.currentTarget.value))}>
        <option value={-1}>none</option>
        {slots.map((words, slot) => (
          <option key={slot} value={slot}>
            {words.join(", ").slice(0, 30)}
          </option>
        ))}
      </select>
    </label>
  );
}
