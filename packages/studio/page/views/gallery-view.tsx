/** @file Every picture that the server kept, with how it came about. */
import { useEffect, useState } from "preact/hooks";
import { PictureDialog } from "../parts/picture-dialog";
import { type PictureRecord, pictureUrl, type Status, searchPictures } from "../server";

const PAGE = 50; // as the server gives them

export function GalleryView({ status }: { status: Status }) {
  const [words, setWords] = useState("");
  const [favourites, setFavourites] = useState(false);
  const [pictures, setPictures] = useState<readonly PictureRecord[]>([]);
  const [hasMore, setMore] = useState(false);
  const [opened, setOpened] = useState<PictureRecord>();
  const [problem, setProblem] = useState("");

  const load = (before: readonly PictureRecord[]) =>
    searchPictures(words, favourites, before.length).then(
      (page) => {
        setPictures([...before, ...page]);
        setMore(page.length === PAGE);
      },
      (error) => setProblem(error.message),
    );
  useEffect(() => {
    if (!status.keepsPictures) return;
    const timer = setTimeout(() => void load([]), 150); // while somebody types
    return () => clearTimeout(timer);
  }, [words, favourites]);

  if (!status.keepsPictures) {
    return <p>This server keeps no pictures; start it without --no-history.</p>;
  }
  return (
    <>
      <h1>Gallery</h1>
      <search class="panel fields">
        <label>
          Search captions
          <input
            type="search"
            value={words}
            onInput={(event) => setWords(event.currentTarget.value)}
          />
        </label>
        <label class="check">
          <input
            type="checkbox"
            checked={favourites}
            onChange={(event) => setFavourites(event.currentTarget.checked)}
          />
          Favourites only
        </label>
        <a href="/api/export" download>
          Export all
        </a>
      </search>
      {problem && <p role="alert">{problem}</p>}
      {pictures.length === 0 && <p role="status">No pictures yet.</p>}
      <ul class="tiles small" aria-label="Pictures">
        {pictures.map((picture) => (
          <li key={picture.id}>
            <button type="button" class="picture" onClick={() => setOpened(picture)}>
              <img
                src={pictureUrl(picture.id)}
                alt={picture.caption || "Variation"}
                loading="lazy"
              />
              {picture.favourite && <span class="star">★</span>}
            </button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" onClick={() => void load(pictures)}>
          Show more
        </button>
      )}
      {opened && (
        <PictureDialog
          picture={opened}
          canExplain={status.model.canExplain}
          onChange={(changed) => {
            setOpened(changed);
            setPictures(
              pictures.flatMap((each) => (each.id !== opened.id ? each : (changed ?? []))),
            );
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}
