// A place to paste a link or type a code.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMessages } from "../messages/index.ts";
import { pathOfLink } from "./links.ts";

/** Where one comes in by what one was given: a link, or the code of a room. */
export function PasteLink({ label, help }: { label: string; help: string }) {
  const { m } = useMessages();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [bad, setBad] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const path = pathOfLink(text);
    setBad(!path);
    if (path) void navigate(path);
  };
  return (
    <form onSubmit={submit} noValidate>
      <div>
        <label className="q" htmlFor="paste">
          {label}
        </label>
        <input
          id="paste"
          className="input"
          autoCapitalize="characters"
          autoComplete="off"
          value={text}
          aria-invalid={bad || undefined}
          aria-describedby={bad ? "paste-problem" : "paste-help"}
          onChange={(event) => setText(event.target.value)}
        />
        {bad ? (
          <p className="error" id="paste-problem">
            {m.home.badLink}
          </p>
        ) : (
          <p className="hint" id="paste-help">
            {help}
          </p>
        )}
      </div>
      <Button type="submit" variant="secondary">
        {m.home.go}
      </Button>
    </form>
  );
}
