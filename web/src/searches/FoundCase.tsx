// A case that a search brought: a new one, or one that a list brought before; both provenances stay (row R35).
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useId, useState } from "react";
import { createCase } from "../api/calls.ts";
import type { CaseDocument } from "../api/caseDocument.ts";
import { useLive, useRegister } from "../api/live.tsx";
import { idempotencyKey } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useFields } from "../fields/editor.ts";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, type Path, toggleInSet } from "../sync/index.ts";
import { useMayWrite, useReplica, useReplicaState } from "../sync/react.ts";
import { namesakes } from "./names.ts";

/** `path` is the set of cases of the search, `from` what their provenance is to say. */
export function FoundCase({ path, from }: { path: Path; from: string }) {
  const { m } = useMessages();
  const { id } = useLive();
  const { replica, say } = useFields();
  const { value, refresh } = useRegister();
  const [name, setName] = useState("");
  const [alike, setAlike] = useState<RegisterRow[]>([]);
  const [key, setKey] = useState(idempotencyKey);
  const [found, setFound] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const input = useId();
  const take = (subject: string) => {
    replica.edit(toggleInSet(path, subject, true));
    setFound(subject);
    setName("");
    setAlike([]);
  };
  const make = async () => {
    setProblem(undefined);
    try {
      const { subject } = await createCase(id, name.trim(), key);
      setKey(idempotencyKey());
      void refresh();
      take(subject);
      say(m.searches.made(name.trim()));
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!name.trim()) return;
    const same = namesakes(name, value?.rows ?? []);
    if (same.length > 0) setAlike(same);
    else void make();
  };
  return (
    <div className="stack tight found">
      <form className="row" onSubmit={submit}>
        <label className="field-label" htmlFor={input}>
          {m.searches.found}
        </label>
        <input
          id={input}
          className="input grow"
          maxLength={200}
          value={name}
          onChange={(event) => {
            setName(event.target.value);
            setAlike([]);
          }}
        />
        <Button type="submit" variant="secondary">
          {m.searches.foundDo}
        </Button>
      </form>
      {alike.length > 0 ? (
        <div className="sentence warn stack tight" role="alert">
          <p>{m.searches.alike}</p>
          {alike.map((row) => (
            <Button key={row.subject} variant="secondary" onClick={() => take(row.subject)}>
              {m.searches.isThis(row.code, row.name)}
            </Button>
          ))}
          <Button variant="tertiary" onClick={() => void make()}>
            {m.searches.another}
          </Button>
        </div>
      ) : null}
      <ProblemLine>{problem}</ProblemLine>
      {found ? <Provenance key={found} subject={found} from={from} onDone={() => setFound(undefined)} /> : null}
    </div>
  );
}

/** Writes into the case where it was found, once its document is here. */
function Provenance({ subject, from, onDone }: { subject: string; from: string; onDone(): void }) {
  const replica = useReplica<CaseDocument>(subject);
  const ready = useReplicaState(replica) === "ready";
  const mayWrite = useMayWrite(replica);
  useEffect(() => {
    if (!replica || !ready || !mayWrite) return;
    replica.edit(addItem(["provenance"], freshId(), { list: choice(from), row: 0 }));
    onDone();
  }, [replica, ready, mayWrite, from, onDone]);
  return null;
}
