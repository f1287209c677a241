// Where the focus goes when another screen opens: to its heading, so that it is read and Tab goes on from there.
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";

export function useFocusOnNavigation(): void {
  const { pathname, state } = useLocation() as { pathname: string; state: { keepsFocus?: boolean } | null };
  // Who goes on from case to case by keyboard is put where they were, by the page itself.
  const keepsFocus = state?.keepsFocus ?? false;
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (keepsFocus) return;
    const main = document.getElementById("main");
    const heading = main?.querySelector<HTMLElement>("h1");
    (heading ?? main)?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }, [pathname, keepsFocus]);
}
