// Before how one signs in is changed: is it really me? A browser that is known may be in other hands.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef } from "react";
import type { Account } from "../api/account.ts";
import type { SessionAnswer } from "../api/calls.ts";
import { useMessages } from "../messages/index.ts";
import { SignIn } from "./SignIn.tsx";

interface ConfirmMeProps {
  account: Account;
  onDone(session: SessionAnswer): Promise<unknown>;
  /** Not wanted. */
  onClose(): void;
}

/** Opens when it is rendered. */
export function ConfirmMe({ account, onDone, onClose }: ConfirmMeProps) {
  const { m } = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={id} onCancel={onClose}>
      <h2 id={id}>{m.account.confirm}</h2>
      <p className="muted">{m.account.confirmHelp}</p>
      <SignIn
        name={account.name}
        passkey={account.passkeys.length > 0}
        password={account.password_s !== null}
        onDone={onDone}
      />
      <Button variant="tertiary" onClick={onClose}>
        {m.common.cancel}
      </Button>
    </dialog>
  );
}
