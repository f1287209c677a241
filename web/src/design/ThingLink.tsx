// A thing that refers to others, wherever it is named: what it is, what it is called, and the way to it.
import { Link } from "react-router";
import { type Thing, useThingPath } from "../api/uses.ts";
import { useMessages } from "../messages/index.ts";
import "./thingLink.css";

export function ThingLink({ thing }: { thing: Thing }) {
  const { m } = useMessages();
  const path = useThingPath();
  return (
    <Link className="thinglink" to={path(thing)}>
      <span className="tag">{m.uses.kinds[thing.kind]}</span>
      <span className="t">{thing.title || m.uses.untitled}</span>
    </Link>
  );
}
