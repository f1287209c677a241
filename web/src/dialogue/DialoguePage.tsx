// The dialogue with those in the field: whom we want to hear, whom we have heard, and what they said. Only for the team.
import { inOrder } from "../api/caseDocument.ts";
import { CaseViews } from "../design/CaseViews.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useField } from "../fields/editor.ts";
import { Standing } from "../fields/Standing.tsx";
import { useMessages } from "../messages/index.ts";
import type { TeamDocument } from "../api/teamDocument.ts";
import { Contacts } from "./Contacts.tsx";
import { Coverage } from "./Coverage.tsx";
import { coverageOf } from "./coverage.ts";
import { Entries } from "./Entries.tsx";
import "../fields/list.css";
import "./dialogue.css";

export function DialoguePage() {
  const { m } = useMessages();
  return (
    <div className="page dialogue">
      <div className="head">
        <div>
          <Title tab={m.dialogue.title}>{m.dialogue.title}</Title>
          <p className="lead">{m.dialogue.lead}</p>
        </div>
      </div>
      <CaseViews />
      <Standing kind="team" none={<Teach title={m.dialogue.teamOnly} help={m.dialogue.teamOnlyHelp} />}>
        <Lists />
      </Standing>
    </div>
  );
}

function Lists() {
  const contacts = inOrder(useField<TeamDocument["contacts"]>(["contacts"]));
  const entries = inOrder(useField<TeamDocument["entries"]>(["entries"]));
  return (
    <>
      <Coverage coverage={coverageOf(contacts, entries)} />
      <Contacts contacts={contacts} />
      <Entries entries={entries} />
    </>
  );
}
