/** @file A picture to start from: paint what is drawn anew, keep its edges, or make others near it. */
import { useEffect, useState } from "preact/hooks";
import { centreSquare } from "../draw/centre-square";
import { type DrawingRequest, type Keep, partialsFor } from "../draw/drawing";
import { upperPanel } from "../draw/upper-panel";
import { useDrawing } from "../draw/use-drawing";
import { CountAndSeed } from "../parts/count-and-seed";
import { KeepFields, noKeep } from "../parts/keep-fields";
import { MaskEditor } from "../parts/mask-editor";
import { PromptField } from "../parts/prompt-field";
import { DrawingStatus, Tiles } from "../parts/tiles";
import { pictureUrl, type Status, send } from "../server";

const ways = [
  ["mask", "Paint what is drawn anew"],
  ["keep", "Keep edges"],
  ["translate", "Translate"],
  ["vary", "Vary"],
] as const;
type Way = (typeof ways)[number][0];

/** pictureId: of a picture of the library. */
export function EditView({ status, pictureId }: { status: Status; pictureId?: string }) {
  const [image, setImage] = useState<Blob>();
  const [problem, setProblem] = useState("");
  const [prompt, setPrompt] = useState("");
  const [way, setWay] = useState<Way>("mask");
  const [mask, setMask] = useState<Blob>();
  const [keep, setKeep] = useState<Keep>({ ...noKeep, top: 0.5 });
  const [count, setCount] = useState<number | undefined>(4);
  const [seed, setSeed] = useState<number>();
  /** What the pictures below were drawn for, whatever is typed next. */
  const [drawn, setDrawn] = useState("");
  const drawing = useDrawing();

  const tell = (error: Error) => setProblem(error.message);

  async function startOf(image: Blob): Promise<DrawingRequest["from"]> {
    if (way === "translate") return upperPanel(image, status.model.imageSize);
    if (way === "mask") return { image: await centreSquare(image), mask };
    return { image, ...{ keep: { keep }, vary: { vary: true } }[way] };
  }

  function choose(chosen: Blob | undefined): void {
    setImage(chosen);
    setMask(undefined); // it was painted on another picture
    setProblem("");
  }

  useEffect(() => {
    if (!pictureId) return;
    send(pictureUrl(pictureId)).then(async (response) => choose(await response.blob()), tell);
  }, [pictureId]);

  const canDraw = image !== undefined && (way !== "mask" || mask !== undefined);
  return (
    <>
      <h1>Edit</h1>
      {problem && <p role="alert">{problem}</p>}
      <form
        class="panel"
        onSubmit={(event) => {
          event.preventDefault();
          if (!image) return;
          setProblem("");
          startOf(image).then((from) => {
            setDrawn(prompt);
            const partials = partialsFor(status.model.gridSide);
            return drawing.start({ prompt, count: count ?? 1, seed, partials, from });
          }, tell);
        }}
      >
        <label>
          Picture
          <input
            type="file"
            accept="image/png,image/webp,image/jpeg,image/gif,image/avif"
            onChange={(event) => choose(event.currentTarget.files?.[0])}
          />
        </label>
        <fieldset class="choices">
          <legend>What to do</legend>
          {ways.map(([name, title]) => (
            <label key={name}>
              <input type="radio" name="way" checked={way === name} onChange={() => setWay(name)} />
              {title}
            </label>
          ))}
        </fieldset>
        {image && (
          <MaskEditor
            image={image}
            keep={way === "keep" ? keep : undefined}
            onMask={way === "mask" ? setMask : undefined}
          />
        )}
        {way === "keep" && <KeepFields value={keep} onValue={setKeep} />}
        <PromptField
          label={
            way === "vary"
              ? "Prompt, if there is something to follow"
              : way === "translate"
                ? "Prompt for both panels: what is on the top, and what on the bottom"
                : "Prompt for the whole picture"
          }
          required={way !== "vary"}
          value={prompt}
          words={status.model.words}
          onValue={setPrompt}
        />
        <div class="fields">
          <CountAndSeed {...{ count, onCount: setCount, seed, onSeed: setSeed }} />
        </div>
        <div class="buttons">
          <button type="submit" class="primary" disabled={!canDraw || drawing.isRunning}>
            Draw
          </button>
          <button type="button" disabled={!drawing.isRunning} onClick={drawing.cancel}>
            Cancel
          </button>
        </div>
      </form>
      <DrawingStatus drawing={drawing} />
      <Tiles
        tiles={drawing.tiles}
        prompt={drawn || "Variation"}
        canExplain={status.model.canExplain}
      />
    </>
  );
}
