// What must be said beside every figure: of what it is made, what was left out, and that coding is judgement.
import type { About } from "../api/figures.ts";
import { useLabels } from "../api/labels.ts";
import { useLive } from "../api/live.tsx";
import { Link } from "react-router";
import { useMessages } from "../messages/index.ts";

export function Base({ about }: { about: About }) {
  const { m, format } = useMessages();
  const labels = useLabels();
  const { id } = useLive();
  const sentences = [
    m.views.base(about.cases, about.characteristics.length, about.blanks, about.characteristics_version),
    ...(about.imagined ? [m.views.imagined(about.imagined)] : []),
    ...(about.archived ? [m.views.archived(about.archived)] : []),
    ...(about.unreadable ? [m.views.unreadable(about.unreadable)] : []),
    ...(about.uncoded.length ? [m.views.uncoded(format.list(about.uncoded.map(labels.characteristic)))] : []),
  ];
  return (
    <p className="small muted num">
      {sentences.join(" ")} <Link to={`/w/${id}/eksempler/kjennetegn`}>{m.characteristics.link}</Link>
    </p>
  );
}
