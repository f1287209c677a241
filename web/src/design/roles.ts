// What somebody is in a workshop, in words.
import type { Grant, Role } from "../generated/domain.ts";
import type { Messages } from "../messages/index.ts";

/** The roles; where a grant was given alone, the grant; undefined where there is nothing. */
export function whatTheyAre(of: { roles: readonly Role[]; grants: readonly Grant[] }, m: Messages): string | undefined {
  const roles = of.roles.map((role) => m.roles[role]);
  const first = of.grants[0];
  return roles.length > 0 ? roles.join(", ") : first && m.grants[first];
}
