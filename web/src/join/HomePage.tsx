// The first page: my workshops, a place to paste a link, and for the owner a new workshop.
import { Button } from "@digdir/designsystemet-react";
import { ChevronRightIcon } from "@navikt/aksel-icons";
import { useRef, useState } from "react";
import { Link, useNavigate } from "react-router";
import { createWorkshop, type SessionAnswer } from "../api/calls.ts";
import { idempotencyKey } from "../api/request.ts";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { whatTheyAre } from "../design/roles.ts";
import { useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { PasteLink } from "./PasteLink.tsx";
import "./join.css";

export function HomePage() {
  const { m } = useMessages();
  const session = useResource<SessionAnswer>("/session");
  const mine = session.value?.participants ?? [];
  const waiting = session.value?.waiting ?? [];
  const owner = session.value?.owner ?? false;
  const failed = session.problem && session.problem.status !== 401;
  if (!session.value && !session.problem)
    return (
      <Outside>
        <h1 className="vh">{m.common.loading}</h1>
      </Outside>
    );
  return (
    <Outside>
      <title>{`${m.home.title} – Samverk`}</title>
      <h1>{mine.length || owner ? m.home.title : m.home.none}</h1>
      {failed ? (
        <div className="stack">
          <ProblemLine>{wordsOf(session.problem, m)}</ProblemLine>
          <Button variant="secondary" onClick={() => void session.refresh()}>
            {m.common.tryAgain}
          </Button>
        </div>
      ) : null}
      {mine.length ? null : <p className="when">{owner ? m.home.ownerNone : m.home.noneHelp}</p>}
      <ul className="ws-list">
        {mine.map((one) => (
          <li key={one.id}>
            <Link to={`/w/${one.workshop}`}>
              <PersonMark name={one.name} group={one.actor_group} quiet />
              <span>
                <b>{one.title}</b>
                <span className="small muted">
                  {m.home.as(one.name)}, {whatTheyAre(one, m)?.toLocaleLowerCase("nb")}
                </span>
              </span>
              <ChevronRightIcon aria-hidden className="ic" />
            </Link>
          </li>
        ))}
      </ul>
      {waiting.map((one) => (
        <p key={one.id} className="sentence">
          <Link to={`/venter/${one.workshop}`}>{m.home.waits(one.title)}</Link>
        </p>
      ))}
      {owner ? <NewWorkshop open={mine.length === 0} /> : null}
      <section>
        <PasteLink label={m.home.pasteLabel} help={m.home.pasteHelp} />
      </section>
      <nav className="row doors" aria-label={m.home.more}>
        {session.value && !session.problem ? (
          <Link to="/innlogging">{session.value.account ? m.account.title : m.account.later}</Link>
        ) : (
          <Link to="/logg-inn">{m.signIn.title}</Link>
        )}
        {owner ? <Link to="/drift">{m.admin.title}</Link> : null}
        <Link to="/personvern">{m.privacy.title}</Link>
      </nav>
    </Outside>
  );
}

function NewWorkshop({ open: openFirst }: { open: boolean }) {
  const { m } = useMessages();
  const navigate = useNavigate();
  const [open, setOpen] = useState(openFirst);
  const [title, setTitle] = useState("");
  const [purpose, setPurpose] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const key = useRef(idempotencyKey());
  if (!open)
    return (
      <Button variant="secondary" onClick={() => setOpen(true)}>
        {m.home.create}
      </Button>
    );
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (!title.trim()) return document.getElementById("new-title")?.focus();
    setBusy(true);
    try {
      const { workshop } = await createWorkshop(title.trim(), purpose.trim(), key.current);
      await navigate(`/w/${workshop}`);
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <section className="card">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <div>
          <label className="q" htmlFor="new-title">
            {m.home.createTitle}
          </label>
          <input
            id="new-title"
            className="input"
            value={title}
            maxLength={200}
            required
            onChange={(event) => setTitle(event.target.value)}
          />
        </div>
        <div>
          <label className="q" htmlFor="new-purpose">
            {m.home.createPurpose}
          </label>
          <textarea
            id="new-purpose"
            className="input"
            rows={2}
            value={purpose}
            aria-describedby="new-purpose-help"
            onChange={(event) => setPurpose(event.target.value)}
          />
          <p className="hint" id="new-purpose-help">
            {m.home.createPurposeHelp}
          </p>
        </div>
        <ProblemLine>{problem}</ProblemLine>
        <Button type="submit" className="wide" loading={busy}>
          {m.home.createDo}
        </Button>
      </form>
    </section>
  );
}
