// A model with a case beside it: what is picked in the case becomes evidence of what it is dropped on, or of what is chosen.
import { Button } from "@digdir/designsystemet-react";
import { SidebarRightIcon } from "@navikt/aksel-icons";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useIsForMore } from "../../api/catalogue.ts";
import { useFields } from "../../fields/editor.ts";
import { useMessages } from "../../messages/index.ts";
import { CaseBeside } from "./CaseBeside.tsx";
import { droppedOn, unmark } from "./drop.ts";
import { type Passage, type Picking, PickingContext, takenFrom } from "./passage.ts";
import { type Beside, useBeside } from "./useBeside.ts";
import { useTake } from "./useTake.ts";
import "./beside.css";

export function WithCase({ children }: { children: React.ReactNode }) {
  const { m } = useMessages();
  const { mayWrite, replica } = useFields();
  const [beside, open] = useBeside();
  const [picked, setPicked] = useState<Passage>();
  const [dragged, drag] = useState(false);
  const [mayShow, letShow] = useState(false);
  const isForFewer = useIsForMore(replica.subject, picked?.case ?? "");
  // A yes is about the words it was said of.
  const pick = useCallback((passage: Passage | undefined) => {
    setPicked(passage);
    letShow(false);
  }, []);
  const picking = useMemo<Picking>(
    () => ({ picked, pick, isForFewer, mayShow, letShow, dragged, drag }),
    [picked, pick, isForFewer, mayShow, dragged],
  );
  const take = useTake();
  const over = (event: React.DragEvent) => {
    if (dragged && droppedOn(event.target) !== undefined) event.preventDefault();
  };
  const drop = (event: React.DragEvent) => {
    unmark();
    const about = dragged && mayWrite ? droppedOn(event.target) : undefined;
    if (about === undefined || !picked) return;
    event.preventDefault();
    take(takenFrom(picked, mayShow || !isForFewer), about);
    pick(undefined);
  };
  const isOpen = beside.case !== undefined;
  const bar = useFocusBack(beside);
  // The same elements whether a case is open or not: what is open and half written in the model stays so.
  return (
    <PickingContext value={picking}>
      <div className={isOpen ? "withcase" : "withcase alone"}>
        <div className="withmodel" onDragOver={over} onDrop={drop}>
          {isOpen ? null : (
            <div className="row besidebar">
              <Button ref={bar} variant="secondary" data-size="sm" onClick={() => open({ case: "" })}>
                <SidebarRightIcon aria-hidden /> {m.model.caseBeside}
              </Button>
            </div>
          )}
          {children}
        </div>
        {isOpen ? <CaseBeside key={beside.case} subject={beside.case ?? ""} /> : null}
      </div>
    </PickingContext>
  );
}

/** Gives the focus back to what opened the case when it is closed; where that is gone, to the button of the page. */
function useFocusBack(beside: Beside): React.RefObject<HTMLButtonElement | null> {
  const bar = useRef<HTMLButtonElement>(null);
  const opener = useRef<Element>(undefined);
  const isOpen = beside.case !== undefined;
  // Before the case takes the focus itself.
  useLayoutEffect(() => {
    const from = document.activeElement;
    if (isOpen && from && from !== document.body && !from.closest(".casebeside")) opener.current = from;
  }, [isOpen, beside.case, beside.evidence]);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    const closed = wasOpen.current && !isOpen;
    wasOpen.current = isOpen;
    if (!closed) return;
    const back = opener.current;
    opener.current = undefined;
    if (document.activeElement !== document.body) return;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
    else bar.current?.focus();
  }, [isOpen]);
  return bar;
}
