// My own menu: language, light or dark, text size, the way out.
import { Button, Popover } from "@digdir/designsystemet-react";
import {
  ArrowUndoIcon,
  KeyVerticalIcon,
  LeaveIcon,
  PadlockLockedIcon,
  PersonGroupIcon,
  WrenchIcon,
} from "@navikt/aksel-icons";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { endSession, makeLinkBack, type SessionAnswer } from "../api/calls.ts";
import { useLive } from "../api/live.tsx";
import { forgetResources, SESSION, usePart } from "../api/resource.ts";
import { forgetMe } from "../api/session.ts";
import { useUnsent } from "../api/waitingDecisions.ts";
import { wordsOf } from "../api/words.ts";
import { changeSettings, useSettings } from "../design/settings.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { CopyField } from "../design/CopyField.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { whatTheyAre } from "../design/roles.ts";
import { Segmented } from "../design/Segmented.tsx";
import { LANGUAGE_NAMES, LANGUAGES, useMessages } from "../messages/index.ts";

export function OwnMenu() {
  const { m, language, choose } = useMessages();
  const { me } = useLive();
  const settings = useSettings();
  return (
    <Popover.TriggerContext>
      <Popover.Trigger className="own" variant="tertiary">
        <PersonMark name={me.name} group={me.actor_group} quiet />
        <span className="vh">{m.frame.menu(me.name)}</span>
      </Popover.Trigger>
      <Popover placement="bottom-end" className="pop menu">
        <p>
          <span className="strong">{me.name}</span>
          <br />
          <span className="small muted">
            {[
              m.groups[me.actor_group as keyof typeof m.groups],
              me.organisation,
              whatTheyAre(me, m),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        </p>
        <Segmented
          legend={m.language.choose}
          value={language}
          options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value], lang: value }))}
          onChoose={choose}
        />
        <Segmented
          legend={m.frame.theme}
          value={settings.theme}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: m.frame.themes[value],
          }))}
          onChoose={(theme) => changeSettings({ theme })}
        />
        <Segmented
          legend={m.frame.text}
          value={settings.text}
          options={(["normal", "large", "larger"] as const).map((value) => ({
            value,
            label: m.frame.texts[value],
          }))}
          onChoose={(text) => changeSettings({ text })}
        />
        <LinkBack />
        <WayOut />
      </Popover>
    </Popover.TriggerContext>
  );
}

/** A link that brings me back as the same person: next week, or on another machine. */
function LinkBack() {
  const { m } = useMessages();
  const [made, setMade] = useState<{ path: string; days: number }>();
  const [problem, setProblem] = useState<string>();
  const make = () =>
    makeLinkBack()
      .then(setMade)
      .catch((error: unknown) => setProblem(wordsOf(error, m)));
  return (
    <div className="linkback">
      <ProblemLine>{problem}</ProblemLine>
      {made ? (
        <>
          <CopyField label={m.linkBack.field} text={location.origin + made.path} action={m.linkBack.copy} />
          <p className="hint">{m.linkBack.keep(made.days)}</p>
        </>
      ) : (
        <Button variant="tertiary" onClick={() => void make()}>
          <ArrowUndoIcon aria-hidden /> {m.linkBack.make}
        </Button>
      )}
    </div>
  );
}

function WayOut() {
  const { m } = useMessages();
  const unsent = useUnsent();
  const [problem, setProblem] = useState<string>();
  const navigate = useNavigate();
  const account = usePart<SessionAnswer, boolean>(SESSION, (all) => all.value?.account ?? false);
  const owner = usePart<SessionAnswer, boolean>(SESSION, (all) => all.value?.owner ?? false);
  const leave = async () => {
    try {
      await endSession();
      await forgetMe();
      forgetResources();
      await navigate("/");
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
  };
  return (
    <div className="wayout">
      {unsent > 0 ? <p className="sentence warn">{account ? m.frame.unsentWaits(unsent) : m.frame.unsentWarning(unsent)}</p> : null}
      <ProblemLine>{problem}</ProblemLine>
      <Button variant="tertiary" asChild>
        <Link to="/">
          <PersonGroupIcon aria-hidden /> {m.frame.myWorkshops}
        </Link>
      </Button>
      <Button variant="tertiary" asChild>
        <Link to="/innlogging">
          <KeyVerticalIcon aria-hidden /> {account ? m.account.title : m.account.later}
        </Link>
      </Button>
      {owner ? (
        <Button variant="tertiary" asChild>
          <Link to="/drift">
            <WrenchIcon aria-hidden /> {m.admin.title}
          </Link>
        </Button>
      ) : null}
      <Button variant="tertiary" asChild>
        <Link to="/personvern">
          <PadlockLockedIcon aria-hidden /> {m.privacy.title}
        </Link>
      </Button>
      <Button variant="tertiary" onClick={() => void leave()} aria-describedby="leave-help">
        <LeaveIcon aria-hidden /> {m.frame.signOut}
      </Button>
      <p className="hint" id="leave-help">
        {account ? m.frame.signOutHelpAccount : m.frame.signOutHelp}
      </p>
    </div>
  );
}
