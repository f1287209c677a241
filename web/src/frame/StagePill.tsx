// What is going on now, at the top of every screen: a few words, the time that is left, and the way there.
import { PlayIcon } from "@navikt/aksel-icons";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Stage } from "../api/collections.ts";
import { useLive, useStage } from "../api/live.tsx";
import { clock, useTimeLeft } from "../api/timeLeft.ts";
import { useMessages } from "../messages/index.ts";

export function StagePill() {
  const { m } = useMessages();
  const { id } = useLive();
  const stage = useStage();
  const left_s = useTimeLeft(stage);
  const activity = stage?.activity;
  useSpoken(stage, left_s);
  if (!activity) return null;
  const to = activity.collection ? `/w/${id}/innsamlinger/${activity.collection}` : `/w/${id}/innsamlinger`;
  return (
    <Link className={`stage ${left_s === 0 ? "over" : ""}`} to={to}>
      <PlayIcon aria-hidden className="ic" />
      <span className="vh">{m.stage.now}</span>
      <span className="t">{activity.title}</span>
      {left_s === undefined ? null : (
        <span className="num left" role="timer">
          {left_s === 0 ? m.stage.over : clock(left_s)}
        </span>
      )}
    </Link>
  );
}

const LAST_MINUTE_S = 60;

/** A minute before the end and at the end it is said aloud; each once. */
function useSpoken(stage: Stage | undefined, left_s: number | undefined): void {
  const { m } = useMessages();
  const { say } = useLive();
  const before = useRef<number>(undefined);
  const title = stage?.activity?.title;
  const begun = useRef(title);
  useEffect(() => {
    if (title && title !== begun.current) say(m.stage.begins(title));
    begun.current = title;
  }, [title, say, m]);
  useEffect(() => {
    const was = before.current;
    before.current = left_s;
    if (was === undefined || left_s === undefined) return;
    if (was > LAST_MINUTE_S && left_s <= LAST_MINUTE_S && left_s > 0) say(m.stage.lastMinute);
    if (was > 0 && left_s === 0) say(m.stage.timeIsUp);
  }, [left_s, say, m]);
}
