// A thread: the comment it began with, the answers, and what I can do with it.
import { Button } from "@digdir/designsystemet-react";
import { CheckmarkCircleIcon, PencilIcon, TrashIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { useLive } from "../api/live.tsx";
import { PersonMark } from "../design/ActorMark.tsx";
import { useMessages } from "../messages/index.ts";
import { Compose } from "./Compose.tsx";
import { answerIn, changeWords, type Comment, resolve, type Thread, withdraw } from "./talk.ts";
import type { TalkState } from "./useTalk.ts";

interface Props {
  thread: Thread;
  talk: TalkState;
}

export function ThreadView({ thread, talk }: Props) {
  const { m } = useMessages();
  const { say } = useLive();
  const [answering, setAnswering] = useOpened();
  const first = thread.comments.find(({ withdrawn }) => !withdrawn);
  const words = first?.text ?? "";
  const resolveWord = thread.resolved ? m.talk.reopen : m.talk.resolve;
  const turn = () => {
    talk.edit(resolve(thread, thread.resolved ? null : talk.me));
    say(thread.resolved ? m.talk.reopened : m.talk.isResolved);
  };
  return (
    <article className={`thread card ${thread.resolved ? "resolved" : ""}`} aria-label={m.talk.thread(words)}>
      <ul>
        {thread.comments.map((comment) => (
          <CommentView key={comment.id} comment={comment} thread={thread} talk={talk} />
        ))}
      </ul>
      {thread.resolved ? <ResolvedBy by={talk.speaker(thread.resolved)?.name} /> : null}
      {answering === "open" ? (
        <Compose
          label={m.talk.answerLabel}
          action={m.talk.answer}
          onSend={(text) => {
            talk.edit(answerIn(thread, talk.me, Date.now(), text));
            setAnswering(false);
          }}
          onCancel={() => setAnswering(false)}
        />
      ) : talk.mayWrite ? (
        <div className="row actions">
          <Button
            variant="tertiary"
            aria-label={`${m.talk.answer}: ${words}`}
            autoFocus={answering === "closed"}
            onClick={() => setAnswering(true)}
          >
            {m.talk.answer}
          </Button>
          {talk.mayResolve ? (
            <Button variant="tertiary" aria-label={`${resolveWord}: ${words}`} onClick={turn}>
              {resolveWord}
            </Button>
          ) : null}
        </div>
      ) : null}
    </article>
  );
}

/** Whether a field is open; once it was closed, the focus returns to what opened it. */
function useOpened(): ["never" | "open" | "closed", (open: boolean) => void] {
  const [opened, setOpened] = useState<"never" | "open" | "closed">("never");
  return [opened, (open) => setOpened(open ? "open" : "closed")];
}

function ResolvedBy({ by }: { by: string | undefined }) {
  const { m } = useMessages();
  return (
    <p className="small good row">
      <CheckmarkCircleIcon aria-hidden className="ic" />
      {m.talk.resolvedBy(by ?? m.talk.somebody)}
    </p>
  );
}

function CommentView({ comment, thread, talk }: Props & { comment: Comment }) {
  const { m, format } = useMessages();
  const [editing, setEditing] = useOpened();
  const speaker = talk.speaker(comment.by);
  const own = comment.by === talk.me && talk.mayWrite && !comment.withdrawn;
  const group = speaker && m.groupsShort[speaker.group as keyof typeof m.groupsShort];
  return (
    <li className="comment">
      <div className="who">
        {speaker ? <PersonMark name={speaker.name} group={speaker.group} size="sm" quiet /> : null}
        <span className="grow">
          <span className="strong block">{speaker?.name ?? m.talk.somebody}</span>{" "}
          <span className="small muted block">
            {[group, speaker?.organisation, format.dateTime(comment.at_ms)].filter(Boolean).join(" · ")}
          </span>
        </span>
        {own && editing !== "open" ? (
          <Own
            comment={comment}
            thread={thread}
            talk={talk}
            focus={editing === "closed"}
            onEdit={() => setEditing(true)}
          />
        ) : null}
      </div>
      {editing === "open" ? (
        <Compose
          label={m.talk.edit(comment.text)}
          hideLabel
          action={m.common.save}
          text={comment.text}
          onSend={(text) => {
            talk.edit(changeWords(thread, comment, text));
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <p className={comment.withdrawn ? "said muted" : "said"}>{comment.withdrawn ? m.talk.withdrawn : comment.text}</p>
      )}
    </li>
  );
}

function Own({ comment, thread, talk, focus, onEdit }: Props & { comment: Comment; focus: boolean; onEdit(): void }) {
  const { m } = useMessages();
  const { say } = useLive();
  return (
    <span className="own">
      <button type="button" className="iconbtn" autoFocus={focus} onClick={onEdit}>
        <PencilIcon aria-hidden className="ic" />
        <span className="vh">{m.talk.edit(comment.text)}</span>
      </button>
      <button
        type="button"
        className="iconbtn"
        onClick={(event) => {
          // The button goes with the comment; the focus must not.
          event.currentTarget.closest<HTMLElement>("[role=tabpanel]")?.focus();
          talk.edit(withdraw(thread, comment));
          say(m.talk.isWithdrawn);
        }}
      >
        <TrashIcon aria-hidden className="ic" />
        <span className="vh">{m.talk.withdraw(comment.text)}</span>
      </button>
    </span>
  );
}
