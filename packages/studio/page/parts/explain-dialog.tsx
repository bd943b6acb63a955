/** @file A picture that was just drawn, by itself, to see where the model looked for each word. */
import { useEffect, useRef } from "preact/hooks";
import type { DrawnPicture } from "../draw/drawing";
import { ExplainedPicture } from "./explained-picture";

interface ExplainDialogProps {
  readonly picture: DrawnPicture;
  readonly onClose: () => void;
}

export function ExplainDialog({ picture: { url, prompt, explain }, onClose }: ExplainDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="narrow" onClose={onClose} aria-label={prompt}>
      <ExplainedPicture url={url} caption={prompt} canExplain explain={explain} />
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
