// Where I am signed in, or can come in without signing in; each can be ended.
import { Button } from "@digdir/designsystemet-react";
import { LinkIcon, MonitorIcon } from "@navikt/aksel-icons";
import { useState } from "react";
import { endOtherPlaces, endPlace, type Place } from "../api/account.ts";
import { useResource } from "../api/resource.ts";
import { wordsOf } from "../api/words.ts";
import { ProblemLine } from "../design/ProblemLine.tsx";
import { useMessages } from "../messages/index.ts";

export function Places() {
  const { m } = useMessages();
  const w = m.places;
  const answer = useResource<{ places: Place[] }>("/places");
  const [problem, setProblem] = useState<string>();
  const places = answer.value?.places ?? [];
  const end = (act: () => Promise<void>) =>
    act()
      .then(() => answer.refresh())
      .catch((error: unknown) => setProblem(wordsOf(error, m)));
  return (
    <section aria-labelledby="places">
      <h2 id="places">{w.title}</h2>
      <p className="hint">{w.help}</p>
      <ProblemLine>{problem}</ProblemLine>
      <ul className="ways">
        {places.map((place) => (
          <PlaceLine key={place.id} place={place} onEnd={() => void end(() => endPlace(place.id))} />
        ))}
      </ul>
      {places.length > 1 ? (
        <Button variant="secondary" onClick={() => void end(endOtherPlaces)}>
          {w.endOthers}
        </Button>
      ) : null}
    </section>
  );
}

function PlaceLine({ place, onEnd }: { place: Place; onEnd(): void }) {
  const { m, format } = useMessages();
  const w = m.places;
  const Icon = place.kind === "browser" ? MonitorIcon : LinkIcon;
  const name = place.kind === "browser" ? place.browser || w.unknown : w.kinds[place.kind];
  const at = format.dateTime((place.used_s ?? place.made_s) * 1000);
  return (
    <li>
      <Icon aria-hidden className="ic" />
      <span className="grow">
        <span className="strong">{name}</span>
        <span className="small muted block">{place.used_s ? w.usedAt(at) : w.madeAt(at)}</span>
      </span>
      {place.here ? (
        <span className="tag good">{w.here}</span>
      ) : (
        <Button variant="tertiary" aria-label={`${w.end}: ${name}`} onClick={onEnd}>
          {w.end}
        </Button>
      )}
    </li>
  );
}
