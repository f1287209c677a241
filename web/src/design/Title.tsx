// The heading of a screen: names the tab, and takes the focus when the screen opens.
import { useLayoutEffect, useRef } from "react";

/** A heading that had the focus went away; the one that takes its place takes the focus too. */
let focusWaits = false;

export function Title({
  children,
  tab,
  hidden,
}: {
  children: React.ReactNode;
  tab: string;
  hidden?: boolean;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    const own = heading.current;
    if (focusWaits) own?.focus({ preventScroll: true });
    focusWaits = false;
    return () => {
      focusWaits = document.activeElement === own;
    };
  }, []);
  return (
    <>
      <title>{`${tab} – Samverk`}</title>
      <h1 ref={heading} tabIndex={-1} className={hidden ? "vh" : undefined}>
        {children}
      </h1>
    </>
  );
}
