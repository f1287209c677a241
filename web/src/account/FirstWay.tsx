// The first way to sign in: a name, and a passkey or a password.
import { Button } from "@digdir/designsystemet-react";
import { KeyVerticalIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { addPasskey, setPassword } from "../api/account.ts";
import { canKeepPasskeys } from "../api/passkey.ts";
import { useMessages } from "../messages/index.ts";
import type { Change } from "./AccountPage.tsx";
import { NewPassword } from "./NewPassword.tsx";

export function FirstWay({ possible, change }: { possible: boolean; change: Change }) {
  const { m } = useMessages();
  const w = m.account;
  const withKey = possible && canKeepPasskeys();
  const [name, setName] = useState("");
  const [choosing, setChoosing] = useState(!withKey);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const named = () => {
    setMissing(!name.trim());
    if (!name.trim()) document.getElementById("account-name")?.focus();
    return name.trim();
  };
  const makeKey = async () => {
    const given = named();
    if (!given) return;
    setBusy(true);
    await change(() => addPasskey(w.firstLabel, given));
    setBusy(false);
  };
  return (
    <div className="stack">
      <div>
        <label className="q" htmlFor="account-name">
          {w.name}
        </label>
        <input
          id="account-name"
          className="input"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
          value={name}
          aria-invalid={missing ? true : undefined}
          aria-describedby="account-name-help"
          onChange={(event) => setName(event.target.value)}
        />
        <p className={missing ? "error" : "hint"} id="account-name-help">
          {missing ? w.nameMissing : w.nameHelp}
        </p>
      </div>
      {withKey ? (
        <div>
          <Button className="wide" loading={busy} onClick={() => void makeKey()}>
            <KeyVerticalIcon aria-hidden /> {w.makePasskey}
          </Button>
          <p className="hint c">{w.passkeyHelp}</p>
        </div>
      ) : null}
      {choosing ? (
        <NewPassword
          action={w.choosePasswordDo}
          onChoose={(password) => {
            const given = named();
            return given ? change(() => setPassword(password, given)) : Promise.resolve(false);
          }}
        />
      ) : (
        <Button className="wide" variant="secondary" onClick={() => setChoosing(true)}>
          {w.choosePassword}
        </Button>
      )}
    </div>
  );
}
