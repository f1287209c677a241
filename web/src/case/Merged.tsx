// Of a case that went into another: where all it had is now, and the way back.
import { Button } from "@digdir/designsystemet-react";
import { useRef, useState } from "react";
import { Link } from "react-router";
import { undoImport } from "../api/calls.ts";
import { casePath } from "../api/caseLink.ts";
import { useIsTeam, useLive, useRegister, useRowsBySubject } from "../api/live.tsx";
import { useMerged } from "../api/merges.ts";
import { idempotencyKey } from "../api/request.ts";
import { Confirm } from "../design/Confirm.tsx";
import { useMessages } from "../messages/index.ts";

export function Merged({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { id, say } = useLive();
  const rows = useRowsBySubject();
  const { refresh } = useRegister();
  const merged = useMerged(subject);
  const isTeam = useIsTeam();
  const [asking, setAsking] = useState(false);
  const key = useRef("");
  if (!merged) return null;
  const [code, into] = [rows.get(subject)?.code ?? "", rows.get(merged.into)];
  const name = into ? `${into.code} ${into.name}` : m.case.unnamed;
  const undo = async () => {
    const { left_fields } = await undoImport(id, merged.import, key.current);
    say(m.merge.undone(code, left_fields));
    void refresh();
  };
  return (
    <div className="sentence merged" role="note">
      <span className="grow">
        {m.merge.isMerged(code)} <Link to={casePath(id, merged.into)}>{name}</Link>. {m.merge.isMergedHelp}
      </span>
      {isTeam ? (
        <Button
          variant="tertiary"
          data-size="sm"
          onClick={() => {
            key.current = idempotencyKey();
            setAsking(true);
          }}
        >
          {m.merge.undo}
        </Button>
      ) : null}
      {asking ? (
        <Confirm
          title={m.merge.undoTitle(code, into?.code ?? "")}
          help={m.merge.undoHelp(code, into?.code ?? "")}
          action={m.merge.undo}
          onDo={undo}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </div>
  );
}
