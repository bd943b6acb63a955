/** @file Pictures side by side, on their way or whole. */
import { useState } from "preact/hooks";
import type { DrawnPicture } from "../draw/drawing";
import type { Drawing, Tile } from "../draw/use-drawing";
import { ExplainDialog } from "./explain-dialog";

interface TilesProps {
  readonly tiles: readonly Tile[];
  readonly prompt: string;
  readonly canExplain: boolean;
}

export function Tiles({ tiles, prompt, canExplain }: TilesProps) {
  return (
    <ul class="tiles" aria-label="Pictures">
      {tiles.map((tile, index) => (
        <li key={index}>
          <TileImage tile={tile} alt={`${prompt}, picture ${index + 1}`} />
          {tile.picture ? (
            <Actions picture={tile.picture} canExplain={canExplain} />
          ) : (
            <progress aria-label={`Picture ${index + 1}`} value={tile.share} max={1} />
          )}
        </li>
      ))}
    </ul>
  );
}

export function TileImage({ tile, alt }: { tile: Tile; alt: string }) {
  return tile.url ? <img src={tile.url} alt={alt} /> : <div class="blank" />;
}

function Actions({ picture, canExplain }: { picture: DrawnPicture; canExplain: boolean }) {
  const [isExplaining, setExplaining] = useState(false);
  const { id, url, prompt, seed, score } = picture;
  return (
    <div class="actions">
      <span>
        seed {seed}
        {score !== undefined && ` · ${score.toFixed(3)}`}
      </span>
      {id && <a href={`#/edit/${id}`}>Edit</a>}
      <a href={url} download={`dalle-${seed}.png`}>
        Save
      </a>
      {canExplain && prompt && (
        <button type="button" class="link" onClick={() => setExplaining(true)}>
          Explain
        </button>
      )}
      {isExplaining && <ExplainDialog picture={picture} onClose={() => setExplaining(false)} />}
    </div>
  );
}

/** What is said of a drawing, also to those who do not see it. */
export function DrawingStatus({ drawing }: { drawing: Drawing }) {
  const { progress, error, engine, warnings } = drawing;
  return (
    <div class="status">
      <p role="status">{progress}</p>
      {error && <p role="alert">{error}</p>}
      {engine && <p class="warning">{engine}</p>}
      {warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
    </div>
  );
}
