// How one signs in, where one is signed in, and the owner's view of the server.
import { type LinkRow, type SessionAnswer } from "./calls.ts";
import { request } from "./request.ts";
import type { Grant } from "../generated/domain.ts";
import { makeKey, showKey } from "./passkey.ts";

export interface Passkey {
  id: string;
  label: string;
  /** Seconds since 1970. */
  made_s: number;
  used_s: number | null;
}

export interface Account {
  name: string;
  made_s: number;
  /** When the password was chosen; null where there is none. */
  password_s: number | null;
  passkeys: Passkey[];
}

export interface AccountAnswer {
  account: Account | null;
  /** Whether the address of the server is one that browsers keep passkeys for. */
  passkeys_possible: boolean;
  /** Whether one has just shown who one is. */
  confirmed: boolean;
}

export interface Place {
  id: string;
  kind: "browser" | "link-back" | "sign-in-link";
  browser: string;
  made_s: number;
  used_s: number | null;
  signed_in: boolean;
  here: boolean;
}

const post = <T>(path: string, json: unknown) => request<T>(path, { method: "POST", json });
const put = (path: string, json: unknown) => request<void>(path, { method: "PUT", json });
const remove = (path: string) => request<void>(path, { method: "DELETE", json: {} });

export const signInByPassword = (name: string, password: string, remember: boolean) =>
  post<SessionAnswer>("/sign-in", { name, password, remember });

export async function signInByPasskey(remember: boolean): Promise<SessionAnswer> {
  const passkey = await showKey(await post("/sign-in/begin", {}));
  return post<SessionAnswer>("/sign-in", { passkey, remember });
}

export const renameAccount = (name: string) => put("/account/name", { name });
/** `name` is for who has no account yet. */
export const setPassword = (password: string, name?: string) =>
  put("/account/password", { password, ...(name ? { name } : {}) });
export const removePassword = () => remove("/account/password");
export const removePasskey = (id: string) => remove(`/account/passkeys/${id}`);

/** `name` is for who has no account yet. */
export async function addPasskey(label: string, name?: string): Promise<void> {
  const named = name ? { name } : {};
  const passkey = await makeKey(await post("/account/passkeys/begin", named));
  await post<void>("/account/passkeys", { ...named, label, passkey });
}

export const endPlace = (id: string) => remove(`/places/${id}`);
export const endOtherPlaces = () => remove("/places");

export interface ServerAnswer {
  version: string;
  started_s: number;
  /** Whether the store takes what is written. */
  stores: boolean;
  used_bytes: number | null;
  free_bytes: number | null;
  backup_s: number | null;
  backup_bytes: number | null;
  set_aside: { document: string; workshop: string | null; reason: string }[];
  connections: number;
  failed_requests: number;
  refused_frames: number;
}

export interface AdminWorkshop {
  id: string;
  title: string;
  created_s: number;
  people: number;
  waiting: number;
  here: number;
  documents: number;
  bytes: number;
  edited_s: number | null;
  links: LinkRow[];
}

export interface AdminPerson {
  id: string;
  owner: boolean;
  created_s: number;
  account: Account | null;
  participants: {
    workshop: string;
    name: string;
    actor_group: string;
    organisation: string;
    grants: Grant[];
    waits: boolean;
  }[];
  places: Place[];
}

export const revokeAnyLink = (workshop: string, link: string) =>
  remove(`/admin/workshops/${workshop}/links/${link}`);
export const endPlaceOf = (person: string, place: string) =>
  remove(`/admin/people/${person}/places/${place}`);
export const endPlacesOf = (person: string) => remove(`/admin/people/${person}/places`);
