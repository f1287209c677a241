// The place from which changes are read aloud, politely, without moving the focus.
import { useCallback, useState } from "react";
import { useMessages } from "../messages/index.ts";

interface Spoken {
  id: number;
  text: string;
}

/** The last few announcements, and how to add one. */
export function useAnnouncer(): { texts: Spoken[]; say(text: string): void } {
  const [texts, setTexts] = useState<Spoken[]>([]);
  const say = useCallback((text: string) => {
    setTexts((before) => [...before.slice(-4), { id: (before[before.length - 1]?.id ?? 0) + 1, text }]);
  }, []);
  return { texts, say };
}

export function Announcer({ texts }: { texts: Spoken[] }) {
  const { m } = useMessages();
  return (
    <div className="vh" role="log" aria-live="polite" aria-relevant="additions" aria-label={m.frame.announce}>
      {texts.map(({ id, text }) => (
        <p key={id}>{text}</p>
      ))}
    </div>
  );
}
