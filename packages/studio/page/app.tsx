/** @file The Studio: its views behind the address's hash, so that links and the back button work. */
import { useEffect, useState } from "preact/hooks";
import { KeyForm } from "./parts/key-form";
import { KeyError, type Status, status } from "./server";
import { EditView } from "./views/edit-view";
import { ExploreView } from "./views/explore-view";
import { GalleryView } from "./views/gallery-view";
import { GenerateView } from "./views/generate-view";
import { TrainingView } from "./views/training-view";

const views = [
  ["generate", "Generate"],
  ["edit", "Edit"],
  ["explore", "Explore"],
  ["gallery", "Gallery"],
  ["training", "Training"],
] as const;

/** "#/edit/0af3…" → ["edit", "0af3…"] */
function useRoute(): readonly [view: string, rest: string | undefined] {
  const read = () => location.hash.replace(/^#\//, "").split("/");
  const [parts, setParts] = useState(read);
  useEffect(() => {
    const listen = () => setParts(read());
    listen(); // it may have changed before anybody listened
    addEventListener("hashchange", listen);
    return () => removeEventListener("hashchange", listen);
  }, []);
  return [parts[0] || "generate", parts[1]];
}

export function App() {
  const [view, rest] = useRoute();
  const [known, setKnown] = useState<Status>();
  const [problem, setProblem] = useState<Error>();
  const load = () =>
    status().then((found) => {
      setKnown(found);
      setProblem(undefined);
    }, setProblem);
  useEffect(() => void load(), []);
  return (
    <>
      <header>
        <a class="brand" href="#/generate">
          dalle-ts Studio
        </a>
        <nav aria-label="Views">
          {views.map(([name, title]) => (
            <a key={name} href={`#/${name}`} aria-current={name === view ? "page" : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main>
        {problem instanceof KeyError ? (
          <KeyForm message={problem.message} onKey={load} />
        ) : problem ? (
          <p role="alert">{problem.message}</p>
        ) : known ? (
          <View name={view} rest={rest} status={known} />
        ) : (
          <p>Loading …</p>
        )}
      </main>
      <footer>
        {known && (
          <span>
            {known.model.name} · {known.model.hash} · {known.model.imageSize} pixels
          </span>
        )}
      </footer>
    </>
  );
}

function View({ name, rest, status }: { name: string; rest?: string; status: Status }) {
  if (name === "edit") return <EditView key={rest} status={status} pictureId={rest} />;
  if (name === "explore") return <ExploreView status={status} />;
  if (name === "gallery") return <GalleryView status={status} />;
  if (name === "training") return <TrainingView />;
  return <GenerateView status={status} />;
}
