/** @file Every picture that the server kept, with how it came about. */
import { useEffect, useRef, useState } from "preact/hooks";
import { PictureDialog } from "../parts/picture-dialog";
import { type PictureRecord, pictureUrl, type Status, saveExport, searchPictures } from "../server";

const PAGE = 50; // as the server gives them

export function GalleryView({ status }: { status: Status }) {
  const [words, setWords] = useState("");
  const [favourites, setFavourites] = useState(false);
  /** None before the first answer. */
  const [pictures, setPictures] = useState<readonly PictureRecord[]>();
  const [hasMore, setMore] = useState(false);
  const [opened, setOpened] = useState<PictureRecord>();
  const [problem, setProblem] = useState("");

  const searches = useRef(0);

  const tell = (error: Error) => setProblem(error.message);

  /** skip: the pictures that are shown already; 0 begins anew. */
  async function load(skip: number): Promise<void> {
    const search = ++searches.current;
    const isNewest = () => search === searches.current; // an answer may come after that of a later search
    try {
      const page = await searchPictures(words, favourites, skip);
      if (!isNewest()) return;
      setPictures((before = []) => {
        const shown = skip === 0 ? [] : before;
        // Pictures that came meanwhile moved the others along.
        const ids = new Set(shown.map(({ id }) => id));
        return [...shown, ...page.filter(({ id }) => !ids.has(id))];
      });
      setMore(page.length === PAGE);
      setProblem("");
    } catch (error) {
      if (isNewest()) tell(error as Error);
    }
  }
  useEffect(() => {
    if (!status.keepsPictures) return;
    const timer = setTimeout(() => void load(0), 150); // while somebody types
    return () => clearTimeout(timer);
  }, [words, favourites]);

  /** Of the pictures that are shown; one is no favourite any more while it is still there. */
  const matching = pictures?.filter(({ favourite }) => favourite || !favourites).length ?? 0;

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
        <button type="button" onClick={() => void saveExport().catch(tell)}>
          Export all
        </button>
      </search>
      {problem && <p role="alert">{problem}</p>}
      {pictures?.length === 0 && (
        <p role="status">
          {words || favourites ? "No picture is as you search for." : "No pictures yet."}
        </p>
      )}
      <ul class="tiles small" aria-label="Pictures">
        {pictures?.map((picture) => (
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
        <button type="button" onClick={() => void load(matching)}>
          Show more
        </button>
      )}
      {opened && (
        <PictureDialog
          picture={opened}
          canExplain={status.model.canExplain}
          onChange={(changed) => {
            // By now another picture may be open, or none, and more may be shown.
            setOpened((now) => (now?.id === opened.id ? changed : now));
            setPictures((shown) =>
              shown?.flatMap((each) => (each.id !== opened.id ? each : (changed ?? []))),
            );
          }}
          onClose={() => setOpened(undefined)}
        />
      )}
    </>
  );
}
