// Addresses of cases, and of the register with its filters set.
import type { About } from "./figures.ts";

/** A case's own page. */
export const casePath = (workshop: string, subject: string) => `/w/${workshop}/eksempler/${subject}`;

/** The register with these facets chosen: `{"k.scope": ["okosystem"]}`. */
export function registerPath(workshop: string, chosen: Record<string, readonly string[]>): string {
  const query = new URLSearchParams();
  for (const [facet, values] of Object.entries(chosen)) {
    if (values.length) query.set(facet, values.join(","));
  }
  const text = query.toString();
  return `/w/${workshop}/eksempler${text ? `?${text}` : ""}`;
}

/** Figures leave imagined and archived cases out: where there are some, a filter that is to show the same does so too. */
export function countedOnly({ imagined, archived }: About): Record<string, readonly string[]> {
  return {
    ...(imagined > 0 ? { origin: ["national", "international"] } : {}),
    ...(archived > 0 ? { state: ["open", "closed"] } : {}),
  };
}
