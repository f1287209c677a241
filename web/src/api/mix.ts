// Who takes part beside the public party, as one word in addresses and as words on screen.
import type { ActorMix } from "../generated/domain.ts";
import type { Format, Messages } from "../messages/index.ts";

const PARTNERS = ["research", "business", "voluntary"] as const;
const PARTS = ["public", ...PARTNERS] as const;

/** As it stands in an address: `public-research`. */
export function mixKey(mix: ActorMix): string {
  return PARTS.filter((part) => mix[part]).join("-") || "nobody";
}

/** The mix of a word of an address. */
export function mixOf(key: string): ActorMix {
  const parts = key.split("-");
  const has = (part: string) => parts.includes(part);
  return { public: has("public"), research: has("research"), business: has("business"), voluntary: has("voluntary") };
}

/** «Offentlig, forskning og næringsliv». */
export function mixWords(mix: ActorMix, m: Messages, format: Format): string {
  const partners = PARTNERS.filter((part) => mix[part]).map((part) => m.variation.partners[part]);
  if (!mix.public) return m.variation.withoutPublic(format.list(partners));
  return partners.length ? m.variation.publicWith(format.list(partners)) : m.variation.publicAlone;
}
