// The cases a statement rests on, or the model as a whole: what each says of it, how much it carries, what it shows.
import { Button } from "@digdir/designsystemet-react";
import { useId, useState } from "react";
import { type Item, lastOrder, plain } from "../api/caseDocument.ts";
import { useLive, useRows, useRowsBySubject } from "../api/live.tsx";
import { adrift, type Evidence, evidenceAbout, type ModelDocument } from "../api/modelDocument.ts";
import { useField, useFields } from "../fields/editor.ts";
import { LiveChoice } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { STRENGTHS } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";

type All = NonNullable<ModelDocument["evidence"]>;

export function EvidenceOf({ about }: { about: string }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const evidence = evidenceAbout({ evidence: useField<All>(["evidence"]) ?? {} }, about);
  const rows = useRowsBySubject();
  const origin = (wanted: string) => evidence.filter((one) => rows.get(plain(one.case))?.origin === wanted).length;
  return (
    <div className="evidence">
      {evidence.length === 0 ? (
        <p className="small bare">{m.model.bare}</p>
      ) : (
        <p className="small muted">{m.model.counts(origin("national"), origin("international"), origin("future"))}</p>
      )}
      <ul className="openlist">
        {evidence.map((one) => (
          <One key={one.id} evidence={one} />
        ))}
      </ul>
      {mayWrite ? <Link about={about} linked={evidence.map((one) => plain(one.case))} /> : null}
    </div>
  );
}

/** Links whose statement was deleted; they are not counted as anything's evidence. */
export function Adrift() {
  const { m } = useMessages();
  const [evidence, claims] = [useField<All>(["evidence"]), useField<ModelDocument["claims"]>(["claims"])];
  const left = adrift({ evidence: evidence ?? {}, claims: claims ?? {} });
  if (left.length === 0) return null;
  return (
    <>
      <p className="sentence warn">{m.model.adrift(left.length)}</p>
      <ul className="openlist">
        {left.map((one) => (
          <One key={one.id} evidence={one} />
        ))}
      </ul>
    </>
  );
}

function One({ evidence }: { evidence: Item<Evidence> }) {
  const { m } = useMessages();
  const row = useRowsBySubject().get(plain(evidence.case));
  const path = ["evidence", evidence.id] as const;
  const [relation, strength] = [plain(evidence.relation), plain(evidence.strength)];
  // An imagined case shows what could be, and no more (domain model 1.3).
  const weighable = row?.origin === "future" ? STRENGTHS.slice(0, 1) : STRENGTHS;
  const strengths = Object.fromEntries(weighable.map((key) => [key, m.model.strengths[key]]));
  const line = (
    <>
      <span className={`tag rel-${relation}`}>{m.model.relations[relation as keyof typeof m.model.relations] ?? relation}</span>
      <b>{row ? row.code : m.model.caseGone}</b>
      <span className="grow">{row?.name}</span>
      <span className="small muted">{m.model.strengths[strength as keyof typeof m.model.strengths] ?? strength}</span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={false} remove={m.model.unlink} removed={m.model.unlinked}>
      <div className="fieldrow">
        <LiveChoice path={[...path, "relation"]} label={m.model.relation} words={m.model.relations} />
        <LiveChoice path={[...path, "strength"]} label={m.model.strength} words={strengths} />
      </div>
      <LiveText path={[...path, "shows"]} label={m.model.shows} rows={2} />
    </OpenItem>
  );
}

/** Links one more case, by code or name. */
function Link({ about, linked }: { about: string; linked: string[] }) {
  const { m } = useMessages();
  const { me } = useLive();
  const { replica, say } = useFields();
  const rows = useRows();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const id = useId();
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    const wanted = text.trim().toLocaleLowerCase("nb");
    const row = rows.find((one) => [one.code, one.name, `${one.code} ${one.name}`].some((w) => w.toLocaleLowerCase("nb") === wanted));
    if (!row) return setProblem(m.fields.noSuchCase);
    if (linked.includes(row.subject)) return setProblem(m.model.linkedAlready(row.code));
    setProblem(undefined);
    setText("");
    replica.edit(
      addItem(["evidence"], freshId(), {
        about: choice(about),
        case: choice(row.subject),
        relation: choice("supports"),
        strength: choice("anecdote"),
        shows: "",
        by: choice(me.id),
        order: choice(orderBetween(lastOrder((replica.doc as ModelDocument | undefined)?.evidence), null)),
      }),
    );
    say(m.model.linkedNow(row.code));
  };
  return (
    <form className="row linkcase" onSubmit={submit}>
      <label className="vh" htmlFor={id}>
        {m.model.linkCase}
      </label>
      <input
        id={id}
        className="input"
        list={`${id}-cases`}
        placeholder={m.fields.addCaseExample}
        value={text}
        aria-invalid={problem !== undefined}
        onChange={(event) => setText(event.target.value)}
      />
      <datalist id={`${id}-cases`}>
        {rows.map((row) => (
          <option key={row.subject} value={`${row.code} ${row.name}`} />
        ))}
      </datalist>
      <Button type="submit" variant="tertiary" data-size="sm">
        {m.model.linkDo}
      </Button>
      {problem ? (
        <p className="error small" role="alert">
          {problem}
        </p>
      ) : null}
    </form>
  );
}
