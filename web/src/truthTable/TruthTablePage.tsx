// Which combinations of conditions occur together with an outcome, with the cases behind each (R48). It counts; it never
// says what leads to what.
import { Button } from "@digdir/designsystemet-react";
import { useRef } from "react";
import { useChallenges } from "../api/challenges.ts";
import { useLabels } from "../api/labels.ts";
import { useCharacteristics, useLive } from "../api/live.tsx";
import { type AnyOf, type OutcomeAsked, type TruthQuestion, type TruthTable, useTruthTable } from "../api/truthTable.ts";
import { Base } from "../design/Base.tsx";
import { ModelViews } from "../design/ModelViews.tsx";
import { NotLoaded } from "../design/NotLoaded.tsx";
import { Teach } from "../design/Teach.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import { Choose } from "./Choose.tsx";
import { Formula } from "./Formula.tsx";
import { type Asked, exampleFor, useAsked } from "./question.ts";
import { Combinations, LeftOut, WithoutCases } from "./Rows.tsx";
import "../design/figures.css";
import "../fields/list.css";
import "./truthTable.css";

export function TruthTablePage() {
  const { m } = useMessages();
  const [asked, ask] = useAsked();
  const example = exampleFor(useCharacteristics());
  const question = questionOf(asked);
  return (
    <div className="page figures truthtable">
      <div className="head">
        <div>
          <Title tab={m.truthTable.title}>{m.truthTable.title}</Title>
          <p className="lead">{m.truthTable.lead}</p>
        </div>
      </div>
      <ModelViews />
      <Choose asked={asked} onAsk={ask} />
      {question ? (
        <Answer question={question} onAsk={ask} />
      ) : (
        <Teach title={m.truthTable.none} help={m.truthTable.noneHelp} example={m.truthTable.noneExample}>
          {example ? (
            <Button variant="secondary" onClick={() => ask(example)}>
              {m.truthTable.tryExample}
            </Button>
          ) : null}
        </Teach>
      )}
    </div>
  );
}

/** A question once there is an outcome and a condition, each with a value. */
function questionOf({ outcome, conditions, formula }: Asked): TruthQuestion | undefined {
  const chosen = conditions.filter((one) => one.values.length > 0);
  const said = outcome && ("challenge" in outcome || outcome.coded.values.length > 0);
  return said && chosen.length > 0 ? { outcome, conditions: chosen, formula } : undefined;
}

function Answer({ question, onAsk }: { question: TruthQuestion; onAsk(change: Partial<Asked>): void }) {
  const { m } = useMessages();
  const { id } = useLive();
  const asked = useTruthTable(id, question);
  const name = useNames();
  // What was answered last stands until the next answer is there: who ticks a value keeps their place on the page.
  const last = useRef<{ question: TruthQuestion; table: TruthTable }>(undefined);
  if (asked.value) last.current = { question, table: asked.value };
  if (!last.current || asked.problem) return <NotLoaded of={asked} />;
  const { table, question: answered } = last.current;
  return (
    <>
      <p className="sentence">{m.truthTable.counted(name.outcome(answered.outcome), table.with_outcome, table.cases)}</p>
      <p className="small muted describes">{m.truthTable.describes}</p>
      {table.thin ? <p className="sentence warn">{m.truthTable.thin(table.conditions.length, table.cases)}</p> : null}
      <Combinations table={table} names={table.conditions.map(name.anyOf)} />
      <Formula table={table} names={table.conditions.map(name.anyOf)} shown={question.formula} onShow={(formula) => onAsk({ formula })} />
      <WithoutCases table={table} names={table.conditions.map(name.anyOf)} />
      <LeftOut table={table} />
      <Base about={table.about} />
    </>
  );
}

interface Names {
  /** «Brukerrolle: medskaper eller eier» */
  anyOf(one: AnyOf): string;
  outcome(asked: OutcomeAsked): string;
}

function useNames(): Names {
  const { m, format } = useMessages();
  const labels = useLabels();
  const characteristics = useCharacteristics();
  const anyOf = ({ characteristic, values }: AnyOf) => {
    // In the order of their list: «medskaper, medprodusent eller eier».
    const listed = characteristics.find((one) => one.key === characteristic)?.values.map((one) => one.key) ?? values;
    const named = listed.filter((key) => values.includes(key)).map((key) => labels.value(characteristic, key));
    return `${labels.characteristic(characteristic)}: ${format.either(named)}`;
  };
  const { nameOf } = useChallenges();
  return {
    anyOf,
    outcome: (asked) => ("coded" in asked ? anyOf(asked.coded) : m.truthTable.suits(nameOf(asked.challenge))),
  };
}
