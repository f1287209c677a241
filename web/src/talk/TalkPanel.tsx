// What people say about a thing: a field to write in, what waits for an answer, and what is resolved.
import { useState } from "react";
import { ActorMark } from "../design/ActorMark.tsx";
import { Segmented } from "../design/Segmented.tsx";
import { useMessages } from "../messages/index.ts";
import { Compose } from "./Compose.tsx";
import { beginThread, byGroup, type Thread } from "./talk.ts";
import { ThreadView } from "./ThreadView.tsx";
import type { TalkState } from "./useTalk.ts";
import "./talk.css";

interface Props {
  talk: TalkState;
  /** Why nothing can be written; shown to those who may not. */
  readOnly: string;
}

export function TalkPanel({ talk, readOnly }: Props) {
  const { m } = useMessages();
  const { threads } = talk;
  if (talk.missing) return <p className="sentence warn">{m.talk.missing}</p>;
  if (!threads) return <p className="muted">{m.common.loading}</p>;
  return (
    <div className="talk stack">
      {talk.mayWrite ? (
        <Compose
          label={m.talk.write}
          action={m.talk.send}
          onSend={(text) => talk.edit(beginThread(threads, talk.me, Date.now(), text))}
        />
      ) : (
        <p className="sentence">{readOnly}</p>
      )}
      {threads.length === 0 ? <p className="teach small">{m.talk.none}</p> : <Threads talk={talk} threads={threads} />}
    </div>
  );
}

const EVERYBODY = "all";

function Threads({ talk, threads }: { talk: TalkState; threads: Thread[] }) {
  const { m } = useMessages();
  const [chosen, setChosen] = useState(EVERYBODY);
  const groupOf = (by: string) => talk.speaker(by)?.group ?? "";
  const groups = byGroup(threads, groupOf);
  const group = groups.some((one) => one.group === chosen) ? chosen : EVERYBODY;
  const speaks = ({ comments }: Thread) => comments.some(({ by, withdrawn }) => !withdrawn && groupOf(by) === group);
  const shown = threads.filter((thread) => group === EVERYBODY || speaks(thread)).reverse();
  const open = shown.filter(({ resolved }) => !resolved);
  const resolved = shown.filter((thread) => thread.resolved);
  const name = (key: string) => m.groupsShort[key as keyof typeof m.groupsShort] ?? key;
  return (
    <>
      {groups.length > 1 ? (
        <Segmented
          legend={m.talk.byGroup}
          value={group}
          options={[
            { value: EVERYBODY, label: m.talk.everybody },
            ...groups.map((one) => ({
              value: one.group,
              label: `${name(one.group)} ${one.count}`,
              icon: <ActorMark group={one.group} size="sm" quiet />,
            })),
          ]}
          onChoose={setChosen}
        />
      ) : null}
      {open.length === 0 ? <p className="muted small">{m.talk.noneOpen}</p> : null}
      {open.map((thread) => (
        <ThreadView key={thread.id} thread={thread} talk={talk} />
      ))}
      {resolved.length > 0 ? (
        <details className="stack">
          <summary>{m.talk.resolvedCount(resolved.length)}</summary>
          {resolved.map((thread) => (
            <ThreadView key={thread.id} thread={thread} talk={talk} />
          ))}
        </details>
      ) : null}
    </>
  );
}
