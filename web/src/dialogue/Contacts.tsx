// The plan: whom to hear, how and when, and an invitation each.
import { Button } from "@digdir/designsystemet-react";
import { LinkIcon, PlusIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { createLink } from "../api/calls.ts";
import { type Item, plain } from "../api/caseDocument.ts";
import { useLive } from "../api/live.tsx";
import type { Contact } from "../api/teamDocument.ts";
import { wordsOf } from "../api/words.ts";
import { ActorMark } from "../design/ActorMark.tsx";
import { CopyField } from "../design/CopyField.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { Teach } from "../design/Teach.tsx";
import { useFields } from "../fields/editor.ts";
import { LiveChoice, LiveDay } from "../fields/LiveChoice.tsx";
import { LiveText } from "../fields/LiveText.tsx";
import { OpenItem } from "../fields/OpenItem.tsx";
import { useAdd } from "../fields/useAdd.ts";
import { useMessages } from "../messages/index.ts";
import { choice } from "../sync/index.ts";

export function Contacts({ contacts }: { contacts: Item<Contact>[] }) {
  const { m } = useMessages();
  const { mayWrite } = useFields();
  const { add, added } = useAdd(["contacts"], contacts);
  const another = () =>
    add({
      who: "",
      group: choice(""),
      method: choice("interview"),
      date: choice(""),
      questions: "",
      status: choice("planned"),
    });
  const button = mayWrite ? (
    <Button variant="secondary" onClick={another}>
      <PlusIcon aria-hidden /> {m.dialogue.addContact}
    </Button>
  ) : null;
  return (
    <section aria-labelledby="contacts">
      <div className="listhead">
        <h2 id="contacts">{m.dialogue.contacts}</h2>
        {contacts.length > 0 ? button : null}
      </div>
      {contacts.length === 0 ? (
        <Teach title={m.dialogue.noContacts} help={m.dialogue.noContactsHelp} example={m.dialogue.contactExample}>
          {button}
        </Teach>
      ) : (
        <ul className="openlist">
          {contacts.map((contact) => (
            <ContactItem key={contact.id} contact={contact} added={contact.id === added} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ContactItem({ contact, added }: { contact: Item<Contact>; added: boolean }) {
  const { m, format } = useMessages();
  const path = ["contacts", contact.id] as const;
  const [group, method, status, date] = [contact.group, contact.method, contact.status, contact.date].map(plain) as [
    string,
    string,
    string,
    string,
  ];
  const words = m.dialogue;
  const line = (
    <>
      {group ? <ActorMark group={group} /> : <span className="tag">{words.groupUnsaid}</span>}
      <b className="grow">{contact.who || words.somebody}</b>
      <span className="muted small">{words.methods[method as keyof typeof words.methods] ?? method}</span>
      {date ? <span className="muted small num">{format.date(date)}</span> : null}
      <span className={`tag ${status === "held" ? "good" : status === "invited" ? "acc" : ""}`}>
        {words.statuses[status as keyof typeof words.statuses] ?? status}
      </span>
    </>
  );
  return (
    <OpenItem path={path} line={line} added={added} remove={words.removeContact} removed={words.contactRemoved}>
      <LiveText path={[...path, "who"]} label={words.who} oneLine />
      <div className="fieldrow">
        <LiveChoice path={[...path, "group"]} label={words.group} words={{ "": words.groupUnsaid, ...m.groupsShort }} />
        <LiveChoice path={[...path, "method"]} label={words.method} words={words.methods} />
        <LiveDay path={[...path, "date"]} label={words.date} />
        <LiveChoice path={[...path, "status"]} label={words.status} words={words.statuses} />
      </div>
      <LiveText path={[...path, "questions"]} label={words.questions} rows={2} />
      <Invitation who={contact.who ?? ""} group={group} />
    </OpenItem>
  );
}

/** How long an invitation can be used. */
const INVITATION_HOURS = 14 * 24;

/** A link for this one person; only facilitators make links. */
function Invitation({ who, group }: { who: string; group: string }) {
  const { m } = useMessages();
  const { id, me } = useLive();
  const [address, setAddress] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  if (!me.grants.includes("facilitator")) return null;
  const role = group === "innbyggere" ? "user-representative" : "actor";
  const invite = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      const label = m.dialogue.invitationTo(who || m.roles[role]);
      const { path } = await createLink(id, role, label, { hours: INVITATION_HOURS, uses_max: 1 });
      setAddress(location.origin + path);
    } catch (error) {
      setProblem(wordsOf(error, m));
    }
    setBusy(false);
  };
  return (
    <>
      <ProblemLine>{problem}</ProblemLine>
      {address ? (
        <>
          <CopyField label={m.dialogue.invitation} text={address} action={m.people.copyLink} />
          <p className="hint">{m.dialogue.invitationHelp}</p>
        </>
      ) : (
        <Button variant="secondary" loading={busy} className="invite" onClick={() => void invite()}>
          <LinkIcon aria-hidden /> {m.dialogue.invite}
        </Button>
      )}
    </>
  );
}
