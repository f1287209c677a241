// Two cases that turned out to be one: both side by side, and a choice where they differ.
import { useState } from "react";
import { Link, useNavigate, useParams, useSearchParams } from "react-router";
import { Button } from "@digdir/designsystemet-react";
import { ChevronLeftIcon } from "@navikt/aksel-icons";
import { casePath } from "../api/caseLink.ts";
import { useIsTeam, useLive, useRowsBySubject } from "../api/live.tsx";
import { mergeScreen } from "../api/merges.ts";
import { Title } from "../design/Title.tsx";
import { AddCase } from "../fields/AddCase.tsx";
import type { RegisterRow } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { Beside } from "./Beside.tsx";
import "../design/difference.css";
import "./merge.css";

/** The other case, in the address. */
const WITH = "med";

export function MergePage() {
  const { m } = useMessages();
  const { id } = useLive();
  const { subject = "" } = useParams();
  const [search] = useSearchParams();
  const rows = useRowsBySubject();
  const isTeam = useIsTeam();
  const stays = rows.get(subject);
  const goes = rows.get(search.get(WITH) ?? "");
  const title = m.merge.title(stays?.code ?? "");
  return (
    <div className="page merge stack">
      <div className="crumb">
        <Link to={casePath(id, subject)}>
          <ChevronLeftIcon aria-hidden className="ic" />
          {stays ? `${stays.code} ${stays.name}` : m.case.crumb}
        </Link>
      </div>
      <div>
        <Title tab={title}>{title}</Title>
        <p className="lead">{m.merge.lead}</p>
      </div>
      {isTeam ? null : <p className="sentence">{m.merge.notAllowed}</p>}
      {isTeam && stays ? <Choose stays={stays} goes={goes} /> : null}
    </div>
  );
}

/** Which other case; then both beside each other. */
function Choose({ stays, goes }: { stays: RegisterRow; goes: RegisterRow | undefined }) {
  const { m } = useMessages();
  const { id } = useLive();
  const navigate = useNavigate();
  const [choosing, setChoosing] = useState(false);
  const choose = (row: RegisterRow): string | void => {
    if (row.subject === stays.subject) return m.merge.same;
    if (row.state !== "open") return m.merge.notOpen;
    setChoosing(false);
    void navigate(mergeScreen(id, stays.subject, row.subject), { replace: true });
  };
  if (!goes || choosing) return <AddCase label={m.merge.other} action={m.merge.choose} onAdd={choose} />;
  return (
    <>
      <div className="row">
        <Button variant="secondary" asChild>
          <Link to={mergeScreen(id, goes.subject, stays.subject)} replace>
            {m.merge.turn(goes.code)}
          </Link>
        </Button>
        <Button variant="tertiary" onClick={() => setChoosing(true)}>
          {m.merge.another}
        </Button>
      </div>
      <Beside key={`${stays.subject} ${goes.subject}`} stays={stays} goes={goes} />
    </>
  );
}
