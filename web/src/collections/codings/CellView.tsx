// One case on one characteristic: what each coder said, what the case says, and what it is to be.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import type { CaseDocument } from "../../api/caseDocument.ts";
import { type CodedCell, type Coding, settle, type Settled } from "../../api/collections.ts";
import { useLive, usePeopleHere } from "../../api/live.tsx";
import { wordsOf } from "../../api/words.ts";
import { ProblemLine } from "../../design/ProblemLine.tsx";
import type { Characteristic } from "../../generated/domain.ts";
import { labelOf, useMessages } from "../../messages/index.ts";
import { useRead } from "../../sync/react.ts";
import type { Replica } from "../../sync/types.ts";
import type { CodingsViewProps } from "./CodingsView.tsx";
import { OtherCoding } from "./OtherCoding.tsx";
import { codingIn, inWords, sameValue } from "./words.ts";

interface Props extends CodingsViewProps {
  cell: CodedCell;
  characteristic: Characteristic;
  settled: Settled | undefined;
  replica: Replica<CaseDocument>;
  mayWrite: boolean;
}

export function CellView(props: Props) {
  const speech = useMessages();
  const { m, language } = speech;
  const { cell, characteristic, settled, replica, mayWrite, outcome } = props;
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const present = useRead(replica, (doc) => codingIn(doc, characteristic.key));
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState(false);
  const choose = useChoose(props, present, () => {
    setOpen(false);
    setOther(false);
  });
  const label = labelOf(characteristic, language);
  const choosing = mayWrite && (!settled || open);
  return (
    <li className={`card cell ${settled ? "done" : ""}`} aria-label={label}>
      <div className="cellhead">
        <h4>
          <span className="num muted">{characteristic.code}</span> {label}
        </h4>
        <span className={`tag ${{ agree: "good", differ: "warn", one: "" }[cell.verdict]}`}>
          {m.doubleCoding.verdicts[cell.verdict]}
        </span>
      </div>
      {settled ? <SettledLine settled={settled} present={present} /> : null}
      <div className="sides">
        {outcome.coders.map((coder, n) => {
          const coding = cell.codings[n] ?? null;
          const name = people.get(coder) ?? "";
          return (
            <Side key={coder} title={name} coding={coding} words={inWords(characteristic, coding, speech)}>
              {choosing && coding ? (
                <Button
                  variant="secondary"
                  loading={choose.busy}
                  aria-label={m.doubleCoding.useOf(name, label)}
                  onClick={() => void choose.act({ of: coder })}
                >
                  {m.doubleCoding.use}
                </Button>
              ) : null}
            </Side>
          );
        })}
        <Side
          title={m.doubleCoding.inCase}
          coding={present.state === "not_coded" ? null : present}
          words={inWords(characteristic, present, speech)}
        />
      </div>
      {choosing && !other ? (
        <button
          type="button"
          className="linklike"
          aria-label={m.doubleCoding.anotherOf(label)}
          onClick={() => setOther(true)}
        >
          {m.doubleCoding.another}
        </button>
      ) : null}
      {choosing && other ? (
        <OtherCoding
          characteristic={characteristic}
          busy={choose.busy}
          onChoose={(coding) => void choose.act({ coding })}
          onClose={() => setOther(false)}
        />
      ) : null}
      {settled && mayWrite && !open ? (
        <button
          type="button"
          className="linklike"
          aria-label={m.doubleCoding.anew(label)}
          onClick={() => setOpen(true)}
        >
          {m.doubleCoding.anewShort}
        </button>
      ) : null}
      <ProblemLine>{choose.problem}</ProblemLine>
    </li>
  );
}

/** Settles against what is seen at this moment; the server refuses where the case says something else by then. */
function useChoose({ collection, cell, characteristic, refresh }: Props, seen: Coding, chosen: () => void) {
  const { m, language } = useMessages();
  const { id, say } = useLive();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const act = async (choice: { of: string } | { coding: Coding }) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await settle(id, collection, { case: cell.case, characteristic: cell.characteristic, seen, ...choice });
      await refresh();
      chosen();
      say(m.doubleCoding.isSettled(labelOf(characteristic, language)));
    } catch (error) {
      setProblem(wordsOf(error, m));
    } finally {
      setBusy(false);
    }
  };
  return { busy, problem, act };
}

function SettledLine({ settled, present }: { settled: Settled; present: Coding }) {
  const { m, format } = useMessages();
  const w = m.doubleCoding;
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  const name = (id: string | null) => (id === null ? w.nobody : (people.get(id) ?? ""));
  const how = typeof settled.how === "string" ? w.hows[settled.how] : w.hows.of(name(settled.how.of));
  return (
    <p className="small settledline">
      <CheckmarkCircleIcon aria-hidden className="ic" />
      <span>
        {w.settledBy(name(settled.by), format.dateTime(settled.at_ms))}: {how}.{" "}
        {sameValue(settled.coding, present) ? null : <b className="strong">{w.changedSince}</b>}
      </span>
    </p>
  );
}

interface SideProps {
  title: string;
  coding: Coding | null;
  words: string;
  children?: React.ReactNode;
}

function Side({ title, coding, words, children }: SideProps) {
  const { m } = useMessages();
  const confidence = coding ? m.case.confidences[coding.confidence as keyof typeof m.case.confidences] : undefined;
  return (
    <div className="side-of">
      <p className="tiny muted">{title}</p>
      <p className={coding ? "strong" : "muted"}>{words}</p>
      {confidence ? <p className="tiny muted">{confidence}</p> : null}
      {coding?.note ? <p className="small words">{coding.note}</p> : null}
      {children}
    </div>
  );
}
