// Coming in by a link: name, group, in. Works before anything of the sync layer is fetched.
import { Button } from "@digdir/designsystemet-react";
import { EyeIcon, FileTextIcon, PencilWritingIcon, PlusIcon } from "@navikt/aksel-icons";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { getSession, join, type JoinLook, lookAtLink, type Participation } from "../api/calls.ts";
import { forgetResources } from "../api/resource.ts";
import { Problem } from "../api/request.ts";
import { wordsOf } from "../api/words.ts";
import { isActorGroup, ActorMark, PersonMark, SLOT_GROUPS } from "../design/ActorMark.tsx";
import { read, store } from "../design/settings.ts";
import { LIMITS } from "../generated/domain.ts";
import { type Messages, useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { PasteLink } from "./PasteLink.tsx";
import { useSecretFromAddress } from "./secret.ts";
import "./join.css";

type Found = { look: JoinLook; me: Participation | undefined } | { problem: unknown } | undefined;

export function JoinPage() {
  const { m } = useMessages();
  const secret = useSecretFromAddress();
  const [found, setFound] = useState<Found>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!secret) return;
    let gone = false;
    setFound(undefined);
    void lookUp(secret).then((result) => gone || setFound(result));
    return () => void (gone = true);
  }, [secret, tries]);

  if (!secret) return <NoSecret />;
  if (!found) {
    return (
      <Outside>
        <h1>{m.join.plain}</h1>
        <p className="when" role="status">
          {m.join.looking}
        </p>
      </Outside>
    );
  }
  if ("problem" in found) return <NoWayIn problem={found.problem} onRetry={() => setTries(tries + 1)} />;
  return <Choose secret={secret} {...found} />;
}

async function lookUp(secret: string): Promise<Found> {
  try {
    const [look, session] = await Promise.all([lookAtLink(secret), getSession().catch(() => undefined)]);
    return { look, me: session?.participants.find((one) => one.workshop === look.workshop) };
  } catch (problem) {
    return { problem };
  }
}

function NoWayIn({ problem, onRetry }: { problem: unknown; onRetry(): void }) {
  const { m } = useMessages();
  const kind = problem instanceof Problem ? problem.kind : "";
  if (kind === "link-unknown") return <NoWay title={m.join.unknown} help={m.join.unknownHelp} />;
  if (kind === "link-revoked") return <NoWay title={m.join.revoked} help={m.join.revokedHelp} />;
  return (
    <NoWay title={wordsOf(problem, m)} help={kind === "unreachable" ? m.problems.unreachableHelp : ""}>
      <Button className="wide" onClick={onRetry}>
        {m.common.tryAgain}
      </Button>
    </NoWay>
  );
}

/** Opened without a link's end: from the wall of a room one types the code. */
function NoSecret() {
  const { m } = useMessages();
  return (
    <Outside>
      <title>{`${m.join.plain} – Samverk`}</title>
      <h1>{m.join.plain}</h1>
      <PasteLink label={m.join.codeLabel} help={m.join.codeHelp} />
    </Outside>
  );
}

function NoWay({ title, help, children }: { title: string; help: string; children?: React.ReactNode }) {
  const { m } = useMessages();
  return (
    <Outside>
      <title>{`${title} – Samverk`}</title>
      <h1>{title}</h1>
      <p className="when">{help}</p>
      {children ?? (
        <Button variant="secondary" asChild>
          <Link to="/">{m.common.toStart}</Link>
        </Button>
      )}
    </Outside>
  );
}

function Choose({ secret, look, me }: { secret: string; look: JoinLook; me: Participation | undefined }) {
  const { m } = useMessages();
  const [asNew, setAsNew] = useState(!me);
  return (
    <Outside label={look.title}>
      <title>{`${m.join.title(look.title)} – Samverk`}</title>
      <h1>{m.join.title(look.title)}</h1>
      <p className="when">
        {look.purpose ? <span className="purpose">{look.purpose} </span> : null}
        {m.join.here(look.here)}
      </p>
      {me && !asNew ? <Already secret={secret} me={me} onOther={() => setAsNew(true)} /> : null}
      {asNew ? <NewHere secret={secret} look={look} asNew={me !== undefined} /> : null}
    </Outside>
  );
}

function Already({ secret, me, onOther }: { secret: string; me: Participation; onOther(): void }) {
  const { m } = useMessages();
  const { enter, busy, problem } = useEnter();
  const words = {
    secret,
    name: me.name,
    actor_group: me.actor_group,
    ...(me.organisation ? { organisation: me.organisation } : {}),
  };
  return (
    <div className="stack">
      <p className="row">
        <PersonMark name={me.name} group={me.actor_group} /> {m.join.already(me.name)}
      </p>
      <ProblemLine>{problem}</ProblemLine>
      <Button className="wide" loading={busy} onClick={() => void enter(words)}>
        {m.join.continueAs(me.name)}
      </Button>
      <Button className="wide" variant="secondary" onClick={onOther}>
        {m.join.someoneElse}
      </Button>
    </div>
  );
}

function NewHere({ secret, look, asNew }: { secret: string; look: JoinLook; asNew: boolean }) {
  const { m } = useMessages();
  const [name, setName] = useState(asNew ? "" : (read("name") ?? ""));
  const [group, setGroup] = useState(asNew ? "" : (read("group") ?? ""));
  const [organisation, setOrganisation] = useState(asNew ? "" : (read("organisation") ?? ""));
  const [tried, setTried] = useState(false);
  const { enter, busy, problem } = useEnter();
  const nameProblem = tried ? wrongName(name, m) : undefined;
  const groupProblem = tried && !isActorGroup(group) ? m.join.groupMissing : undefined;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrongName(name, m)) return document.getElementById("join-name")?.focus();
    if (!isActorGroup(group)) return document.querySelector<HTMLElement>(".gg input")?.focus();
    store("name", name.trim());
    store("group", group);
    store("organisation", organisation.trim());
    void enter({
      secret,
      name: name.trim(),
      actor_group: group,
      ...(organisation.trim() ? { organisation: organisation.trim() } : {}),
      ...(asNew ? { as_new: true } : {}),
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <div>
        <label className="q" htmlFor="join-name">
          {m.join.name}
        </label>
        <input
          id="join-name"
          className="input"
          autoComplete="given-name"
          value={name}
          aria-invalid={nameProblem ? true : undefined}
          aria-describedby={nameProblem ? "join-name-problem" : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        {nameProblem ? (
          <p className="error" id="join-name-problem">
            {nameProblem}
          </p>
        ) : null}
      </div>
      <fieldset aria-describedby={groupProblem ? "join-group-problem" : undefined}>
        <legend className="q">{m.join.group}</legend>
        <div className="gg">
          {SLOT_GROUPS.map((key) => (
            <label key={key}>
              <input
                type="radio"
                name="group"
                value={key}
                checked={group === key}
                onChange={() => setGroup(key)}
              />
              <ActorMark group={key} size="lg" quiet />
              {m.groupsShort[key]}
            </label>
          ))}
        </div>
        {groupProblem ? (
          <p className="error" id="join-group-problem">
            {groupProblem}
          </p>
        ) : null}
      </fieldset>
      <Organisation value={organisation} onChange={setOrganisation} />
      <WhoSeesWhat grant={lowerFirst(m.grantHelp[look.grant])} />
      {look.lobby ? <p className="small muted">{m.join.lobby}</p> : null}
      <ProblemLine>{problem}</ProblemLine>
      <Button type="submit" className="wide" loading={busy}>
        {name.trim() ? (
          <>
            {m.join.as("")}
            {isActorGroup(group) ? <PersonMark name={name} group={group} size="sm" quiet /> : null}{" "}
            {name.trim()}
          </>
        ) : (
          m.join.asNobody
        )}
      </Button>
      <p className="tiny muted c">
        {m.join.noAccount} <Link to="/personvern">{m.privacy.title}</Link>
      </p>
    </form>
  );
}

/** Folded away: most people have no use for it, and it must not stand between them and the button. */
function Organisation({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { m } = useMessages();
  const [open, setOpen] = useState(value !== "");
  if (!open)
    return (
      <Button type="button" variant="tertiary" className="addorg" onClick={() => setOpen(true)}>
        <PlusIcon aria-hidden /> {m.join.addOrganisation}
      </Button>
    );
  return (
    <div>
      <label className="q" htmlFor="join-organisation">
        {m.join.organisation}
      </label>
      <input
        id="join-organisation"
        className="input"
        autoComplete="organization"
        autoFocus={value === ""}
        maxLength={LIMITS.title_chars_max}
        value={value}
        aria-describedby="join-organisation-help"
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="hint" id="join-organisation-help">
        {m.join.organisationHelp}
      </p>
    </div>
  );
}

const lowerFirst = (text: string) => text.charAt(0).toLocaleLowerCase("nb") + text.slice(1);

function wrongName(name: string, m: Messages): string | undefined {
  if (!name.trim()) return m.join.nameMissing;
  return [...name.trim()].length > LIMITS.name_chars_max ? m.join.nameLong : undefined;
}

function WhoSeesWhat({ grant }: { grant: string }) {
  const { m } = useMessages();
  const lines = [
    { icon: EyeIcon, words: m.join.seesName },
    { icon: FileTextIcon, words: m.join.seesEdits },
    { icon: PencilWritingIcon, words: m.join.seesServer },
  ];
  return (
    <div className="sees">
      <ul className="stack tight" aria-label={m.join.sees}>
        {lines.map(({ icon: Icon, words: [before, strong, after] }) => (
          <li key={strong}>
            <Icon aria-hidden className="ic" />
            <span>
              {before}
              <b className="strong">{strong}</b>
              {after}
            </span>
          </li>
        ))}
      </ul>
      <p className="small muted">{m.join.grant(grant)}</p>
    </div>
  );
}

function useEnter() {
  const { m } = useMessages();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const enter = async (words: Parameters<typeof join>[0]) => {
    setBusy(true);
    setProblem(undefined);
    try {
      const { workshop, waits } = await join(words);
      forgetResources();
      await navigate(waits ? `/venter/${workshop}` : `/w/${workshop}`, { replace: true });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return { enter, busy, problem };
}
