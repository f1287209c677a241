// Coming in by an account, from a machine that does not know one.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { SessionAnswer } from "../api/calls.ts";
import { forgetResources, useResource } from "../api/resource.ts";
import { PersonMark } from "../design/ActorMark.tsx";
import { Outside } from "../design/Outside.tsx";
import { useMessages } from "../messages/index.ts";
import { SignIn } from "./SignIn.tsx";
import "./account.css";

export function SignInPage() {
  const { m } = useMessages();
  const session = useResource<SessionAnswer>("/session");
  const navigate = useNavigate();
  const [anew, setAnew] = useState(false);
  const known = session.value && !session.problem ? session.value : undefined;
  if (!known && !session.problem)
    return (
      <Outside>
        <h1 className="vh">{m.common.loading}</h1>
      </Outside>
    );
  const come = (came: SessionAnswer) => {
    forgetResources();
    const only = came.participants.length === 1 ? came.participants[0] : undefined;
    return Promise.resolve(navigate(only ? `/w/${only.workshop}` : "/", { replace: true }));
  };
  return (
    <Outside>
      <title>{`${m.signIn.title} – Samverk`}</title>
      <h1>{m.signIn.title}</h1>
      {known && !anew ? (
        <Already session={known} onOther={() => setAnew(true)} />
      ) : (
        <>
          <p className="when">{m.signIn.lead}</p>
          {known ? <p className="sentence warn">{m.signIn.otherOut(nameOf(known))}</p> : null}
          <SignIn asksToRemember onDone={come} />
          <p className="small muted lost">
            {m.signIn.lost} <Link to="/">{m.common.toStart}</Link>
          </p>
        </>
      )}
    </Outside>
  );
}

const nameOf = (session: SessionAnswer) => session.participants[0]?.name ?? "";

/** The browser is somebody already: that is asked before it is another. */
function Already({ session, onOther }: { session: SessionAnswer; onOther(): void }) {
  const { m } = useMessages();
  const me = session.participants[0];
  return (
    <div className="stack">
      <p className="row">
        {me ? <PersonMark name={me.name} group={me.actor_group} /> : null} {m.signIn.already(me?.name ?? "")}
      </p>
      <Button className="wide" asChild>
        <Link to="/">{m.signIn.goOn(me?.name ?? "")}</Link>
      </Button>
      <Button className="wide" variant="secondary" onClick={onOther}>
        {m.signIn.asOther}
      </Button>
    </div>
  );
}
