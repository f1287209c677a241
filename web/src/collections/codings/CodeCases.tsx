// Coding apart from the others: a case as it is told, and the coding form bound to one's own sealed document.
import { EyeSlashIcon } from "@navikt/aksel-icons";
import { useEffect, useMemo } from "react";
import { useNavigate, useSearchParams } from "react-router";
import type { CodingsAsk } from "../../api/collections.ts";
import { useCharacteristics, useLive, useRowsBySubject } from "../../api/live.tsx";
import { Coding } from "../../coding/Coding.tsx";
import { isSettled } from "../../coding/coding.ts";
import { CodingContext, type CodingEditor } from "../../coding/editor.ts";
import { FieldsContext } from "../../fields/editor.ts";
import { useUndoKeys } from "../../fields/undo.ts";
import { useMessages } from "../../messages/index.ts";
import { useRead } from "../../sync/react.ts";
import type { AnswerProps } from "../sealed.ts";
import { CaseSteps } from "./CaseSteps.tsx";
import { CaseTold } from "./CaseTold.tsx";

/** In the address: which case is open. */
export const CASE = "eksempel";

/** The case the address names among those that are asked about, else the first. */
export function useCaseAt(cases: string[]): [string, (subject: string, keepsFocus?: boolean) => void] {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const named = params.get(CASE) ?? "";
  const show = (subject: string, keepsFocus = false) => {
    const next = new URLSearchParams(params);
    next.set(CASE, subject);
    void navigate({ search: `?${next}` }, { replace: true, state: { keepsFocus }, preventScrollReset: true });
  };
  return [cases.includes(named) ? named : (cases[0] ?? ""), show];
}

export function CodeCases({ replica, mayWrite, ask }: AnswerProps & { ask: CodingsAsk }) {
  const { m } = useMessages();
  const { me, say } = useLive();
  const all = useCharacteristics();
  const [subject, show] = useCaseAt(ask.cases);
  const asked = ask.characteristics.join();
  const characteristics = useMemo(
    () => asked.split(",").flatMap((key) => all.filter((one) => one.key === key)),
    [asked, all],
  );
  const done = useRead(replica, (doc) =>
    ask.cases.map((one) => characteristics.filter(({ key }) => isSettled(doc?.codings?.[one]?.[key])).length),
  );
  const place = ask.cases.indexOf(subject);
  const [before, after] = [ask.cases[place - 1], ask.cases[place + 1]];
  const editor = useMemo((): CodingEditor => {
    const toCase = (which: "before" | "after") => {
      const to = which === "before" ? before : after;
      if (to) show(to, true);
      else say(m.case.noMoreCases);
    };
    return { replica, mayWrite, me, say, characteristics, at: ["codings", subject], toCase };
    // `show` is another at each render and does the same.
  }, [replica, mayWrite, me, say, characteristics, subject, before, after, m]);
  useUndoKeys(say);
  const said = done.reduce((sum, one) => sum + one, 0);
  return (
    <FieldsContext value={editor}>
      <CodingContext value={editor}>
        <p className="sentence warn blind">
          <EyeSlashIcon aria-hidden />
          {m.doubleCoding.blind}
        </p>
        <p className="left" role="status">
          {m.doubleCoding.coded(said, ask.cases.length * characteristics.length)}
        </p>
        <CaseSteps
          label={m.doubleCoding.casesToCode}
          steps={ask.cases.map((one, n) => ({ subject: one, done: done[n] ?? 0, of: characteristics.length }))}
          current={subject}
          words={(step, code, name) => m.doubleCoding.caseOf(code, name, step.done, step.of)}
          onShow={(one) => show(one)}
        />
        <div className="blindgrid">
          <CaseTold key={subject} subject={subject} />
          <div>
            <Spoken subject={subject} />
            <Coding key={subject} />
          </div>
        </div>
      </CodingContext>
    </FieldsContext>
  );
}

/** Who goes on by keyboard hears which case they have come to. */
function Spoken({ subject }: { subject: string }) {
  const { say } = useLive();
  const row = useRowsBySubject().get(subject);
  const name = row ? `${row.code} ${row.name}` : "";
  useEffect(() => {
    if (name) say(name);
  }, [name, say]);
  return null;
}
