// The lobby: one has said who one is, and waits until a facilitator opens.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { getSession, type Participation } from "../api/calls.ts";
import { forgetResources } from "../api/resource.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";

/** How often it is asked whether the door was opened. */
const ASK_EVERY_MS = 1_500;

type Standing = { kind: "asking" } | { kind: "waits"; me: Participation } | { kind: "away" };

export function WaitPage() {
  const { m } = useMessages();
  const { workshop = "" } = useParams();
  const standing = useStanding(workshop);
  if (standing.kind === "asking") {
    return (
      <Outside>
        <h1 className="vh">{m.common.loading}</h1>
      </Outside>
    );
  }
  const away = standing.kind === "away";
  const title = away ? m.lobby.away : m.lobby.title;
  return (
    <Outside label={standing.kind === "waits" ? standing.me.title : undefined}>
      <title>{`${title} – Samverk`}</title>
      <h1>{title}</h1>
      <p className="when" role="status">
        {away ? m.lobby.awayHelp : m.lobby.help}
      </p>
      {standing.kind === "waits" ? (
        <p className="row">
          <PersonMark name={standing.me.name} group={standing.me.actor_group} quiet /> {standing.me.name}
        </p>
      ) : (
        <Button variant="secondary" asChild>
          <Link to="/">{m.common.toStart}</Link>
        </Button>
      )}
    </Outside>
  );
}

function useStanding(workshop: string): Standing {
  const navigate = useNavigate();
  const [standing, setStanding] = useState<Standing>({ kind: "asking" });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = async () => {
      // What cannot be asked now is asked again: the network of a room comes and goes.
      const session = await getSession().catch(() => undefined);
      if (gone) return;
      const here = (one: Participation) => one.workshop === workshop;
      if (session?.participants.some(here)) {
        forgetResources();
        return void navigate(`/w/${workshop}`, { replace: true });
      }
      const me = session?.waiting.find(here);
      if (me) setStanding({ kind: "waits", me });
      else if (session) return setStanding({ kind: "away" });
      timer = setTimeout(() => void ask(), ASK_EVERY_MS);
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [workshop, navigate]);
  return standing;
}
