// Virksomheter: who the parties of the cases are, under which names, and what the team says about them.
import { Skeleton } from "@digdir/designsystemet-react";
import { useSearchParams } from "react-router";
import { ORGANISATION, type Organisations, useOrganisations } from "../api/actors.ts";
import { useLive } from "../api/live.tsx";
import { CaseViews } from "../design/CaseViews.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { Standing } from "../fields/Standing.tsx";
import { useMessages } from "../messages/index.ts";
import { MayBeOne } from "./MayBeOne.tsx";
import { One } from "./One.tsx";
import { OrganisationTable } from "./OrganisationTable.tsx";
import "../design/figures.css";
import "../fields/list.css";
import "./organisations.css";

export function OrganisationsPage() {
  const { m } = useMessages();
  const { id } = useLive();
  const [params] = useSearchParams();
  const asked = useOrganisations(id);
  const all = asked.value;
  const key = params.get(ORGANISATION);
  const inCases = new Set(all?.organisations.flatMap((one) => one.parties.map((party) => party.subject))).size;
  return (
    <div className="page figures organisations">
      {key === null ? (
        <div className="head">
          <div>
            <Title tab={m.organisations.title}>{m.organisations.title}</Title>
            {all?.organisations.length ? (
              <p className="lead num">{m.organisations.lead(all.organisations.length, inCases)}</p>
            ) : null}
          </div>
        </div>
      ) : null}
      {key === null ? <CaseViews /> : null}
      <NotLoaded of={asked} />
      {!all && !asked.problem ? <Skeleton height={320} /> : null}
      {all ? <Found all={all} shown={key} /> : null}
    </div>
  );
}

function Found({ all, shown }: { all: Organisations; shown: string | null }) {
  const { m } = useMessages();
  if (shown !== null) return <One all={all} shown={shown} />;
  if (all.organisations.length === 0) {
    return (
      <Teach
        title={m.organisations.none}
        help={m.organisations.noneHelp}
        example={m.organisations.noneExample}
      />
    );
  }
  return (
    <div className="stack">
      {all.alike.length ? (
        <Standing kind="register" needs="organisations" none={null}>
          <MayBeOne all={all} pairs={all.alike} />
        </Standing>
      ) : null}
      <OrganisationTable organisations={all.organisations} />
    </div>
  );
}
