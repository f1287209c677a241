// Choosing a password: long, shown on wish, and nothing else asked of it.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { LIMITS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

interface NewPasswordProps {
  /** What the button says. */
  action: string;
  /** Whether it was taken. */
  onChoose(password: string): Promise<boolean>;
  onCancel?(): void;
}

export function NewPassword({ action, onChoose, onCancel }: NewPasswordProps) {
  const { m } = useMessages();
  const w = m.account;
  const id = useId();
  const [password, setPassword] = useState("");
  const [shown, setShown] = useState(false);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const short = [...password].length < LIMITS.password_chars_min;
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (short) return document.getElementById(id)?.focus();
    setBusy(true);
    await onChoose(password);
    setBusy(false);
  };
  const wrong = tried && short;
  return (
    <form className="newpassword" onSubmit={(event) => void submit(event)} noValidate>
      <div>
        <label className="q" htmlFor={id}>
          {w.newPassword}
        </label>
        <input
          id={id}
          className="input"
          type={shown ? "text" : "password"}
          autoComplete="new-password"
          spellCheck={false}
          value={password}
          aria-invalid={wrong ? true : undefined}
          aria-describedby={`${id}-help`}
          onChange={(event) => setPassword(event.target.value)}
        />
        <p className={wrong ? "error" : "hint"} id={`${id}-help`}>
          {w.passwordHelp(LIMITS.password_chars_min)}
        </p>
      </div>
      <label className="check">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        <span>{w.show}</span>
      </label>
      <div className="row">
        <Button type="submit" loading={busy}>
          {action}
        </Button>
        {onCancel ? (
          <Button type="button" variant="tertiary" onClick={onCancel}>
            {m.common.cancel}
          </Button>
        ) : null}
      </div>
    </form>
  );
}
