// The link back to oneself: the same person, on another machine or next week.
import { Button } from "@digdir/designsystemet-react";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { comeBack } from "../api/calls.ts";
import { forgetResources } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { useMessages } from "../messages/index.ts";
import { Outside } from "../design/Outside.tsx";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useSecretFromAddress } from "./secret.ts";

export function LinkBackPage() {
  const { m } = useMessages();
  const secret = useSecretFromAddress();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const come = async () => {
    if (!secret) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const session = await comeBack(secret);
      forgetResources();
      const only = session.participants.length === 1 ? session.participants[0] : undefined;
      await navigate(only ? `/w/${only.workshop}` : "/", { replace: true });
    } catch (error) {
      setProblem(wordsOf(error, m));
      setBusy(false);
    }
  };
  return (
    <Outside>
      <title>{`${m.linkBack.title} – Samverk`}</title>
      <h1>{secret ? m.linkBack.title : m.join.noSecret}</h1>
      <p className="when">{secret ? m.linkBack.help : m.join.noSecretHelp}</p>
      <ProblemLine>{problem}</ProblemLine>
      {secret ? (
        <Button className="wide" loading={busy} onClick={() => void come()}>
          {m.linkBack.do}
        </Button>
      ) : (
        <Button variant="secondary" asChild>
          <Link to="/">{m.common.toStart}</Link>
        </Button>
      )}
    </Outside>
  );
}
