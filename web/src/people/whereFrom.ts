// Where somebody comes from, in words.
import type { Messages } from "../messages/index.ts";
import type { Person } from "../sync/types.ts";

export function whereFrom(person: Person, m: Messages): string {
  const group = m.groups[person.actor_group as keyof Messages["groups"]] ?? person.actor_group;
  return person.organisation ? `${person.organisation}, ${group.toLocaleLowerCase("nb")}` : group;
}
