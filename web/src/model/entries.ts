// What was said in the dialogue, for those who may read it: the team. Nobody else's browser has the document.
import { createContext, useContext } from "react";
import { inOrder, keysOf, plain } from "../api/caseDocument.ts";
import { useCatalogue } from "../api/catalogue.ts";
import type { TeamDocument } from "../api/teamDocument.ts";
import { useThingPath } from "../api/uses.ts";
import { useMessages } from "../messages/index.ts";
import { useRead, useReplica, useReplicaState } from "../sync/react.ts";

export interface ReadEntry {
  /** `SUBJECT/ID`, as evidence names it. */
  key: string;
  id: string;
  who: string;
  group: string;
  date: string;
  consent: string;
  notes: string;
  /** Subjects it is about. */
  about: string[];
}

/** In their order; nothing for those who may not read them. */
export const EntriesContext = createContext<readonly ReadEntry[] | undefined>(undefined);

export const useEntries = (): readonly ReadEntry[] | undefined => useContext(EntriesContext);

/** Opens the team's document, where one may. */
export function useEntriesOfTeam(): readonly ReadEntry[] | undefined {
  const team = useCatalogue().find((entry) => entry.kind === "team")?.subject;
  const replica = useReplica<TeamDocument>(team ?? null);
  const state = useReplicaState(replica);
  const entries = useRead(replica, (doc) => entriesOf(team ?? "", doc));
  return team !== undefined && state === "ready" ? entries : undefined;
}

const entriesOf = (team: string, doc: TeamDocument | undefined): ReadEntry[] =>
  inOrder(doc?.entries).map((entry) => ({
    key: `${team}/${entry.id}`,
    id: entry.id,
    who: (entry.who ?? "").trim(),
    group: plain(entry.group),
    date: plain(entry.date),
    consent: plain(entry.consent),
    notes: (entry.notes ?? "").trim(),
    about: keysOf(entry.about),
  }));

/** «Kari Nordmann, 3. mars 2026»; the team's own words, never written into a model. */
export function useEntryName(): (entry: ReadEntry) => string {
  const { m, format } = useMessages();
  return ({ who, date }) => [who || m.dialogue.anonymous, ...(date ? [format.date(date)] : [])].join(", ");
}

/** The address of an entry, for those who may read it. */
export function useEntryPath(): (entry: ReadEntry) => string {
  const path = useThingPath();
  return ({ key, id }) => path({ kind: "entry", place: { subject: key.slice(0, key.indexOf("/")), item: id } });
}

/** Whether somebody said that their words may be repeated to others. */
export const mayQuote = (entry: ReadEntry | undefined): boolean => entry?.consent === "quote_named" || entry?.consent === "quote_unnamed";
