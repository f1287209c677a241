// Organisations and who works together, as the server computes them, and what the team says about organisations.
import type { ActorGroup, DuplicateBy, LegalForm, Level, PartyRole } from "../generated/domain.ts";
import { addItem, choice, type Edit, freshId, orderBetween, together, toggleInSet } from "../sync/index.ts";
import { lastOrder, plain } from "./caseDocument.ts";
import { type About, figuresPath } from "./figures.ts";
import { type Loaded, useResource } from "./resource.ts";

/** A name an organisation has. */
export interface OwnName {
  key: string;
  name: string;
  /** Parties that are called so. */
  parties: number;
  /** The item of the register document, and the key of the alias in it, which is empty for the item's own name. */
  said: [item: string, alias: string] | null;
}

export interface PartyOf {
  subject: string;
  party: string;
  group: ActorGroup;
  role: PartyRole;
}

export interface Organisation {
  /** What it is known by in addresses. */
  key: string;
  name: string;
  /** The one it stands under first. */
  names: OwnName[];
  /** Items of the register document about it; the first is the one to write in. */
  items: string[];
  group: ActorGroup;
  said_group: ActorGroup | null;
  listed_groups: ActorGroup[];
  read_group: ActorGroup | null;
  level: Level | null;
  said_level: Level | null;
  legal_form: LegalForm;
  country: string;
  cases: number;
  parties: PartyOf[];
}

export interface Alike {
  a: string;
  b: string;
  by: DuplicateBy;
  score: number;
}

export interface Organisations {
  about: About;
  organisations: Organisation[];
  /** The most alike first. */
  alike: Alike[];
}

export interface CaseOnMap {
  subject: string;
  groups: ActorGroup[];
  organisations: number;
  narrow_ecosystem: boolean;
}

export interface OrganisationOnMap {
  key: string;
  name: string;
  parts: { subject: string; role: PartyRole }[];
}

export interface ActorMap {
  about: About;
  cases: CaseOnMap[];
  groups: { group: ActorGroup; organisations: OrganisationOnMap[] }[];
  organisations: number;
  in_all: ActorGroup[];
  in_one: { group: ActorGroup; subject: string }[];
  sharing: { a: string; b: string; organisations: string[] }[];
}

type Asked<T> = Loaded<T> & { refresh(): Promise<void> };

/** Who the parties of all cases are; read again when the server says that something has changed. */
export function useOrganisations(workshop: string): Asked<Organisations> {
  return useResource<Organisations>(`${figuresPath(workshop)}organisations`);
}

/** Who works together in these cases. */
export function useActorMap(workshop: string, subjects: readonly string[]): Asked<ActorMap> {
  return useResource<ActorMap>(`${figuresPath(workshop)}actor-map?cases=${[...subjects].sort().join(",")}`);
}

/** One organisation's own page. */
export const organisationPath = (workshop: string, key: string) =>
  `/w/${workshop}/eksempler/virksomheter?${new URLSearchParams({ [ORGANISATION]: key }).toString()}`;

/** In the address: which organisation. */
export const ORGANISATION = "virksomhet";

/** The map with these cases on it, by their codes. */
export const actorMapPath = (workshop: string, codes: readonly string[]) =>
  `/w/${workshop}/eksempler/aktorkart${codes.length ? `?${new URLSearchParams({ [ON_MAP]: codes.join(",") }).toString()}` : ""}`;

/** In the address: which cases. */
export const ON_MAP = "eksempler";

export interface SaidOrganisation {
  name?: string;
  aliases?: Record<string, { name?: string; order?: unknown }>;
  order?: unknown;
}

export type Said = Record<string, SaidOrganisation> | undefined;

/** The item to write in about an organisation, made where there is none. */
export function itemOf(said: Said, one: Organisation): { id: string; begin: Edit[] } {
  const known = one.items.find((id) => said?.[id]);
  if (known) return { id: known, begin: [] };
  const id = freshId();
  const item = {
    name: one.name,
    aliases: {},
    legal_form: choice(""),
    group: choice(""),
    level: choice(""),
    country: "",
    apart: {},
    order: choice(orderBetween(lastOrder(said), null)),
  };
  return { id, begin: [addItem(["organisations"], id, item)] };
}

/** One more name of an organisation; the organisation of that name is then the same. */
export function withName(said: Said, one: Organisation, name: string): Edit {
  const { id, begin } = itemOf(said, one);
  const order = orderBetween(lastOrder(said?.[id]?.aliases), null);
  return together(...begin, addItem(["organisations", id, "aliases"], freshId(), { name, order: choice(order) }));
}

/** Says that another organisation is not this one. */
export function keptApart(said: Said, one: Organisation, other: Organisation): Edit {
  const { id, begin } = itemOf(said, one);
  return together(...begin, toggleInSet(["organisations", id, "apart"], other.key, true));
}

/** Paths of all that makes a name one of the organisation's: to be removed when it is separated. */
export function madeBy(said: Said, one: Organisation, name: OwnName): string[][] {
  const same = (text: unknown) => plain(text).trim().toLocaleLowerCase() === name.name.toLocaleLowerCase();
  const aliases = one.items.flatMap((item) =>
    Object.entries(said?.[item]?.aliases ?? {}).map(([id, alias]) => ({ item, id, alias })),
  );
  const own = new Set(one.items.filter((item) => same(said?.[item]?.name)));
  const path = ({ item, id }: { item: string; id: string }) => ["organisations", item, "aliases", id];
  // An organisation that is said under this name itself is held here by its other names, or by one that is this.
  return aliases
    .filter(({ item, id, alias }) => same(alias.name) || own.has(item) || (name.said?.[0] === item && name.said[1] === id))
    .map(path);
}
