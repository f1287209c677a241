// A case on its way: the sync layer, the document, or the code of the page itself.
import { Button, Skeleton } from "@digdir/designsystemet-react";
import { useLive, useRowsBySubject, useStoreOr } from "../api/live.tsx";
import { MessageBlock } from "../design/Problems.tsx";
import { Title } from "../design/Title.tsx";
import { useMessages } from "../messages/index.ts";
import type { ConnectionState } from "../sync/types.ts";

export function CaseLoading({ subject }: { subject: string }) {
  const { m } = useMessages();
  const { sync } = useLive();
  const row = useRowsBySubject().get(subject);
  const connection = useStoreOr<ConnectionState>(sync?.connection, "connecting");
  if (connection === "offline" || connection === "ended") {
    return (
      <div className="page">
        <MessageBlock title={m.case.offline} help={m.case.offlineHelp}>
          <Button variant="secondary" onClick={() => sync?.reconnect()}>
            {m.save.retry}
          </Button>
        </MessageBlock>
      </div>
    );
  }
  return (
    <div className="page stack">
      <Title tab={row?.name ?? m.nav.cases} hidden={!row}>
        {row ? row.name : m.case.loading}
      </Title>
      <p className="vh" role="status">
        {m.case.loading}
      </p>
      <Skeleton height={48} />
      <Skeleton height={200} />
      <Skeleton height={120} />
    </div>
  );
}
