// The links that let people in at this moment, in all workshops; each can be taken back.
import { Button, Table } from "@digdir/designsystemet-react";
import { LinkBrokenIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { type AdminWorkshop, revokeAnyLink } from "../api/account.ts";
import type { LinkRow } from "../api/calls.ts";
import { Confirm } from "../design/Confirm.tsx";
import { useMessages } from "../messages/index.ts";
import { Cell } from "./Cell.tsx";

interface Open {
  workshop: AdminWorkshop;
  link: LinkRow;
}

export function Links({ workshops, onChanged }: { workshops: AdminWorkshop[]; onChanged(): void }) {
  const { m, format } = useMessages();
  const w = m.admin.linkColumns;
  const [revoking, setRevoking] = useState<Open>();
  const open = workshops.flatMap((workshop) =>
    workshop.links.filter(admits).map((link) => ({ workshop, link })),
  );
  return (
    <section aria-labelledby="links">
      <h2 id="links">
        {m.admin.links} <span className="muted num">{open.length || ""}</span>
      </h2>
      <p className="hint">{m.admin.linksHelp}</p>
      {open.length > 0 ? (
        <Table className="admintable" role="table">
          <Table.Head role="rowgroup">
            <Table.Row role="row">
              {[w.label, w.workshop, w.grant, w.used, w.ends, ""].map((name) => (
                <Table.HeaderCell key={name} role="columnheader">
                  {name || <span className="vh">{m.people.revoke}</span>}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Head>
          <Table.Body role="rowgroup">
            {open.map(({ workshop, link }) => (
              <Table.Row key={link.id} role="row">
                <Table.HeaderCell scope="row" role="rowheader">
                  {link.label || m.people.untitled}
                </Table.HeaderCell>
                <Cell name={w.workshop}>{workshop.title}</Cell>
                <Cell name={w.grant}>
                  {m.grants[link.grant]}
                  {link.lobby ? ` ${m.people.viaLobby}` : ""}
                </Cell>
                <Cell name={w.used}>{m.people.used(link.used)}</Cell>
                <Cell name={w.ends}>
                  {link.ends_s === null ? m.admin.noEnd : format.dateTime(link.ends_s * 1000)}
                </Cell>
                <Cell>
                  <Button
                    variant="tertiary"
                    data-color="danger"
                    aria-label={`${m.people.revoke}: ${link.label || m.people.untitled}`}
                    onClick={() => setRevoking({ workshop, link })}
                  >
                    <LinkBrokenIcon aria-hidden /> {m.people.revoke}
                  </Button>
                </Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      ) : null}
      {revoking ? (
        <Confirm
          title={m.people.revokeTitle(revoking.link.label)}
          help={m.people.revokeHelp(revoking.link.used)}
          action={m.people.revokeDo}
          onDo={() => revokeAnyLink(revoking.workshop.id, revoking.link.id).then(onChanged)}
          onClose={() => setRevoking(undefined)}
        />
      ) : null}
    </section>
  );
}

/** Whether somebody can come by it. */
function admits(link: LinkRow): boolean {
  const over = link.ends_s !== null && link.ends_s * 1000 <= Date.now();
  const used = link.uses_max !== null && link.used >= link.uses_max;
  return !link.revoked && !over && !used;
}
