// A new case needs only a name; it opens at once.
import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { createCase } from "../api/calls.ts";
import { useLive, useRegister } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { useMessages } from "../messages/index.ts";

export function NewCase({ onClose }: { onClose(): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const { refresh } = useRegister();
  const dialog = useRef<HTMLDialogElement>(null);
  const key = useRef(idempotencyKey());
  const [name, setName] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim() || busy) return;
    setBusy(true);
    try {
      const { subject } = await createCase(id, name.trim(), key.current);
      void refresh();
      await navigate(`/w/${id}/eksempler/${subject}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="new-case" onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} className="stack">
        <h2 id="new-case">{m.cases.create}</h2>
        <div>
          <label className="field-label" htmlFor="new-case-name">
            {m.cases.createName}
          </label>
          <input
            id="new-case-name"
            className="input"
            autoFocus
            required
            maxLength={200}
            value={name}
            aria-describedby="new-case-help"
            onChange={(event) => setName(event.target.value)}
          />
          <p className="hint" id="new-case-help">
            {m.cases.createHelp}
          </p>
        </div>
        <FormEnd
          problem={problem}
          busy={busy}
          action={m.cases.createDo}
          onCancel={() => dialog.current?.close()}
        />
      </form>
    </dialog>
  );
}
