// One function for each of the server's answers that the screens ask for.
import type { Characteristic, Grant, ImportReport, RegisterRow, State } from "../generated/domain.ts";
import { request } from "./request.ts";

export interface Participation {
  id: string;
  workshop: string;
  title: string;
  name: string;
  actor_group: string;
  organisation: string | null;
  grants: Grant[];
}

export interface SessionAnswer {
  person: string;
  owner: boolean;
  participants: Participation[];
}

export interface JoinLook {
  workshop: string;
  title: string;
  purpose: string;
  grant: Grant;
  /** How many are in the workshop at this moment. */
  here: number;
}

export interface WorkshopAnswer {
  id: string;
  title: string;
  purpose: string;
  counts: { cases: number };
}

export interface RegisterAnswer {
  rows: RegisterRow[];
  characteristics: Characteristic[];
}

export interface LinkRow {
  id: string;
  grant: Grant;
  label: string;
  /** Seconds since 1970. */
  created_s: number;
  used: number;
  revoked: number | string | boolean | null;
}

export const getSession = () => request<SessionAnswer>("/session");
/** Signs out for good: a browser that is still known would be let in again by its next request. */
export const endSession = () => request<void>("/session", { method: "DELETE", json: { forget: true } });
export const becomeOwner = (secret: string) =>
  request<SessionAnswer>("/owner", { method: "POST", json: { secret } });
export const lookAtLink = (secret: string) =>
  request<JoinLook>("/join/look", { method: "POST", json: { secret } });

export interface JoinWords {
  secret: string;
  name: string;
  actor_group: string;
  organisation?: string;
  as_new?: boolean;
}
export const join = (words: JoinWords) =>
  request<{ participant: string; workshop: string }>("/join", { method: "POST", json: words });

export const createWorkshop = (title: string, purpose: string, key: string) =>
  request<{ workshop: string }>("/workshops", {
    method: "POST",
    json: { title, purpose },
    headers: keyed(key),
  });
export const getWorkshop = (workshop: string) => request<WorkshopAnswer>(`/workshops/${workshop}`);
export const createCase = (workshop: string, name: string, key: string) =>
  request<{ subject: string; document: string; code: string }>(`/workshops/${workshop}/cases`, {
    method: "POST",
    json: { name },
    headers: keyed(key),
  });

/** Reads a list; a dry run only reports what it would become. */
export function importList(
  workshop: string,
  file: File,
  dryRun: boolean,
  key: string,
): Promise<ImportReport> {
  const type = file.type || (file.name.endsWith(".csv") ? "text/csv" : "application/octet-stream");
  return request<ImportReport>(`/workshops/${workshop}/import?dry_run=${dryRun}`, {
    method: "POST",
    body: file,
    headers: { ...keyed(key), "Content-Type": type, "X-File-Name": encodeURIComponent(file.name) },
  });
}

export const getLinks = (workshop: string) => request<{ links: LinkRow[] }>(`/workshops/${workshop}/links`);
export const createLink = (workshop: string, grant: Grant, label: string) =>
  request<{ id: string; secret: string; path: string }>(`/workshops/${workshop}/links`, {
    method: "POST",
    json: { grant, label },
  });
export const revokeLink = (workshop: string, link: string) =>
  request<void>(`/workshops/${workshop}/links/${link}`, { method: "DELETE", json: {} });
export const setGrants = (workshop: string, participant: string, grants: Grant[]) =>
  request<void>(`/workshops/${workshop}/people/${participant}/grants`, { method: "PUT", json: { grants } });
/** Closes, opens or archives a subject. */
export const setState = (workshop: string, subject: string, state: State) =>
  request<void>(`/workshops/${workshop}/subjects/${subject}/state`, { method: "PUT", json: { state } });

const keyed = (key: string) => ({ "Idempotency-Key": key });
