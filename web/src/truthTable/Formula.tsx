// The shortest way to say which combinations occur together with the outcome: only where somebody asks for it.
import { Button } from "@digdir/designsystemet-react";
import type { Remainders, TruthTable } from "../api/truthTable.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  table: TruthTable;
  /** What the conditions are called, in their order. */
  names: string[];
  shown: Remainders | undefined;
  onShow(formula: Remainders | undefined): void;
}

export function Formula({ table, names, shown, onShow }: Props) {
  const { m } = useMessages();
  if (shown === undefined) {
    return (
      <div className="row">
        <Button variant="tertiary" onClick={() => onShow("left-out")}>
          {m.truthTable.showFormula}
        </Button>
      </div>
    );
  }
  return (
    <section className="truthformula" aria-labelledby="formula">
      <h2 id="formula">{m.truthTable.formula}</h2>
      <Terms table={table} names={names} />
      <p className="hint">{m.truthTable.formulaHelp}</p>
      <label className="check">
        <input type="checkbox" checked={shown === "used"} onChange={(event) => onShow(event.target.checked ? "used" : "left-out")} />
        <span>{m.truthTable.useRemainders}</span>
      </label>
      {shown === "used" ? <p className="sentence warn">{m.truthTable.remaindersUsed}</p> : null}
      <div className="row">
        <Button variant="tertiary" onClick={() => onShow(undefined)}>
          {m.truthTable.hideFormula}
        </Button>
      </div>
    </section>
  );
}

function Terms({ table, names }: Pick<Props, "table" | "names">) {
  const { m } = useMessages();
  const terms = table.formula?.terms ?? [];
  if (terms.length === 0) return <p>{m.truthTable.noFormula}</p>;
  const part = ({ condition, holds }: { condition: number; holds: boolean }) => (holds ? (names[condition] ?? "") : m.truthTable.not(names[condition] ?? ""));
  const said = terms.map((term) => (term.length === 0 ? m.truthTable.always : term.map(part).join(` ${m.truthTable.and} `)));
  return (
    <ul className="dotted">
      {said.map((term, at) => (
        <li key={term}>
          {term}
          {at < said.length - 1 ? ` ${m.truthTable.or}` : ""}
        </li>
      ))}
    </ul>
  );
}
