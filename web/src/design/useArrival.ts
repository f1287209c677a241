// Who follows a link to an item of a screen is brought to it: the address names it after `#`.
import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";

/** Whether the address names this item; it is then scrolled to and gets the focus, once. */
export function useArrival(item: string, ref: RefObject<HTMLElement | null>): boolean {
  const arrives = useLocation().hash === `#${item}`;
  const brought = useRef(false);
  useEffect(() => {
    if (!arrives || brought.current || !ref.current) return;
    brought.current = true;
    ref.current.scrollIntoView({ block: "center" });
    ref.current.focus({ preventScroll: true });
  }, [arrives, ref]);
  return arrives;
}
