// Showing who one is: a passkey, or a name and a password. On its own page, and where something has to be confirmed.
import { Button } from "@digdir/designsystemet-react";
import { KeyVerticalIcon } from "@navikt/aksel-icons";
import { useId, useState } from "react";
import { signInByPasskey, signInByPassword } from "../api/account.ts";
import type { SessionAnswer } from "../api/calls.ts";
import { canKeepPasskeys } from "../api/passkey.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";

interface SignInProps {
  /** Whose account it is, where that is known. */
  name?: string;
  /** What there is to sign in with, where that is known. */
  passkey?: boolean;
  password?: boolean;
  /** Whether it is asked if the browser is to be known again. */
  asksToRemember?: boolean;
  onDone(session: SessionAnswer): Promise<unknown>;
}

export function SignIn({ name, passkey = true, password = true, asksToRemember, onDone }: SignInProps) {
  const { m } = useMessages();
  const w = m.signIn;
  const id = useId();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState<"passkey" | "password">();
  const [given, setGiven] = useState(name ?? "");
  const [secret, setSecret] = useState("");
  const [remember, setRemember] = useState(false);
  const byPasskey = passkey && canKeepPasskeys();
  const enter = async (by: "passkey" | "password", ask: () => Promise<SessionAnswer>) => {
    setBusy(by);
    setProblem(undefined);
    try {
      await onDone(await ask());
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(undefined);
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!given.trim()) return document.getElementById(`${id}-name`)?.focus();
    if (!secret) return document.getElementById(`${id}-password`)?.focus();
    void enter("password", () => signInByPassword(given, secret, remember));
  };
  return (
    <form className="signin" onSubmit={submit} noValidate>
      <ProblemLine>{problem}</ProblemLine>
      {byPasskey ? (
        <Button
          type="button"
          className="wide"
          loading={busy === "passkey"}
          onClick={() => void enter("passkey", () => signInByPasskey(remember))}
        >
          <KeyVerticalIcon aria-hidden /> {w.byPasskey}
        </Button>
      ) : null}
      {byPasskey && password ? <p className="or">{w.or}</p> : null}
      {password ? (
        <>
          <div>
            <label className="q" htmlFor={`${id}-name`}>
              {w.name}
            </label>
            <input
              id={`${id}-name`}
              className="input"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              readOnly={name !== undefined}
              value={given}
              onChange={(event) => setGiven(event.target.value)}
            />
          </div>
          <div>
            <label className="q" htmlFor={`${id}-password`}>
              {w.password}
            </label>
            <input
              id={`${id}-password`}
              className="input"
              type="password"
              autoComplete="current-password"
              value={secret}
              onChange={(event) => setSecret(event.target.value)}
            />
          </div>
        </>
      ) : null}
      {asksToRemember ? (
        <label className="check">
          <input
            type="checkbox"
            checked={remember}
            onChange={(event) => setRemember(event.target.checked)}
          />
          <span>
            {w.remember}
            <span className="hint block">{w.rememberHelp}</span>
          </span>
        </label>
      ) : null}
      {password ? (
        <Button
          type="submit"
          className="wide"
          variant={byPasskey ? "secondary" : "primary"}
          loading={busy === "password"}
        >
          {w.do}
        </Button>
      ) : null}
    </form>
  );
}
