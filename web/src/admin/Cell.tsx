// A cell that says which column it is in, where a narrow screen lays the table out as blocks.
import { Table } from "@digdir/designsystemet-react";

export function Cell({ name, children }: { name?: string; children: React.ReactNode }) {
  return (
    <Table.Cell role="cell" className="num">
      {name ? (
        <span className="colname" aria-hidden>
          {name}
        </span>
      ) : null}
      <span>{children}</span>
    </Table.Cell>
  );
}
