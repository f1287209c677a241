// The workshop's challenges: the ten every workshop begins with, as long as nobody has changed them, and those the team added.
import { useEffect, useMemo, useState } from "react";
import { CHALLENGES } from "../generated/domain.ts";
import { type Messages, useMessages } from "../messages/index.ts";
import { useRead, useReplicaState } from "../sync/react.ts";
import type { CatalogueEntry, Replica } from "../sync/types.ts";
import { inOrder, plain } from "./caseDocument.ts";
import { useCatalogue } from "./catalogue.ts";
import { useLive } from "./live.tsx";
import type { RegisterDocument } from "./registerDocument.ts";
import { request } from "./request.ts";

export interface SaidChallenge {
  key: string;
  /** What the team calls it; one of the ten may have no other name than ours. */
  name: string;
  description: string;
  unused: boolean;
}

/** As the register document has them, in order; the ten where it says nothing of challenges, or one may not read it. */
export function challengesOf(doc: RegisterDocument | undefined): SaidChallenge[] {
  if (doc?.challenges === undefined) return CHALLENGES.map((key) => ({ key, name: "", description: "", unused: false }));
  return inOrder(doc.challenges).map(({ id, name, description, unused }) => ({
    key: id,
    name: (name ?? "").trim(),
    description: (description ?? "").trim(),
    unused: plain(unused) === "yes",
  }));
}

/** Whether they are not known yet: the documents I may read are not listed, or the register among them is not read. */
export const areLoading = (catalogue: readonly Pick<CatalogueEntry, "kind">[], register: Replica["state"]): boolean =>
  catalogue.length === 0 || (register === "loading" && catalogue.some((entry) => entry.kind === "register"));

/** The ten are not shown as in use before one knows whether the team has others. */
export const inUseOf = (said: readonly SaidChallenge[], loading: boolean): SaidChallenge[] =>
  loading ? [] : said.filter((one) => !one.unused);

/** What a challenge is called: as the team says, else as one of the ten, else that it has no name. */
export function challengeName({ key, name }: Pick<SaidChallenge, "key" | "name">, m: Messages): string {
  const ours: Record<string, string> = m.model.challengeNames;
  return name || (ours[key] ?? m.challenges.unnamed);
}

export interface Challenges {
  /** Which are in use is not known yet. */
  loading: boolean;
  /** Those in use, in order, each with what it is called; none while they load. */
  inUse: { key: string; name: string; description: string }[];
  /** Also of one that is out of use, or gone. */
  nameOf(key: string): string;
}

export function useChallenges(): Challenges {
  const { m } = useMessages();
  const { sync } = useLive();
  const catalogue = useCatalogue();
  const subject = catalogue.find((entry) => entry.kind === "register")?.subject;
  const [replica, setReplica] = useState<Replica<RegisterDocument>>();
  useEffect(() => {
    if (!sync || subject === undefined) return;
    const opened = sync.open<RegisterDocument>(subject);
    setReplica(opened);
    return () => {
      setReplica(undefined);
      opened.close();
    };
  }, [sync, subject]);
  const said = useRead(replica, challengesOf);
  const loading = areLoading(catalogue, useReplicaState(replica));
  return useMemo(
    () => ({
      loading,
      inUse: inUseOf(said, loading).map((one) => ({ key: one.key, name: challengeName(one, m), description: one.description })),
      nameOf: (key) => challengeName(said.find((one) => one.key === key) ?? { key, name: "" }, m),
    }),
    [said, loading, m],
  );
}

/** Has the server give a model a place for what it says of these challenges. */
export const completeModel = (workshop: string, subject: string, challenges: readonly string[]) =>
  request<void>(`/workshops/${workshop}/models/${subject}/challenges`, { method: "PUT", json: { challenges } });
