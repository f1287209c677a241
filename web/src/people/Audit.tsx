// What was decided about people, links and documents: the newest first.
import { Details } from "@digdir/designsystemet-react";
import { useState } from "react";
import type { Act } from "../api/calls.ts";
import { useLive, usePeopleHere, useRowsBySubject } from "../api/live.tsx";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import type { Grant, Role } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";
import { whatTheyAre } from "../design/roles.ts";

export function Audit({ links }: { links: Map<string, string> }) {
  const { m } = useMessages();
  const [open, setOpen] = useState(false);
  return (
    <Details className="audit" open={open} onToggle={() => setOpen(!open)}>
      <Details.Summary>{m.audit.title}</Details.Summary>
      <Details.Content>{open ? <Acts links={links} /> : null}</Details.Content>
    </Details>
  );
}

function Acts({ links }: { links: Map<string, string> }) {
  const { m, format } = useMessages();
  const { id } = useLive();
  const acts = useResource<{ acts: Act[]; more: boolean }>(`/workshops/${id}/audit`);
  const words = useWords(links);
  if (acts.problem && !acts.value) {
    return (
      <ProblemLine>{wordsOf(acts.problem, m)}</ProblemLine>
    );
  }
  if (!acts.value) return <p className="muted">{m.common.loading}</p>;
  return (
    <>
      <p className="hint">{m.audit.help}</p>
      <ol className="acts">
        {acts.value.acts.map((act, n) => (
          <li key={n}>
            <time dateTime={new Date(act.at_ms).toISOString()} className="small muted num">
              {format.dateTime(act.at_ms)}
            </time>
            <span>{words(act)}</span>
          </li>
        ))}
      </ol>
      {acts.value.more ? <p className="hint">{m.audit.more}</p> : null}
    </>
  );
}

/** An act as a sentence. */
function useWords(links: Map<string, string>): (act: Act) => string {
  const { m } = useMessages();
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const rows = useRowsBySubject();
  const w = m.audit.acts;
  const rights = (act: { roles?: Role[]; grants: Grant[] }) =>
    whatTheyAre({ roles: [], ...act }, m) ?? m.people.noGrant;
  const name = (id: string | null) => (id === null ? m.audit.operator : (people.get(id) ?? m.audit.somebody));
  const link = (id: string) => links.get(id) || m.people.untitled;
  const subject = (id: string) => rows.get(id)?.name ?? m.audit.document;
  return (act) => {
    const by = name(act.by);
    switch (act.act) {
      case "made-workshop":
        return w.madeWorkshop(by);
      case "refused":
        return w.refused(by);
      case "made-link":
        return w.madeLink(by, link(act.link), rights(act));
      case "revoked-link":
        return w.revokedLink(by, link(act.link));
      case "set-closed":
        return (act.closed ? w.closed : w.opened)(by, link(act.link));
      case "joined":
        return (act.waits ? w.cameToLobby : w.joined)(name(act.participant), link(act.link));
      case "admitted":
        return (act.admit ? w.admitted : w.sentAway)(by, name(act.participant));
      case "set-grants":
        return w.setGrants(by, name(act.participant), rights(act));
      case "erased":
        return w.erased(name(act.participant));
      case "signed-out":
        return w.signedOut(by, name(act.participant));
      case "imported":
        return w.imported(by, act.cases, act.list);
      case "merged-cases":
        return w.mergedCases(by, subject(act.goes), subject(act.stays));
      case "undid-merge":
        return w.undidMerge(by, subject(act.goes), subject(act.stays));
      case "undid-import":
        return w.undidImport(by, act.cases, act.list);
      case "set-state":
        return w.setState(by, subject(act.subject), m.audit.states[act.state]);
      case "set-audience":
        return w.setAudience(by, subject(act.subject), m.audit.audiences[act.audience]);
      case "opened-collection":
        return w.openedCollection(by);
      case "set-collection-closed":
        return (act.closed ? w.closedCollection : w.reopenedCollection)(by);
      case "revealed-collection":
        return w.revealedCollection(by);
      case "replaced":
        return w.replaced(by, subject(act.subject));
    }
  };
}
