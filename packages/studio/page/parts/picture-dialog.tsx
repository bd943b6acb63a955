/** @file One picture of the gallery: its parameters, code that draws it again, and what can be done with it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { deletePicture, type PictureRecord, pictureUrl, setFavourite, storedKey } from "../server";
import { ExplainedPicture } from "./explained-picture";
import { codeFor, codeLanguages } from "./picture-code";

interface PictureDialogProps {
  readonly picture: PictureRecord;
  readonly canExplain: boolean;
  /** undefined: it was deleted. */
  readonly onChange: (picture: PictureRecord | undefined) => void;
  readonly onClose: () => void;
}

export function PictureDialog({ picture, canExplain, onChange, onClose }: PictureDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [language, setLanguage] = useState<(typeof codeLanguages)[number]>("curl");
  const [said, setSaid] = useState("");
  useEffect(() => dialog.current?.showModal(), []);
  const code = codeFor(picture, language, {
    origin: location.origin,
    asksForKey: storedKey() !== undefined,
  });
  const tell = (error: Error) => setSaid(error.message);
  return (
    <dialog ref={dialog} onClose={onClose} aria-label={picture.caption || "Variation"}>
      <div class="detail">
        <ExplainedPicture
          url={pictureUrl(picture.id)}
          caption={picture.caption}
          canExplain={canExplain}
        />
        <div>
          <h2>{picture.caption || "Variation"}</h2>
          <dl>
            <dt>Seed</dt>
            <dd>{picture.seed}</dd>
            {picture.score !== undefined && (
              <>
                <dt>CLIP score</dt>
                <dd>{picture.score.toFixed(3)}</dd>
              </>
            )}
            {Object.entries(picture.settings).map(([name, value]) => (
              <>
                <dt>{name}</dt>
                <dd>{typeof value === "object" ? JSON.stringify(value) : String(value)}</dd>
              </>
            ))}
            <dt>Model</dt>
            <dd>
              {picture.model} · {picture.modelHash}
            </dd>
            <dt>Drawn</dt>
            <dd>{new Date(picture.created).toLocaleString()}</dd>
          </dl>
          <div class="buttons">
            <a class="button" href={pictureUrl(picture.id)} download={`dalle-${picture.seed}.png`}>
              Save
            </a>
            <a class="button" href={`#/edit/${picture.id}`}>
              Edit
            </a>
            <button
              type="button"
              aria-pressed={picture.favourite}
              onClick={() => setFavourite(picture.id, !picture.favourite).then(onChange, tell)}
            >
              {picture.favourite ? "★ Favourite" : "☆ Favourite"}
            </button>
            <button
              type="button"
              onClick={() => deletePicture(picture.id).then(() => onChange(undefined), tell)}
            >
              Delete
            </button>
          </div>
        </div>
      </div>
      {code && (
        <>
          <div class="buttons">
            {codeLanguages.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === language}
                onClick={() => setLanguage(each)}
              >
                {each}
              </button>
            ))}
            <button
              type="button"
              class="primary"
              onClick={() =>
                copied(code).then(
                  () => setSaid("Copied."),
                  () => setSaid("The browser does not let the page copy; select the text instead."),
                )
              }
            >
              Copy
            </button>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also for those who use the keyboard */}
          <pre tabIndex={0}>{code}</pre>
        </>
      )}
      <p role="status">{said}</p>
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}

/** Pages that came over plain http have no clipboard. */
async function copied(text: string): Promise<void> {
  await (navigator.clipboard as Clipboard | undefined)!.writeText(text);
}
