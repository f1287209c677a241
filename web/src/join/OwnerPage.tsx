// The one-time link of the server's owner.
import { Button } from "@digdir/designsystemet-react";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { becomeOwner } from "../api/calls.ts";
import { Problem } from "../api/request.ts";
import { forgetResources } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useSecretFromAddress } from "./secret.ts";

export function OwnerPage() {
  const { m } = useMessages();
  const secret = useSecretFromAddress();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => setProblem(undefined), [secret]);
  const used = problem instanceof Problem && problem.kind === "link-used";
  const title = !secret ? m.join.noSecret : used ? m.owner.used : m.owner.title;
  const help = !secret ? m.join.noSecretHelp : used ? m.owner.usedHelp : m.owner.help;
  const become = async () => {
    if (!secret) return;
    setBusy(true);
    try {
      const session = await becomeOwner(secret);
      forgetResources();
      const only = session.participants.length === 1 ? session.participants[0] : undefined;
      await navigate(only ? `/w/${only.workshop}` : "/", { replace: true });
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  };
  return (
    <Outside>
      <title>{`${title} – Samverk`}</title>
      <h1>{title}</h1>
      <p className="when">{help}</p>
      {problem && !used ? <ProblemLine>{wordsOf(problem, m)}</ProblemLine> : null}
      {secret && !used ? (
        <Button className="wide" loading={busy} onClick={() => void become()}>
          {m.owner.do}
        </Button>
      ) : (
        <Button variant="secondary" asChild>
          <Link to="/">{m.common.toStart}</Link>
        </Button>
      )}
    </Outside>
  );
}
