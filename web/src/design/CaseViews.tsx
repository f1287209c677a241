// The views of the cases, as tabs above each of them.
import { NavLink } from "react-router";
import { useIsTeam, useLive } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import "./caseViews.css";

export function CaseViews() {
  const { m } = useMessages();
  const { id } = useLive();
  const isTeam = useIsTeam();
  const views = [
    { path: "", label: m.views.table },
    { path: "/variasjon", label: m.views.variation },
    { path: "/grupper", label: m.views.grouping },
    { path: "/mangler", label: m.views.missing },
    { path: "/utvalg", label: m.views.selection },
    { path: "/kjennetegn", label: m.characteristics.link },
    { path: "/sok", label: m.views.searches },
    ...(isTeam ? [{ path: "/dialog", label: m.views.dialogue }] : []),
  ];
  return (
    <nav className="viewtabs" aria-label={m.views.label}>
      {views.map(({ path, label }) => (
        <NavLink key={path} to={`/w/${id}/eksempler${path}`} end={path === ""}>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
