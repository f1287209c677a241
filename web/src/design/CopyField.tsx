// A text to take along: shown whole, copied by one button.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkIcon, FilesIcon } from "@navikt/aksel-icons";
import { useId, useRef, useState } from "react";
import { useMessages } from "../messages/index.ts";

export function CopyField({ label, text, action }: { label: string; text: string; action: string }) {
  const { m } = useMessages();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without clipboard rights (plain HTTP) the marked text is copied the old way.
      input.current?.select();
      document.execCommand("copy");
    }
    setCopied(true);
  };
  return (
    <div>
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className="copyfield">
        <input
          ref={input}
          id={id}
          className="input"
          readOnly
          value={text}
          onFocus={(event) => event.target.select()}
        />
        <Button onClick={() => void copy()}>
          {copied ? <CheckmarkIcon aria-hidden /> : <FilesIcon aria-hidden />}{" "}
          {copied ? m.common.copied : action}
        </Button>
      </div>
      <p className="vh" role="status">
        {copied ? m.common.copied : ""}
      </p>
    </div>
  );
}
