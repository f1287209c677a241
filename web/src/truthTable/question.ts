// What is asked, as it stands in the address.
import { useSearchParams } from "react-router";
import { type AnyOf, anyOfFrom, anyOfText, type OutcomeAsked, type Remainders } from "../api/truthTable.ts";
import { type Characteristic, LIMITS } from "../generated/domain.ts";

export interface Asked {
  outcome: OutcomeAsked | undefined;
  conditions: AnyOf[];
  /** Whether the shortest formula is shown, and what may shorten it. */
  formula: Remainders | undefined;
}

const NAMES = { outcome: "utfall", challenge: "utfordring", conditions: "vilkar", formula: "formel" } as const;
const FORMULAS: Record<string, Remainders> = { uten: "left-out", med: "used" };

/** Reads an address; what makes no sense in it is as if nothing were said. */
function askedFrom(params: URLSearchParams): Asked {
  const challenge = params.get(NAMES.challenge);
  const coded = anyOfFrom(params.get(NAMES.outcome) ?? "");
  const outcome: OutcomeAsked | undefined = challenge ? { challenge } : coded && { coded };
  const taken = new Set(outcome && "coded" in outcome ? [outcome.coded.characteristic] : []);
  const conditions: AnyOf[] = [];
  for (const text of (params.get(NAMES.conditions) ?? "").split(";")) {
    const one = anyOfFrom(text);
    if (!one || taken.has(one.characteristic) || conditions.length === LIMITS.conditions_max) continue;
    taken.add(one.characteristic);
    conditions.push(one);
  }
  return { outcome, conditions, formula: FORMULAS[params.get(NAMES.formula) ?? ""] };
}

/** The address of a question. */
function paramsOf({ outcome, conditions, formula }: Asked): Record<string, string> {
  const word = Object.keys(FORMULAS).find((key) => FORMULAS[key] === formula);
  return {
    ...(outcome && "challenge" in outcome ? { [NAMES.challenge]: outcome.challenge } : {}),
    ...(outcome && "coded" in outcome ? { [NAMES.outcome]: anyOfText(outcome.coded) } : {}),
    ...(conditions.length ? { [NAMES.conditions]: conditions.map(anyOfText).join(";") } : {}),
    ...(word ? { [NAMES.formula]: word } : {}),
  };
}

/** What is asked, and how to ask otherwise: how the answer is shown stays. */
export function useAsked(): [Asked, (change: Partial<Asked>) => void] {
  const [params, setParams] = useSearchParams();
  const change = (to: Partial<Asked>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        Object.values(NAMES).forEach((name) => next.delete(name));
        Object.entries(paramsOf({ ...askedFrom(before), ...to })).forEach(([name, value]) => next.set(name, value));
        return next;
      },
      { replace: true, preventScrollReset: true, flushSync: true },
    );
  return [askedFrom(params), change];
}

/** A question to begin with, where the workshop still has its characteristics and values. */
export function exampleFor(characteristics: readonly Characteristic[]): Asked | undefined {
  const known = ({ characteristic, values }: AnyOf) => {
    const found = characteristics.find((one) => one.key === characteristic);
    return values.every((value) => found?.values.some((one) => one.key === value));
  };
  const outcome = { characteristic: "maturity", values: ["skalert", "institusjonalisert"] };
  const conditions = [
    { characteristic: "driver", values: ["innkjopsmakt"] },
    { characteristic: "user_role", values: ["medskaper", "medprodusent", "eier"] },
    { characteristic: "governance_mode", values: ["lederorganisasjon", "nettverkssekretariat"] },
  ];
  return [outcome, ...conditions].every(known) ? { outcome: { coded: outcome }, conditions, formula: undefined } : undefined;
}
