// The workshops of the server: how many are in them, how large they are, when they were last edited.
import { Table } from "@digdir/designsystemet-react";
import type { AdminWorkshop } from "../api/account.ts";
import { useMessages } from "../messages/index.ts";
import { inBytes } from "./bytes.ts";
import { Cell } from "./Cell.tsx";

export function Workshops({ workshops }: { workshops: AdminWorkshop[] }) {
  const { m, format } = useMessages();
  const w = m.admin.workshopColumns;
  const date = (at_s: number | null) => (at_s === null ? m.admin.never : format.date(at_s * 1000));
  return (
    <section aria-labelledby="workshops">
      <h2 id="workshops">
        {m.admin.workshops} <span className="muted num">{workshops.length || ""}</span>
      </h2>
      {workshops.length === 0 ? <p className="hint">{m.admin.noWorkshops}</p> : null}
      {workshops.length > 0 ? (
        <Table className="admintable" role="table">
          <Table.Head role="rowgroup">
            <Table.Row role="row">
              {[w.title, w.people, w.documents, w.size, w.edited, w.created].map((name) => (
                <Table.HeaderCell key={name} role="columnheader">
                  {name}
                </Table.HeaderCell>
              ))}
            </Table.Row>
          </Table.Head>
          <Table.Body role="rowgroup">
            {workshops.map((one) => (
              <Table.Row key={one.id} role="row">
                <Table.HeaderCell scope="row" role="rowheader">
                  {one.title}
                </Table.HeaderCell>
                <Cell name={w.people}>{m.admin.peopleOf(one.people, one.here, one.waiting)}</Cell>
                <Cell name={w.documents}>{format.number(one.documents)}</Cell>
                <Cell name={w.size}>{inBytes(one.bytes, format)}</Cell>
                <Cell name={w.edited}>{date(one.edited_s)}</Cell>
                <Cell name={w.created}>{date(one.created_s)}</Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      ) : null}
    </section>
  );
}
