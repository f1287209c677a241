// The ways I sign in: my name, my passkeys, my password.
import { Button } from "@digdir/designsystemet-react";
import { KeyVerticalIcon, PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import {
  type Account,
  addPasskey,
  type Passkey,
  removePasskey,
  removePassword,
  renameAccount,
  setPassword,
} from "../api/account.ts";
import { canKeepPasskeys } from "../api/passkey.ts";
import { Confirm } from "../design/Confirm.tsx";
import { useMessages } from "../messages/index.ts";
import type { Change } from "./AccountPage.tsx";
import { NewPassword } from "./NewPassword.tsx";

interface WaysProps {
  account: Account;
  possible: boolean;
  change: Change;
}

export function Ways({ account, possible, change }: WaysProps) {
  const only = account.passkeys.length + (account.password_s === null ? 0 : 1) === 1;
  return (
    <>
      <Name account={account} change={change} />
      <Passkeys account={account} possible={possible && canKeepPasskeys()} only={only} change={change} />
      <Password account={account} only={only} change={change} />
    </>
  );
}

function Name({ account, change }: { account: Account; change: Change }) {
  const { m } = useMessages();
  const w = m.account;
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState(account.name);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (await change(() => renameAccount(name))) setEditing(false);
  };
  return (
    <section aria-labelledby="way-name">
      <h2 id="way-name">{w.name}</h2>
      {editing ? (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <input
            className="input"
            aria-labelledby="way-name"
            autoFocus
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={200}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <div className="row">
            <Button type="submit">{w.save}</Button>
            <Button type="button" variant="tertiary" onClick={() => setEditing(false)}>
              {m.common.cancel}
            </Button>
          </div>
        </form>
      ) : (
        <ul className="ways">
          <li>
            <span className="grow strong">{account.name}</span>
            <Button variant="tertiary" onClick={() => setEditing(true)} aria-label={w.changeName}>
              {w.change}
            </Button>
          </li>
        </ul>
      )}
    </section>
  );
}

interface PasskeysProps extends WaysProps {
  /** Whether it is all there is to sign in with. */
  only: boolean;
}

function Passkeys({ account, possible, only, change }: PasskeysProps) {
  const { m, format } = useMessages();
  const w = m.account;
  const [removing, setRemoving] = useState<Passkey>();
  const [label, setLabel] = useState<string>();
  const add = async (event: React.FormEvent) => {
    event.preventDefault();
    if (await change(() => addPasskey(label?.trim() || w.firstLabel))) setLabel(undefined);
  };
  return (
    <section aria-labelledby="way-keys">
      <h2 id="way-keys">{w.passkeys}</h2>
      <p className="hint">{account.passkeys.length ? w.passkeysHelp : w.passkeyHelp}</p>
      <ul className="ways">
        {account.passkeys.map((passkey) => (
          <li key={passkey.id}>
            <KeyVerticalIcon aria-hidden className="ic" />
            <span className="grow">
              <span className="strong">{passkey.label}</span>
              <span className="small muted block">
                {passkey.used_s ? w.usedAt(format.dateTime(passkey.used_s * 1000)) : w.neverUsed}
              </span>
            </span>
            <Button
              variant="tertiary"
              data-color="danger"
              aria-label={`${w.remove}: ${passkey.label}`}
              onClick={() => setRemoving(passkey)}
            >
              {w.remove}
            </Button>
          </li>
        ))}
      </ul>
      {!possible ? (
        <p className="hint">{w.noPasskeys}</p>
      ) : label === undefined ? (
        <Button variant="secondary" onClick={() => setLabel("")}>
          <PlusIcon aria-hidden /> {w.addPasskey}
        </Button>
      ) : (
        <form onSubmit={(event) => void add(event)} noValidate>
          <div>
            <label className="q" htmlFor="key-label">
              {w.label}
            </label>
            <input
              id="key-label"
              className="input"
              autoFocus
              maxLength={80}
              placeholder={w.firstLabel}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
            />
          </div>
          <div className="row">
            <Button type="submit">{w.makePasskey}</Button>
            <Button type="button" variant="tertiary" onClick={() => setLabel(undefined)}>
              {m.common.cancel}
            </Button>
          </div>
        </form>
      )}
      {removing ? (
        <Confirm
          title={w.removeTitle(removing.label)}
          help={only ? w.removeOnly : w.removeHelp}
          action={w.remove}
          onDo={() => soon(() => change(() => removePasskey(removing.id)))}
          onClose={() => setRemoving(undefined)}
        />
      ) : null}
    </section>
  );
}

function Password({ account, only, change }: { account: Account; only: boolean; change: Change }) {
  const { m, format } = useMessages();
  const w = m.account;
  const [choosing, setChoosing] = useState(false);
  const [removing, setRemoving] = useState(false);
  const choose = async (password: string) => {
    const taken = await change(() => setPassword(password));
    if (taken) setChoosing(false);
    return taken;
  };
  return (
    <section aria-labelledby="way-password">
      <h2 id="way-password">{w.password}</h2>
      {choosing ? (
        <NewPassword action={w.save} onChoose={choose} onCancel={() => setChoosing(false)} />
      ) : account.password_s === null ? (
        <>
          <p className="hint">{w.noPassword}</p>
          <Button variant="secondary" onClick={() => setChoosing(true)}>
            <PlusIcon aria-hidden /> {w.choosePassword}
          </Button>
        </>
      ) : (
        <ul className="ways">
          <li>
            <span className="grow">{w.chosenAt(format.date(account.password_s * 1000))}</span>
            <Button variant="tertiary" onClick={() => setChoosing(true)} aria-label={w.changePassword}>
              {w.change}
            </Button>
            <Button
              variant="tertiary"
              data-color="danger"
              aria-label={w.removePassword}
              onClick={() => setRemoving(true)}
            >
              {w.remove}
            </Button>
          </li>
        </ul>
      )}
      {removing ? (
        <Confirm
          title={w.removePasswordTitle}
          help={only ? w.removeOnly : w.removeHelp}
          action={w.remove}
          onDo={() => soon(() => change(() => removePassword()))}
          onClose={() => setRemoving(false)}
        />
      ) : null}
    </section>
  );
}

/** The dialog closes at once: another may have to open, to confirm who one is. */
function soon(act: () => Promise<unknown>): Promise<void> {
  void act();
  return Promise.resolve();
}
