// Every version of the characteristics: who, when, what.
import type { Version } from "../api/characteristics.ts";
import { usePeopleHere } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";

export function History({ history }: { history: Version[] }) {
  const { m, format } = useMessages();
  const people = usePeopleHere();
  const words = m.characteristics;
  const who = (by: string | null) =>
    by === null ? words.server : (people.find((one) => one.participant === by)?.name ?? words.somebody);
  return (
    <section className="kset" aria-labelledby="k-history">
      <h2 id="k-history">{words.history}</h2>
      <p className="hint">{history.length ? words.historyHelp : words.historyNone}</p>
      <ol className="khistory">
        {history.map((one) => (
          <li key={one.version}>
            <p className="small muted num">
              <span className="strong">{words.version(one.version)}</span> · {who(one.by)} · {format.dateTime(one.at_ms)}
            </p>
            <ul>
              {one.changes.map((changed, place) => (
                <li key={place}>{words.changed[changed.what](changed.label, changed.from, changed.to)}</li>
              ))}
            </ul>
          </li>
        ))}
        {history.length ? (
          <li>
            <p className="small muted num strong">{words.versionFirst}</p>
          </li>
        ) : null}
      </ol>
    </section>
  );
}
