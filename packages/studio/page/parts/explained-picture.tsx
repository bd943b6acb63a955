/** @file A picture whose caption's words light up where the model looked for them, when they are pointed at or focused. */
import type { DalleImage } from "dalle-ts";
import { useRef, useState } from "preact/hooks";
import { type Explanation, explainPicture } from "../server";
import { strongestRegion } from "./strongest-region";

interface ExplainedPictureProps {
  readonly url: string;
  readonly caption: string;
  /** Otherwise it is a picture as any other. */
  readonly canExplain: boolean;
  /** @default the server does, which the picture is sent to */
  readonly explain?: () => Promise<Explanation>;
}

type Word = Explanation["words"][number];

interface Explained extends Explanation {
  readonly image: DalleImage;
}

export function ExplainedPicture({ url, caption, canExplain, explain }: ExplainedPictureProps) {
  const picture = useRef<HTMLImageElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const [explained, setExplained] = useState<Explained>();
  const [shown, setShown] = useState<Word>();
  const [said, setSaid] = useState("");
  const tell = (error: Error) => setSaid(error.message);

  async function ask(): Promise<void> {
    setSaid("Asking the model where it looked …");
    const file = await fileOf(picture.current!);
    const found = await (explain?.() ?? explainPicture(file, caption));
    // Only who asks for it pays for it.
    const { loadImage } = await import("dalle-ts");
    setExplained({ ...found, image: await loadImage(file) });
    setSaid("Point at a word, or go to it with the Tab key, to see where the model looked for it.");
  }

  async function show({ image, rows, columns }: Explained, word: Word): Promise<void> {
    setShown(word);
    setSaid(
      `“${word.text}”: looked for most in ${strongestRegion(word.attention, rows, columns)}.`,
    );
    const { attentionOverlay, rgbaOf } = await import("dalle-ts");
    const heat = attentionOverlay(image, { rows, columns }, Float32Array.from(word.attention));
    const canvas = overlay.current!;
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d")!.putImageData(new ImageData(rgbaOf(heat), image.width), 0, 0);
  }

  return (
    <div class="explained">
      <div class="overlaid">
        <img ref={picture} src={url} alt={caption || "Variation"} />
        <canvas
          ref={overlay}
          hidden={!shown}
          role="img"
          aria-label={
            shown && `The picture in greys, red where the model looked for “${shown.text}”`
          }
        />
      </div>
      {explained ? (
        <fieldset class="chips">
          <legend>Where the model looked for</legend>
          {explained.words.map((word, index) => (
            <button
              key={index}
              type="button"
              aria-pressed={word === shown}
              onPointerEnter={() => show(explained, word).catch(tell)}
              onFocus={() => show(explained, word).catch(tell)}
            >
              {word.text}
            </button>
          ))}
          {/* It stays when it was pressed, or the keyboard would lose its place. */}
          <button type="button" aria-disabled={!shown} onClick={() => setShown(undefined)}>
            Show the picture
          </button>
        </fieldset>
      ) : (
        canExplain &&
        caption && (
          <button type="button" onClick={() => ask().catch(tell)}>
            Explain
          </button>
        )
      )}
      <p role="status">{said}</p>
    </div>
  );
}

/** As a PNG at the picture's own size; it may be one that no server has. */
function fileOf(picture: HTMLImageElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.naturalWidth, picture.naturalHeight];
  canvas.getContext("2d")!.drawImage(picture, 0, 0);
  return new Promise((resolve) => canvas.toBlob((file) => resolve(file!)));
}
