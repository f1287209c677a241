// Writing a comment, an answer, or one's own comment anew. What is not sent stays in the field.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef, useState } from "react";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  label: string;
  /** Shown only to those who listen. */
  hideLabel?: boolean;
  action: string;
  /** What stands there to begin with. */
  text?: string;
  onSend(text: string): void;
  /** With it there is a way out, and the field takes the focus. */
  onCancel?(): void;
}

export function Compose({ label, hideLabel, action, text: before = "", onSend, onCancel }: Props) {
  const { m } = useMessages();
  const id = useId();
  const [text, setText] = useState(before);
  const area = useRef<HTMLTextAreaElement>(null);
  const opened = onCancel !== undefined;
  useEffect(() => {
    if (opened) area.current?.focus();
  }, [opened]);
  const send = () => {
    if (!text.trim()) return area.current?.focus();
    onSend(text.trim());
    setText("");
    area.current?.focus();
  };
  return (
    <form
      className="saying"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label className={hideLabel ? "vh" : "field-label"} htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        ref={area}
        className="input"
        rows={2}
        maxLength={LIMITS.comment_chars_max}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel?.();
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          send();
        }}
      />
      <div className="row">
        <Button type="submit">{action}</Button>
        {onCancel ? (
          <Button type="button" variant="tertiary" onClick={onCancel}>
            {m.common.cancel}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
