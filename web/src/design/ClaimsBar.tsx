// How the claims of a model divide by what readers say, without the words, and how many say something of the model.
import { classed, claimsOf, type ModelClaims, tellingOf, VALUE_CLASSES } from "../api/balance.ts";
import { useMessages } from "../messages/index.ts";
import { ClassBar } from "./ClassBar.tsx";

export function ClaimsBar({ claims }: { claims: ModelClaims }) {
  const { m } = useMessages();
  const parts = VALUE_CLASSES.map((key) => ({ key, label: m.balance.classes[key], count: claimsOf(claims, key) }));
  return (
    <>
      <ClassBar what={m.balance.claims} short parts={parts} />
      <span className="small num">{m.balance.telling(tellingOf(claims), classed(claims))}</span>
    </>
  );
}
