// The top of every screen of a workshop: where am I, is it saved, who is here, my own menu.
import { MagnifyingGlassIcon } from "@navikt/aksel-icons";
import { Link } from "react-router";
import { useLive, useWorkshopAnswer } from "../api/live.tsx";
import { SamverkMark } from "../design/icons.tsx";
import { useMessages } from "../messages/index.ts";
import { OwnMenu } from "./OwnMenu.tsx";
import { PeopleHere } from "./PeopleHere.tsx";
import { StagePill } from "./StagePill.tsx";
import { SaveStateView } from "./SaveStateView.tsx";

export function TopBar({ openPalette }: { openPalette(): void }) {
  const { m } = useMessages();
  const { me, id } = useLive();
  const workshop = useWorkshopAnswer().value;
  return (
    <header className="top">
      <Link className="brand" to={`/w/${id}`} aria-label="Samverk">
        <SamverkMark />
        <span>Samverk</span>
      </Link>
      <div className="ws">
        <b>{workshop?.title ?? me.title}</b>
        <span>{workshop?.purpose}</span>
      </div>
      <StagePill />
      <SaveStateView />
      <PeopleHere />
      <button type="button" className="searchbtn" onClick={openPalette} aria-keyshortcuts="Control+K">
        <MagnifyingGlassIcon aria-hidden className="ic" />
        <span>{m.frame.search}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <OwnMenu />
    </header>
  );
}
