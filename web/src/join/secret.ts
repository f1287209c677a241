// The secret of a link stands after `#`: it never reaches the server's logs, and leaves the address bar at once.
import { useEffect, useState } from "react";

/** Characters of a secret in base64url. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** The secret the page was last opened with, taken out of the address and its history entry. */
export function useSecretFromAddress(): string | undefined {
  const [secret, setSecret] = useState(takeSecret);
  // A second link in the same tab changes only what stands after `#`: the page is not loaded anew.
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
