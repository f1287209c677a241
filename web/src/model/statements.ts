// Everything in a model that something can be evidence of, in the order of the page.
import { useMemo } from "react";
import type { Linked, Reading } from "../api/modelReading.ts";
import { useMessages } from "../messages/index.ts";

export interface Statement {
  /** As evidence names it: `claims/ID`, or nothing for the model as a whole. */
  about: string;
  /** The part of the page it stands in. */
  at: string;
  kind: string;
  text: string;
  /** It says something that is true or false, and is shown even where nothing is evidence of it. */
  claims: boolean;
  evidence: Linked[];
}

/** The lists whose items something can be evidence of. */
export const STATED = ["claims", "roles", "phases", "transitions", "triggers", "loops", "variants"] as const;

export function useStatements(reading: Reading): Statement[] {
  const { m } = useMessages();
  return useMemo(() => {
    const say = (list: (typeof STATED)[number], at: string, kind: string, claims = false) => ({ id, text }: { id: string; text: string }): Statement => {
      const about = `${list}/${id}`;
      return { about, at, kind, text: text || m.model.unwritten, claims, evidence: reading.evidence.filter((one) => one.about === about) };
    };
    const claims = (kind: "strength" | "weakness" | "precondition") =>
      reading.claims.filter((claim) => claim.kind === kind).map(say("claims", `claims-${kind}`, m.model.claims[kind].one, true));
    const named = (items: readonly { id: string; name: string }[]) => items.map(({ id, name }) => ({ id, text: name }));
    const phase = (id: string) => reading.phases.find((one) => one.id === id)?.name || m.model.phaseGone;
    const ways = reading.transitions.map(({ id, from, to, when }) => ({
      id,
      text: `${phase(from)} → ${to === "" ? m.model.end : phase(to)}${when ? `: ${when}` : ""}`,
    }));
    return [
      ...claims("strength"),
      ...claims("weakness"),
      ...claims("precondition"),
      ...named(reading.roles).map(say("roles", "roles", m.model.role)),
      ...named(reading.phases).map(say("phases", "dynamics", m.model.phaseName)),
      ...ways.map(say("transitions", "dynamics", m.model.transition)),
      ...reading.triggers.map(say("triggers", "dynamics", m.model.triggers.one)),
      ...named(reading.loops).map(say("loops", "dynamics", m.model.loops.one)),
      ...named(reading.variants).map(say("variants", "variants", m.model.variants.one)),
    ];
  }, [reading, m]);
}
