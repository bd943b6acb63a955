/** @file Pictures side by side, on their way or whole. */
import type { DrawnPicture } from "../draw/drawing";
import type { Drawing, Tile } from "../draw/use-drawing";

export function Tiles({ tiles, prompt }: { tiles: readonly Tile[]; prompt: string }) {
  return (
    <ul class="tiles" aria-label="Pictures">
      {tiles.map((tile, index) => (
        <li key={index}>
          <TileImage tile={tile} alt={`${prompt}, picture ${index + 1}`} />
          {tile.picture ? (
            <Actions picture={tile.picture} />
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

function Actions({ picture: { id, url, seed, score } }: { picture: DrawnPicture }) {
  return (
    <p class="actions">
      <span>
        seed {seed}
        {score !== undefined && ` · ${score.toFixed(3)}`}
      </span>
      {id && <a href={`#/edit/${id}`}>Edit</a>}
      <a href={url} download={`dalle-${seed}.png`}>
        Save
      </a>
    </p>
  );
}

/** What is said of a drawing, also to those who do not see it. */
export function DrawingStatus({ drawing }: { drawing: Drawing }) {
  const { progress, error, warnings } = drawing;
  return (
    <div class="status">
      <p role="status">{progress}</p>
      {error && <p role="alert">{error}</p>}
      {warnings.map((warning) => (
        <p key={warning} class="warning">
          {warning}
        </p>
      ))}
    </div>
  );
}
