// What a double coding came to: how alike the coders coded each characteristic, and settling what becomes of it.
import type { CodingsAsk, CodingsOutcome } from "../../api/collections.ts";
import { usePeopleHere } from "../../api/live.tsx";
import { useMessages } from "../../messages/index.ts";
import { AgreementPicture } from "./AgreementPicture.tsx";
import { Settle } from "./Settle.tsx";

export interface CodingsViewProps {
  collection: string;
  ask: CodingsAsk;
  outcome: CodingsOutcome;
  refresh(): Promise<void>;
}

export function CodingsView(props: CodingsViewProps) {
  const { m, format } = useMessages();
  const w = m.doubleCoding;
  const { coders, cells, agreement } = props.outcome;
  const people = new Map(usePeopleHere().map((person) => [person.participant, person.name]));
  if (cells.length === 0) return <p className="teach small">{w.nothing}</p>;
  const both = cells.filter((cell) => cell.verdict !== "one");
  const agreed = both.filter((cell) => cell.verdict === "agree").length;
  return (
    <>
      <p>
        {w.codersAre(format.list(coders.map((one) => people.get(one) ?? "")))}{" "}
        {coders.length > 1 ? <b className="strong">{w.agreedOf(agreed, both.length)}</b> : w.oneCoder}
      </p>
      {coders.length > 1 ? <AgreementPicture agreement={agreement} /> : null}
      <Settle {...props} />
    </>
  );
}
