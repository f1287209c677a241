// Is the server well? What needs a hand first, then the numbers.
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import type { ServerAnswer } from "../api/account.ts";
import { type Messages, useMessages } from "../messages/index.ts";
import { inBytes } from "./bytes.ts";

const GIB = 1024 ** 3;
/** Less than this is little, on any disk. */
const FREE_BYTES_MIN = GIB;
/** A backup older than two days is none to trust in. */
const BACKUP_S_MAX = 2 * 86_400;

export function Health({ server, titles }: { server: ServerAnswer; titles: Map<string, string> }) {
  const { m, format } = useMessages();
  const w = m.admin;
  const wrong = whatIsWrong(server, m, Date.now() / 1000);
  const facts: [string, string][] = [
    [w.store, server.used_bytes === null ? w.unknown : inBytes(server.used_bytes, format)],
    [w.free, server.free_bytes === null ? w.unknown : inBytes(server.free_bytes, format)],
    [w.backup, server.backup_s === null ? w.noBackup : format.dateTime(server.backup_s * 1000)],
    [w.connections, format.number(server.connections)],
    [w.failed, w.failedOf(server.failed_requests, server.refused_frames)],
    [w.runs, w.since(server.version, format.dateTime(server.started_s * 1000))],
  ];
  return (
    <section aria-labelledby="health">
      <h2 id="health">{w.health}</h2>
      {wrong.length === 0 ? (
        <p className="sentence well">
          <CheckmarkCircleIcon aria-hidden /> {w.well}
        </p>
      ) : null}
      {wrong.map((words) => (
        <p key={words} className="sentence warn">
          <ExclamationmarkTriangleIcon aria-hidden /> {words}
        </p>
      ))}
      <dl className="facts">
        {facts.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd className="num">{how}</dd>
          </div>
        ))}
      </dl>
      {server.set_aside.length > 0 ? (
        <>
          <h3>{w.setAside}</h3>
          <ul className="aside">
            {server.set_aside.map((one) => (
              <li key={one.document}>
                <code>{one.document}</code>
                {one.workshop ? <span>{titles.get(one.workshop) ?? one.workshop}</span> : null}
                <span className="muted">{one.reason}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  );
}

function whatIsWrong(server: ServerAnswer, m: Messages, now_s: number): string[] {
  const w = m.admin;
  const old = server.backup_s === null || now_s - server.backup_s > BACKUP_S_MAX;
  return [
    server.stores ? "" : w.storesNothing,
    server.set_aside.length ? w.setAsideSome(server.set_aside.length) : "",
    server.free_bytes !== null && server.free_bytes < FREE_BYTES_MIN ? w.littleRoom : "",
    old ? (server.backup_s === null ? w.neverBackedUp : w.oldBackup) : "",
  ].filter(Boolean);
}
