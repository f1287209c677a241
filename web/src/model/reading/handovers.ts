// Who gives what to whom, read off the model: what a transition carries over goes from those who do the work of the phase
// it leads from to those who do the work of the one it leads to. Nothing is guessed where that is not said.
import { acts } from "../../api/modelDocument.ts";
import type { Reading, ReadRole } from "../../api/modelReading.ts";

/** Everything one role gives another. */
export interface Handover {
  /** Places of the roles. */
  from: number;
  to: number;
  what: string[];
}

export function handoversOf({ roles, phases, transitions }: Pick<Reading, "roles" | "phases" | "transitions">): Handover[] {
  const place = new Map(phases.map(({ id }, at) => [id, at]));
  const found: Handover[] = [];
  for (const { from, to, carries } of transitions) {
    const [begins, ends] = [place.get(from), place.get(to)];
    const what = carries.trim();
    if (what === "" || begins === undefined || ends === undefined) continue;
    const [gives, takes] = [workingIn(roles, begins), workingIn(roles, ends)];
    // Who works in both phases hands nothing over to themselves.
    for (const giver of gives.filter((one) => !takes.includes(one))) {
      for (const taker of takes.filter((one) => !gives.includes(one))) add(found, giver, taker, what);
    }
  }
  return found;
}

function add(found: Handover[], from: number, to: number, what: string): void {
  const same = found.find((one) => one.from === from && one.to === to);
  if (!same) found.push({ from, to, what: [what] });
  else if (!same.what.includes(what)) same.what.push(what);
}

/** Places of those who do the work of a phase; of those who decide in it where nobody is said to do it. */
function workingIn(roles: readonly ReadRole[], phase: number): number[] {
  const places = (holds: (role: ReadRole) => boolean) => roles.flatMap((role, at) => (holds(role) ? [at] : []));
  const doing = places(({ duties }) => duties[phase] === "does" || duties[phase] === "both");
  return doing.length > 0 ? doing : places(({ duties }) => acts(duties[phase] ?? ""));
}
