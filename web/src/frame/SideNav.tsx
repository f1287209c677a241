// The areas of a workshop: only those that exist.
import { ArchiveIcon, BulletListIcon, ComponentIcon, HouseIcon, PersonGroupIcon, TasklistIcon } from "@navikt/aksel-icons";
import { NavLink } from "react-router";
import { useCaseCount, useCollectionsWaiting, useLive, useLobby, useStoreOr } from "../api/live.tsx";
import { useModels } from "../api/models.ts";
import { useMessages } from "../messages/index.ts";
import type { KeptCopy } from "../sync/types.ts";

const noCopies: readonly KeptCopy[] = [];

export function SideNav() {
  const { m } = useMessages();
  const { id, sync } = useLive();
  const cases = useCaseCount();
  const models = useModels().length;
  const waiting = useStoreOr(sync?.kept, noCopies).filter((copy) => copy.status === "offered").length;
  const lobby = useLobby().length;
  const answers = useCollectionsWaiting();
  const areas = [
    { to: `/w/${id}`, end: true, label: m.nav.overview, icon: HouseIcon, count: undefined },
    { to: `/w/${id}/eksempler`, label: m.nav.cases, icon: BulletListIcon, count: cases },
    { to: `/w/${id}/modeller`, label: m.nav.models, icon: ComponentIcon, count: models || undefined },
    { to: `/w/${id}/innsamlinger`, label: m.nav.collections, icon: TasklistIcon, count: answers || undefined, of: m.nav.toAnswer },
    { to: `/w/${id}/folk`, label: m.nav.people, icon: PersonGroupIcon, count: lobby || undefined, of: m.nav.inLobby },
    ...(waiting ? [{ to: `/w/${id}/kopier`, label: m.nav.copies, icon: ArchiveIcon, count: waiting }] : []),
  ];
  return (
    <nav className="nav" aria-label={m.nav.label}>
      <ul>
        {areas.map(({ to, label, icon: Icon, count, of, ...rest }) => (
          <li key={to}>
            <NavLink to={to} end={"end" in rest}>
              <Icon aria-hidden className="ic" />
              <span className="l">{label}</span>
              {count === undefined ? null : (
                <span className="n num">
                  {count}
                  {of ? <span className="vh"> {of}</span> : null}
                </span>
              )}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
