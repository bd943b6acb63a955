/**
 * @file A picture to paint on. Painted parts are drawn anew: the mask is a PNG that is transparent there, as OpenAI's
 * Images API wants it. Arrow keys move the brush and the space bar paints, for those who use no pointer.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { drawCentreSquare } from "../draw/centre-square";
import type { Keep } from "../draw/drawing";

/** Pixels of the canvas; the picture's centre square is fitted into it, as the server cuts it. */
const SIDE = 256;

interface MaskEditorProps {
  readonly image: Blob;
  /** Shown instead of a painting. */
  readonly keep?: Keep;
  /** Told after each stroke; undefined when nothing is painted any more. Without it nothing can be painted. */
  readonly onMask?: (mask: Blob | undefined) => void;
}

export function MaskEditor({ image, keep, onMask }: MaskEditorProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef(document.createElement("canvas"));
  const [picture, setPicture] = useState<ImageBitmap>();
  const [brush, setBrush] = useState(40);
  const [cursor, setCursor] = useState({ x: SIDE / 2, y: SIDE / 2 });
  const [isErasing, setErasing] = useState(false);
  const [strokes, setStrokes] = useState(0);

  useEffect(() => {
    painted.current.width = painted.current.height = SIDE; // which clears it
    createImageBitmap(image).then(setPicture, () => setPicture(undefined));
  }, [image]);

  useEffect(() => {
    if (canvas.current) show(canvas.current, picture, keep ?? (onMask && painted.current));
  }, [picture, keep, strokes, onMask === undefined]);

  const paint = (x: number, y: number) => {
    if (!onMask) return;
    const context = painted.current.getContext("2d")!;
    context.globalCompositeOperation = isErasing ? "destination-out" : "source-over";
    context.fillStyle = "#000";
    context.beginPath();
    context.arc(x, y, brush / 2, 0, 2 * Math.PI);
    context.fill();
    setStrokes((count) => count + 1);
  };
  const finish = () => onMask && void maskOf(painted.current).then(onMask);
  const placeOf = (event: PointerEvent) => {
    const box = canvas.current!.getBoundingClientRect();
    return [
      ((event.clientX - box.left) / box.width) * SIDE,
      ((event.clientY - box.top) / box.height) * SIDE,
    ] as const;
  };
  const move = (event: KeyboardEvent) => {
    const step = brush / 4;
    const [dx, dy] = arrows[event.key] ?? [0, 0];
    if (event.key === " ") {
      paint(cursor.x, cursor.y);
      finish();
    } else if (dx === 0 && dy === 0) return;
    event.preventDefault();
    const within = (value: number) => Math.min(SIDE, Math.max(0, value));
    setCursor({ x: within(cursor.x + dx * step), y: within(cursor.y + dy * step) });
  };

  return (
    <div class="mask-editor">
      <div class={onMask ? "canvas paintable" : "canvas"}>
        <canvas
          {...{ ref: canvas, width: SIDE, height: SIDE }}
          {...(onMask
            ? {
                tabIndex: 0,
                role: "application",
                "aria-label":
                  "Picture to paint on: arrow keys move the brush, the space bar paints",
                onKeyDown: move,
              }
            : { role: "img", "aria-label": "The picture to begin with" })}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            paint(...placeOf(event));
          }}
          onPointerMove={(event) => event.buttons > 0 && paint(...placeOf(event))}
          onPointerUp={finish}
        />
        {onMask && (
          <span
            class="brush"
            style={{
              left: `${(100 * cursor.x) / SIDE}%`,
              top: `${(100 * cursor.y) / SIDE}%`,
              width: `${(100 * brush) / SIDE}%`,
            }}
          />
        )}
      </div>
      {onMask && (
        <div class="fields">
          <label>
            Brush
            <input
              {...{ type: "range", min: 8, max: 128, value: brush }}
              onInput={(event) => setBrush(event.currentTarget.valueAsNumber)}
            />
          </label>
          <label class="check">
            <input
              type="checkbox"
              checked={isErasing}
              onChange={(event) => setErasing(event.currentTarget.checked)}
            />
            Erase
          </label>
          <button
            type="button"
            onClick={() => {
              painted.current.getContext("2d")!.clearRect(0, 0, SIDE, SIDE);
              setStrokes((count) => count + 1);
              onMask(undefined);
            }}
          >
            Clear
          </button>
        </div>
      )}
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The picture, veiled where it is drawn anew, if that is known: outside of what is kept, or where it is painted. */
function show(
  canvas: HTMLCanvasElement,
  picture: ImageBitmap | undefined,
  region: Keep | HTMLCanvasElement | undefined,
): void {
  const context = canvas.getContext("2d")!;
  context.clearRect(0, 0, SIDE, SIDE);
  if (picture) drawCentreSquare(context, picture, SIDE);
  context.globalAlpha = 0.7;
  if (region instanceof HTMLCanvasElement) context.drawImage(tinted(region), 0, 0);
  else if (region) {
    const [left, top] = [region.left * SIDE, region.top * SIDE];
    context.fillStyle = "#7a3ff2";
    const [width, height] = [SIDE - region.right * SIDE - left, SIDE - region.bottom * SIDE - top];
    if (width > 0 && height > 0) context.fillRect(left, top, width, height);
  }
  context.globalAlpha = 1;
}

function tinted(painted: HTMLCanvasElement): HTMLCanvasElement {
  const copy = document.createElement("canvas");
  copy.width = copy.height = SIDE;
  const context = copy.getContext("2d")!;
  context.drawImage(painted, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = "#7a3ff2";
  context.fillRect(0, 0, SIDE, SIDE);
  return copy;
}

/** White, and transparent where it is painted; undefined where nothing is. */
async function maskOf(painted: HTMLCanvasElement): Promise<Blob | undefined> {
  const { data } = painted.getContext("2d")!.getImageData(0, 0, SIDE, SIDE);
  if (!data.some((value, index) => index % 4 === 3 && value > 127)) return undefined;
  const mask = document.createElement("canvas");
  mask.width = mask.height = SIDE;
  const context = mask.getContext("2d")!;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, SIDE, SIDE);
  context.globalCompositeOperation = "destination-out";
  context.drawImage(painted, 0, 0);
  return (await new Promise<Blob | null>((resolve) => mask.toBlob(resolve))) ?? undefined;
}
