// The secret of a link stands after `#`: it never reaches the server's logs, and leaves the address bar at once.
import { useEffect, useState } from "react";
import { useLocation } from "react-router";

/** A secret in base64url, or the code of a room. */
const SECRET = /^([A-Za-z0-9_-]{43}|[0-9A-TV-Z]{6})$/;

/** The secret the page was last opened with, taken out of the address and its history entry. */
export function useSecretFromAddress(): string | undefined {
  const [secret, setSecret] = useState(takeSecret);
  const { key } = useLocation();
  // A code that is typed on this very page changes only what stands after `#`, and so does a second link in the same
  // tab: the page is not loaded anew.
  useEffect(() => setSecret(takeSecret()), [key]);
  useEffect(() => {
    const again = () => setSecret(takeSecret());
    addEventListener("hashchange", again);
    return () => removeEventListener("hashchange", again);
  }, []);
  return secret;
}

let taken: { path: string; secret: string } | undefined;

function takeSecret(): string | undefined {
  const found = location.hash.slice(1);
  const path = location.pathname;
  if (SECRET.test(found)) {
    taken = { path, secret: found };
    history.replaceState(history.state, "", path);
  }
  // The page may be rendered twice before it is shown; the second time the address is already clean.
  return taken?.path === path ? taken.secret : undefined;
}
