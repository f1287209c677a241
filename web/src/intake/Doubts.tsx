// What somebody should look at in a sheet: rows and cells, each beside what it was read as.
import { CheckmarkCircleIcon, ExclamationmarkTriangleIcon } from "@navikt/aksel-icons";
import type { Doubt, SheetPlan } from "../generated/domain.ts";
import { useMessages } from "../messages/index.ts";

/** Places shown for one kind; more of the same kind say little more. */
const PLACES_MAX = 6;

export function Doubts({ sheet }: { sheet: SheetPlan }) {
  const { m } = useMessages();
  const place = (doubt: Doubt) => ({
    at: m.intake.warningAt(doubt.row, doubt.column),
    words: `«${doubt.original}» ${m.intake.readAs(doubt.read_as)}`,
  });
  const count = sheet.warnings.length + sheet.doubts.length;
  if (count === 0) {
    return (
      <p className="sentence">
        <CheckmarkCircleIcon aria-hidden /> {m.intake.noWarnings}
      </p>
    );
  }
  return (
    <div className="sentence warn">
      <ExclamationmarkTriangleIcon aria-hidden />
      <div>
        <h3>{m.intake.warnings(count)}</h3>
        <ul className="doubts">
          {[...grouped(sheet.warnings, (warning) => warning.kind)].map(([kind, warnings]) => (
            <Places
              key={kind}
              words={m.intake.warningKinds[kind]}
              places={warnings.map((w) => ({ at: m.intake.warningAt(w.row, w.column), words: w.value }))}
            />
          ))}
          {[...grouped(sheet.doubts, (doubt) => doubt.why)].map(([why, doubts]) => (
            <Places key={why} words={m.intake.doubtKinds[why]} places={doubts.map(place)} />
          ))}
        </ul>
      </div>
    </div>
  );
}

/** One kind of doubt, and where it is met. */
function Places({ words, places }: { words: string; places: { at: string; words: string }[] }) {
  const { m } = useMessages();
  return (
    <li>
      {words} <span className="muted num">({places.length})</span>
      <ul>
        {places.slice(0, PLACES_MAX).map((place, i) => (
          <li key={i} className="small">
            <span className="muted">{place.at}</span> {place.words}
          </li>
        ))}
        {places.length > PLACES_MAX ? (
          <li className="small muted">{m.common.more(places.length - PLACES_MAX)}</li>
        ) : null}
      </ul>
    </li>
  );
}

function grouped<T, K>(items: T[], kind: (item: T) => K): Map<K, T[]> {
  const kinds = new Map<K, T[]>();
  for (const item of items) kinds.set(kind(item), [...(kinds.get(kind(item)) ?? []), item]);
  return kinds;
}
