/** @file A drawing under way as a component sees it: its tiles, what is said of it, and how to stop it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { DrawingRequest, DrawnPicture, Runtime } from "./drawing";
import { serverRuntime } from "./server-runtime";

export interface Tile {
  /** Undefined until there is something to see. */
  readonly url?: string;
  /** Share of the picture that is known, in [0, 1]. */
  readonly share: number;
  /** Set when it is whole. */
  readonly picture?: DrawnPicture;
}

export interface Drawing {
  readonly tiles: readonly Tile[];
  /** Where the drawing is, in words. */
  readonly progress: string;
  readonly isRunning: boolean;
  readonly error?: string;
  /** What computes and why, where it is the page. */
  readonly engine?: string;
  readonly warnings: readonly string[];
}

const nothing: Drawing = { tiles: [], progress: "", isRunning: false, warnings: [] };

export function useDrawing(runtime: Runtime = serverRuntime) {
  const [drawing, setDrawing] = useState<Drawing>(nothing);
  const controller = useRef<AbortController>(undefined);
  useEffect(() => () => controller.current?.abort(), []);

  async function start(request: DrawingRequest): Promise<void> {
    controller.current?.abort();
    const own = new AbortController();
    controller.current = own;
    const update = (change: (before: Drawing) => Partial<Drawing>) => {
      if (controller.current === own) setDrawing((before) => ({ ...before, ...change(before) }));
    };
    const tiles = Array.from({ length: request.count }, () => ({ share: 0 }));
    setDrawing({ ...nothing, tiles, progress: "Asking the model …", isRunning: true });
    try {
      for await (const event of runtime.draw(request, own.signal)) {
        if (event.type === "queued") {
          const { before } = event;
          const progress = before === 0 ? "Next in the queue …" : `${before} pictures come first …`;
          update(() => ({ progress }));
        } else if (event.type === "download") {
          const progress = downloadText(event);
          update(() => ({ progress }));
        } else if (event.type === "engine") {
          update(() => ({ engine: event.reason, progress: "Opening the model …" }));
        } else if (event.type === "warning") {
          // Every picture repeats those of its request.
          update(({ warnings }) => ({ warnings: [...new Set([...warnings, event.text])] }));
        } else if (event.type === "picture") {
          const { picture } = event;
          update((before) => ({
            tiles: before.tiles.with(event.index, { url: picture.url, share: 1, picture }),
          }));
        } else if (event.index < request.count) {
          const { url, share } = event;
          update((before) => ({
            tiles: before.tiles.with(event.index, { url, share }),
            progress: "Drawing, row by row …",
          }));
        }
      }
      update(({ tiles }) => ({ progress: doneText(tiles.length) }));
    } catch (error) {
      const { name, message } = error as Error;
      if (name === "AbortError") update(() => ({ progress: "Cancelled." }));
      else update(() => ({ error: message, progress: "" }));
    } finally {
      update(() => ({ isRunning: false }));
    }
  }

  return { ...drawing, start, cancel: () => controller.current?.abort() };
}

/** In tenths: each text is read to those who do not see the page. */
function downloadText({ loaded, total }: { loaded: number; total: number }): string {
  const percent = 10 * Math.floor((10 * loaded) / total);
  return `Downloading the model: ${percent} % of ${megabytes(total)} …`;
}

/** 10300000 → "10.3 MB" */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

const doneText = (count: number): string => (count === 1 ? "1 picture." : `${count} pictures.`);
