// Asks before something that cannot be undone, and says what went wrong if it does.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useRef, useState } from "react";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "./ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";

interface ConfirmProps {
  title: string;
  help: string;
  /** What the button says. */
  action: string;
  /** What stands between the help and the buttons. */
  children?: React.ReactNode;
  onDo(): Promise<unknown>;
  /** The dialog is gone: it was done, or not wanted. */
  onClose(): void;
}

/** Opens when it is rendered. */
export function Confirm({ title, help, action, children, onDo, onClose }: ConfirmProps) {
  const { m } = useMessages();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const act = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onDo();
      dialog.current?.close();
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} className="dialog stack" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      <p>{help}</p>
      {children}
      <ProblemLine>{problem}</ProblemLine>
      <div className="row">
        <Button data-color="danger" loading={busy} onClick={() => void act()}>
          {action}
        </Button>
        <Button variant="tertiary" autoFocus onClick={() => dialog.current?.close()}>
          {m.common.cancel}
        </Button>
      </div>
    </dialog>
  );
}
