/** @file Asks for the server's key, which is kept until the browser's tab is closed. */
import { useState } from "preact/hooks";
import { storeKey } from "../server";

export function KeyForm({ message, onKey }: { message: string; onKey: () => void }) {
  const [key, setKey] = useState("");
  return (
    <form
      class="panel narrow"
      onSubmit={(event) => {
        event.preventDefault();
        storeKey(key);
        onKey();
      }}
    >
      <h1>Key</h1>
      <p role="alert">{message}</p>
      <label>
        API key
        <input
          type="password"
          autocomplete="off"
          required
          // As `dalle serve` takes them; a header can carry no other.
          pattern="[\x21-\x7e]+"
          title="Printable ASCII characters without blanks"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Go on
      </button>
    </form>
  );
}
