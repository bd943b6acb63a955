/** @file Pictures for a prompt, appearing row by row. */
import { useState } from "preact/hooks";
import { browserRuntime } from "../draw/browser-runtime";
import { partialsFor, type Settings } from "../draw/drawing";
import { serverRuntime } from "../draw/server-runtime";
import { megabytes, useDrawing } from "../draw/use-drawing";
import { CaptionEndings } from "../parts/caption-endings";
import { CountAndSeed } from "../parts/count-and-seed";
import { examples } from "../parts/examples";
import { inStyle } from "../parts/in-style";
import { NumberField } from "../parts/number-field";
import { PromptField } from "../parts/prompt-field";
import { SettingsFields } from "../parts/settings-fields";
import { StyleField } from "../parts/style-field";
import { DrawingStatus, Tiles } from "../parts/tiles";
import type { Status } from "../server";

export function GenerateView({ status }: { status: Status }) {
  const { model } = status;
  const [prompt, setPrompt] = useState("");
  const [style, setStyle] = useState("");
  const [count, setCount] = useState<number | undefined>(4);
  const [seed, setSeed] = useState<number>();
  const [rerank, setRerank] = useState<number>();
  const [settings, setSettings] = useState<Settings>({});
  const [drawn, setDrawn] = useState("");
  const [isInBrowser, setInBrowser] = useState(false);
  const drawing = useDrawing(isInBrowser ? browserRuntime : serverRuntime);
  return (
    <>
      <h1>Generate</h1>
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          const caption = inStyle(style, prompt);
          setDrawn(caption);
          // A picture is shown after each row of its codes.
          const partials = partialsFor(model.gridSide);
          void drawing.start({
            ...{ prompt: caption, count: count ?? 1, seed },
            ...{ rerank, settings, partials },
          });
        }}
      >
        <PromptField value={prompt} words={model.words} onValue={setPrompt} />
        {model.canContinue && <CaptionEndings value={prompt} onValue={setPrompt} />}
        <fieldset class="chips">
          <legend>Examples</legend>
          {examples.map((example) => (
            <button key={example} type="button" onClick={() => setPrompt(example)}>
              {example}
            </button>
          ))}
        </fieldset>
        <div class="fields">
          <StyleField styles={model.styles} value={style} onValue={setStyle} />
          <CountAndSeed {...{ count, onCount: setCount, seed, onSeed: setSeed }} />
          {model.canRerank && (
            <NumberField
              {...{ label: "Best of", value: rerank, onValue: setRerank, placeholder: "all" }}
              {...{ min: count ?? 1, max: 64, step: 1 }}
            />
          )}
        </div>
        <label class="check">
          <input
            type="checkbox"
            checked={isInBrowser}
            disabled={drawing.isRunning}
            onChange={(event) => setInBrowser(event.currentTarget.checked)}
          />
          Run in this browser: downloads the model ({megabytes(model.bytes)}) once, and the gallery
          keeps nothing
        </label>
        <SettingsFields value={settings} defaults={model.sampling} onValue={setSettings} />
        <div class="buttons">
          <button type="submit" class="primary" disabled={drawing.isRunning}>
            Draw
          </button>
          <button type="button" disabled={!drawing.isRunning} onClick={drawing.cancel}>
            Cancel
          </button>
        </div>
      </form>
      <DrawingStatus drawing={drawing} />
      <Tiles tiles={drawing.tiles} prompt={drawn} canExplain={model.canExplain} />
    </>
  );
}
