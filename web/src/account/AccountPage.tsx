// How I sign in from another machine, and where I am signed in.
import { useState } from "react";
import { Link } from "react-router";
import type { AccountAnswer } from "../api/account.ts";
import type { SessionAnswer } from "../api/calls.ts";
import { Problem } from "../api/request.ts";
import { SESSION, usePart, useResource } from "../api/resource.ts";
import { useAskedSession } from "../api/session.ts";
import { wordsOf } from "../api/words.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";
import { ConfirmMe } from "./ConfirmMe.tsx";
import { FirstWay } from "./FirstWay.tsx";
import { Places } from "./Places.tsx";
import { Ways } from "./Ways.tsx";
import "./account.css";

/** Does what changes how one signs in: what goes wrong is told, and who has to show who they are is asked to. */
export type Change = (act: () => Promise<unknown>) => Promise<boolean>;

export function AccountPage() {
  return useAskedSession() ? <Mine /> : <Loading />;
}

function Loading() {
  const { m } = useMessages();
  return (
    <Outside>
      <h1 className="vh">{m.common.loading}</h1>
    </Outside>
  );
}

function Mine() {
  const { m } = useMessages();
  const w = m.account;
  const answer = useResource<AccountAnswer>("/account");
  const { change, problem, confirming } = useChange(answer.refresh);
  const account = answer.value?.account;
  if (!answer.value && !answer.problem) return <Loading />;
  const out = answer.problem?.status === 401;
  return (
    <Outside>
      <title>{`${w.title} – Samverk`}</title>
      <h1>{w.title}</h1>
      <p className="when">{out ? w.out : account ? w.lead : w.leadNone}</p>
      {answer.problem && !out ? <ProblemLine>{wordsOf(answer.problem, m)}</ProblemLine> : null}
      <ProblemLine>{problem}</ProblemLine>
      {answer.value && !out ? (
        <>
          {account ? (
            <Ways account={account} possible={answer.value.passkeys_possible} change={change} />
          ) : (
            <FirstWay possible={answer.value.passkeys_possible} change={change} />
          )}
          <Places />
        </>
      ) : null}
      {account && confirming ? <ConfirmMe account={account} {...confirming} /> : null}
      <p className="back">
        <Link to={out ? "/logg-inn" : "/"}>{out ? m.signIn.title : m.common.toStart}</Link>
      </p>
    </Outside>
  );
}

interface Confirming {
  onDone(session: SessionAnswer): Promise<unknown>;
  onClose(): void;
}

function useChange(refresh: () => Promise<void>) {
  const { m } = useMessages();
  const me = usePart<SessionAnswer, string | undefined>(SESSION, (all) => all.value?.person);
  const [problem, setProblem] = useState<string>();
  const [confirming, setConfirming] = useState<Confirming>();
  const change: Change = async (act) => {
    setProblem(undefined);
    try {
      await act();
      await refresh();
      return true;
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== "confirm-first") {
        setProblem(wordsOf(error, m));
        return false;
      }
    }
    return new Promise((resolve) => {
      setConfirming({
        onDone: async (session) => {
          // Somebody else's passkey opens somebody else's session, and nothing of theirs is to be changed.
          if (session.person !== me) return location.assign("/innlogging");
          setConfirming(undefined);
          resolve(await change(act));
        },
        onClose: () => {
          setConfirming(undefined);
          resolve(false);
        },
      });
    });
  };
  return { change, problem, confirming };
}
