// The door of a room, for the wall: a code, a QR code, and who waits. Whoever comes by it waits in the lobby.
import { Button } from "@digdir/designsystemet-react";
import { DoorOpenIcon, ExpandIcon, PersonGroupIcon } from "@navikt/aksel-icons";
import qrcode from "qrcode-generator";
import { memo, useEffect, useRef, useState } from "react";
import { Link } from "react-router";
import { createLink, type LinkMade, setClosed } from "../api/calls.ts";
import { useLive, useLobby, usePeopleHere, useWorkshopAnswer } from "../api/live.tsx";
import { wordsOf } from "../api/words.ts";
import { FormEnd } from "../design/FormEnd.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Title } from "../design/Title.tsx";
import type { Role } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { Lobby } from "./Lobby.tsx";
import { RoleChoice } from "./RoleChoice.tsx";
import "./people.css";
import "./door.css";

interface Door extends LinkMade {
  code: string;
  closed: boolean;
}

/** Doors by participant. The server shows a code once: this tab keeps it as long as it lives, and no longer. */
const doors = new Map<string, Door>();

const ROLES: Role[] = ["actor", "user-representative", "team-member", "observer"];

export function DoorPage() {
  const { m } = useMessages();
  const { me } = useLive();
  const [door, setDoor] = useState(doors.get(me.id));
  const keep = (door: Door) => {
    doors.set(me.id, door);
    setDoor(door);
  };
  if (!me.grants.includes("facilitator")) {
    return (
      <div className="page">
        <Title tab={m.door.title}>{m.door.title}</Title>
        <p className="lead">{m.people.onlyFacilitator}</p>
      </div>
    );
  }
  return (
    <div className="page">
      {door ? <Wall door={door} onChange={keep} onNew={() => setDoor(undefined)} /> : <Open onOpen={keep} />}
      <Lobby />
    </div>
  );
}

function Open({ onOpen }: { onOpen(door: Door): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const [role, setRole] = useState<Role>("actor");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const open = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const made = await createLink(id, role, m.door.label, { code: true });
      onOpen({ ...made, code: made.code ?? "", closed: false });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <>
      <Title tab={m.door.title}>{m.door.title}</Title>
      <p className="lead">{m.door.lead}</p>
      <form className="card stack newlink" onSubmit={(event) => void open(event)}>
        <RoleChoice of={ROLES} value={role} onChoose={setRole} />
        <FormEnd
          problem={problem}
          busy={busy}
          action={
            <>
              <DoorOpenIcon aria-hidden /> {m.door.open}
            </>
          }
        />
      </form>
    </>
  );
}

interface WallProps {
  door: Door;
  onChange(door: Door): void;
  onNew(): void;
}

function Wall({ door, onChange, onNew }: WallProps) {
  const { m } = useMessages();
  const { id } = useLive();
  const wall = useRef<HTMLElement>(null);
  const title = useWorkshopAnswer().value?.title ?? "";
  const here = usePeopleHere().filter((person) => person.here).length;
  const waiting = useLobby().length;
  const [problem, setProblem] = useState<string>();
  /** Whether it is as it should be afterwards. */
  const shut = async (closed: boolean): Promise<boolean> => {
    setProblem(undefined);
    try {
      await setClosed(id, door.id, closed);
      onChange({ ...door, closed });
      return true;
    } catch (error) {
      setProblem(wordsOf(error, m));
      return false;
    }
  };
  return (
    <>
      <section ref={wall} className={`wall ${door.closed ? "shut" : ""}`} aria-labelledby="wall">
        <div className="words">
          <h1 id="wall">{door.closed ? m.door.shut(title) : m.door.welcome(title)}</h1>
          <p className="how">{m.door.how}</p>
          <p className="address">{location.host}/bli-med</p>
          <p className="code num">
            <span className="vh">{m.door.code([...door.code].join(" "))}</span>
            <span aria-hidden>
              {door.code.slice(0, 3)} {door.code.slice(3)}
            </span>
          </p>
          <p className="state" role="status">
            <PersonGroupIcon aria-hidden /> {m.door.here(here)} {waiting ? m.door.waiting(waiting) : ""}
          </p>
        </div>
        <Qr text={location.origin + door.path} label={m.door.qr} />
      </section>
      <ProblemLine>{problem}</ProblemLine>
      <div className="row wallbuttons">
        <FullScreen of={wall} />
        <Button variant="secondary" onClick={() => void shut(!door.closed)}>
          {door.closed ? m.door.openAgain : m.door.close}
        </Button>
        <Button variant="tertiary" onClick={() => void shut(true).then((done) => done && onNew())}>
          {m.door.renew}
        </Button>
        <Button variant="tertiary" asChild>
          <Link to={`/w/${id}/folk`}>{m.door.back}</Link>
        </Button>
      </div>
      <p className="hint">{m.door.lasts}</p>
    </>
  );
}

function FullScreen({ of }: { of: React.RefObject<HTMLElement | null> }) {
  const { m } = useMessages();
  const [can, setCan] = useState(false);
  useEffect(() => setCan(document.fullscreenEnabled), []);
  if (!can) return null;
  return (
    <Button onClick={() => void of.current?.requestFullscreen()}>
      <ExpandIcon aria-hidden /> {m.door.fullScreen}
    </Button>
  );
}

/** Dark on light whatever the theme: many cameras read nothing else. */
const Qr = memo(function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, "M");
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const cells = Array.from({ length: size * size }, (_, n) => [Math.floor(n / size), n % size] as const);
  const dark = cells.filter(([row, column]) => code.isDark(row, column));
  const path = dark.map(([row, column]) => `M${column} ${row}h1v1h-1z`).join("");
  // Four modules of light around it belong to the code.
  return (
    <svg className="qr" viewBox={`-4 -4 ${size + 8} ${size + 8}`} role="img" aria-label={label}>
      <rect x={-4} y={-4} width={size + 8} height={size + 8} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
});
