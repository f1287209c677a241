// One function for each of the server's answers that the screens ask for.
import type { Audience, Characteristic, Grant, ImportChoices, ImportPlan, RegisterRow, Role, State } from "../generated/domain.ts";
import { request } from "./request.ts";

export interface Participation {
  id: string;
  workshop: string;
  title: string;
  name: string;
  actor_group: string;
  organisation: string | null;
  roles: Role[];
  grants: Grant[];
}

export interface SessionAnswer {
  person: string;
  owner: boolean;
  /** Whether they can sign in from a browser that does not know them. */
  account: boolean;
  participants: Participation[];
  /** Where this person waits in the lobby. */
  waiting: Participation[];
}

export interface JoinLook {
  workshop: string;
  title: string;
  purpose: string;
  roles: Role[];
  grant: Grant;
  /** How many are in the workshop at this moment. */
  here: number;
  /** Whether one waits to be let in. */
  lobby: boolean;
}

export interface WorkshopAnswer {
  id: string;
  title: string;
  purpose: string;
  counts: { cases: number };
}

export interface RegisterAnswer {
  rows: RegisterRow[];
  /** Those in use, in order. */
  characteristics: Characteristic[];
  /** Of the set. */
  characteristics_version: number;
}

export interface LinkRow {
  id: string;
  roles: Role[];
  grant: Grant;
  label: string;
  /** Seconds since 1970. */
  created_s: number;
  used: number;
  revoked: boolean;
  /** Seconds since 1970; null where it does not end. */
  ends_s: number | null;
  uses_max: number | null;
  lobby: boolean;
  closed: boolean;
}

/** When and for whom a link opens. */
export interface LinkTerms {
  hours?: number;
  uses_max?: number;
  lobby?: boolean;
  /** A code that is read out opens it too. */
  code?: boolean;
}

export interface LinkMade {
  id: string;
  path: string;
  code: string | null;
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
  request<{ participant: string; workshop: string; waits: boolean }>("/join", { method: "POST", json: words });

/** Erases this person, here and in every workshop. */
export const eraseMe = () => request<void>("/session/data", { method: "DELETE", json: {} });
/** Where one's own data is downloaded. */
export const MY_DATA = "/api/v1/session/data";

/** Something that was decided; `by` is a participant, or null for who runs the server. */
export type Act = { at_ms: number; by: string | null } & (
  | { act: "made-workshop" | "refused" }
  | { act: "made-link"; link: string; grants: Grant[]; lobby: boolean }
  | { act: "revoked-link"; link: string }
  | { act: "set-closed"; link: string; closed: boolean }
  | { act: "joined"; participant: string; link: string; waits: boolean }
  | { act: "admitted"; participant: string; admit: boolean }
  | { act: "set-grants"; participant: string; roles: Role[]; grants: Grant[] }
  | { act: "erased" | "signed-out"; participant: string }
  | { act: "imported"; list: string; cases: number }
  | { act: "undid-import"; list: string; cases: number }
  | { act: "merged-cases" | "undid-merge"; stays: string; goes: string }
  | { act: "set-state"; subject: string; state: State }
  | { act: "set-audience"; subject: string; audience: Audience }
  | { act: "opened-collection" | "revealed-collection"; collection: string; named: boolean }
  | { act: "set-collection-closed"; collection: string; closed: boolean }
  | { act: "replaced"; subject: string }
);

export const createWorkshop = (title: string, purpose: string, key: string) =>
  request<{ workshop: string }>("/workshops", {
    method: "POST",
    json: { title, purpose },
    headers: keyed(key),
  });
export const createCase = (workshop: string, name: string, key: string) =>
  request<{ subject: string; document: string; code: string }>(`/workshops/${workshop}/cases`, {
    method: "POST",
    json: { name },
    headers: keyed(key),
  });

/** What lists would become; nothing is added. */
export const planImport = (workshop: string, files: readonly File[], choices: ImportChoices) =>
  request<ImportPlan>(`${importsPath(workshop)}?dry_run=true`, { method: "POST", body: listsForm(files, choices) });
/** Makes cases of lists. */
export const importLists = (workshop: string, files: readonly File[], choices: ImportChoices, key: string) =>
  request<ImportPlan>(importsPath(workshop), {
    method: "POST",
    body: listsForm(files, choices),
    headers: keyed(key),
  });

function listsForm(files: readonly File[], choices: ImportChoices): FormData {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  form.append("choices", JSON.stringify(choices));
  return form;
}

/** Lists that came in together. */
export interface Import {
  id: string;
  list: string;
  /** Null for the server itself. */
  by: string | null;
  at_ms: number;
  cases: number;
  /** Cases that were there, and got something. */
  joined: number;
  /** It is two cases that turned out to be one. */
  merged: boolean;
  /** It was a filled code form. */
  code_form: boolean;
  undone_ms: number | null;
}
export const importsPath = (workshop: string) => `/workshops/${workshop}/imports`;
/** What undoing it would archive, and what somebody has worked on since. */
export const getImport = (workshop: string, id: string) =>
  request<{ import: Import; untouched: string[]; touched: string[]; joined: string[] }>(`${importsPath(workshop)}/${id}`);
export const undoImport = (workshop: string, id: string, key: string) =>
  request<{ archived: string[]; left: string[]; restored: number; left_fields: number }>(`${importsPath(workshop)}/${id}/undo`, {
    method: "POST",
    json: {},
    headers: keyed(key),
  });

export const createLink = (workshop: string, role: Role, label: string, terms: LinkTerms) =>
  request<LinkMade>(`/workshops/${workshop}/links`, { method: "POST", json: { role, label, ...terms } });
/** Shuts a link, or opens it again; who came by it stays. */
export const setClosed = (workshop: string, link: string, closed: boolean) =>
  request<void>(`/workshops/${workshop}/links/${link}/closed`, { method: "PUT", json: { closed } });
/** Lets somebody in from the lobby, or sends them away. */
export const admit = (workshop: string, participant: string, yes: boolean) =>
  request<void>(`/workshops/${workshop}/people/${participant}/admission`, {
    method: "PUT",
    json: { admit: yes },
  });
/** A link back to oneself. */
export const makeLinkBack = () =>
  request<{ path: string; days: number }>("/return", { method: "POST", json: {} });
export const comeBack = (secret: string) =>
  request<SessionAnswer>("/return/use", { method: "POST", json: { secret } });
export const revokeLink = (workshop: string, link: string) =>
  request<void>(`/workshops/${workshop}/links/${link}`, { method: "DELETE", json: {} });
export const setRoles = (workshop: string, participant: string, roles: readonly Role[]) =>
  request<void>(`/workshops/${workshop}/people/${participant}/roles`, { method: "PUT", json: { roles } });
/** Documents of which a workshop has one. */
export type StandingKind = "team" | "register";
/** The workshop's document of this kind, made where there is none. */
export const furnish = (workshop: string, kind: StandingKind) =>
  request<{ subject: string; document: string }>(`/workshops/${workshop}/documents/${kind}`, { method: "PUT", json: {} });
/** Destroys what was removed from a subject's document, with its history. */
export const eraseRemoved = (workshop: string, subject: string) =>
  request<void>(`/workshops/${workshop}/subjects/${subject}/erasure`, { method: "POST", json: {} });
/** Sets whom a subject is for. */
export const setAudience = (workshop: string, subject: string, audience: Audience) =>
  request<void>(`/workshops/${workshop}/subjects/${subject}/audience`, { method: "PUT", json: { audience } });
/** Closes, opens or archives a subject. */
export const setState = (workshop: string, subject: string, state: State) =>
  request<void>(`/workshops/${workshop}/subjects/${subject}/state`, { method: "PUT", json: { state } });

const keyed = (key: string) => ({ "Idempotency-Key": key });
