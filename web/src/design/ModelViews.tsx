// The views of all models, as tabs above each of them.
import { NavLink } from "react-router";
import { useLive } from "../api/live.tsx";
import { useMessages } from "../messages/index.ts";
import "./caseViews.css";

export function ModelViews() {
  const { m } = useMessages();
  const { id } = useLive();
  const views = [
    { path: "", label: m.models.title },
    { path: "/utfordringer", label: m.challenges.title },
    { path: "/sannhetstabell", label: m.truthTable.title },
    { path: "/balanse", label: m.balance.title },
    { path: "/felles-forutsetninger", label: m.balance.common },
  ];
  return (
    <nav className="viewtabs" aria-label={m.balance.views}>
      {views.map(({ path, label }) => (
        <NavLink key={path} to={`/w/${id}/modeller${path}`} end>
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
