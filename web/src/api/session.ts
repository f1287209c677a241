// Who this browser is, as the server says; without a network, as it last said.
import { useEffect, useState } from "react";
import { forgetSession, readSession } from "../sync/session.ts";
import type { SessionAnswer } from "./calls.ts";
import { forgetKept, keepFor } from "./kept.ts";
import { API, Problem } from "./request.ts";

const api = () => location.origin + API;

/** The session; 401 where there is none, which also makes this browser forget what it kept. */
export async function askSession(): Promise<SessionAnswer> {
  const answer = await readSession(api());
  if (answer.kind === "session") {
    const session = answer.session as SessionAnswer;
    keepFor(session.person);
    return session;
  }
  if (answer.kind === "unreachable") throw new Problem("unreachable", 0, "");
  await forgetKept();
  throw new Problem("no-session", 401, "");
}

/** After the person has signed out. */
export async function forgetMe(): Promise<void> {
  forgetSession(api());
  await forgetKept();
}

/** Whether the session was asked for since this screen opened: only that question gives a browser that is known a new one. */
export function useAskedSession(): boolean {
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    let gone = false;
    // Who has no session is told so by whatever is asked for next.
    void askSession()
      .catch(() => undefined)
      .then(() => gone || setAsked(true));
    return () => void (gone = true);
  }, []);
  return asked;
}
