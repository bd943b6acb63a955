/** @file How the model itself would go on with what is written so far, to choose from. */
import { useState } from "preact/hooks";
import { continueCaption } from "../server";

interface CaptionEndingsProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

export function CaptionEndings({ value, onValue }: CaptionEndingsProps) {
  const [captions, setCaptions] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState("");
  const ask = () =>
    continueCaption(value).then(
      (found) => {
        setCaptions(found);
        setProblem("");
      },
      (error) => setProblem(error.message),
    );
  return (
    <fieldset class="chips">
      <legend>As the model would go on</legend>
      {captions.map((caption) => (
        <button key={caption} type="button" onClick={() => onValue(caption)}>
          {caption}
        </button>
      ))}
      <button type="button" onClick={() => void ask()}>
        Suggest endings
      </button>
      {problem && <p role="alert">{problem}</p>}
    </fieldset>
  );
}
