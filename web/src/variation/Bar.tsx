// One value as a bar: how many cases have it, and how many of them are chosen. A link to those cases.
import { Fragment } from "react";
import { Link } from "react-router";
import type { Count } from "../api/figures.ts";
import { useMessages } from "../messages/index.ts";

interface Props {
  label: string;
  count: Count;
  /** The longest bar beside it stands for so many cases. */
  most: number;
  /** Whether any case is chosen at all. */
  chosen: boolean;
  to: string;
  /** Marks beside the label that say the same. */
  marks?: React.ReactNode;
}

export function Bar({ label, count, most, chosen, to, marks }: Props) {
  const { m } = useMessages();
  const { cases, chosen: selected } = count;
  const width = (n: number) => `${Math.max(most > 0 ? (100 * n) / most : 0, n > 0 ? 3 : 0)}%`;
  const both = chosen && cases > 0;
  const parts = (
    <>
      <span className="l">
        {marks}
        <span className={marks ? "vh" : undefined}><Breakable>{label}</Breakable></span>
      </span>{" "}
      <span className="n num">
        {both ? selected : cases}
        {both ? <em> / {cases}</em> : null}{" "}
        <span className="vh">{cases === 0 ? m.variation.barGap : both ? m.variation.barChosen : m.variation.barAll(cases)}</span>
      </span>
      <span className="b" aria-hidden="true">
        {cases ? <i style={{ width: width(cases) }} /> : null}
        {chosen ? <i className="s" style={{ width: width(selected) }} /> : null}
      </span>
    </>
  );
  if (cases > 0) {
    return (
      <li className="vbar">
        <Link className="vrow" to={to}>
          {parts}
        </Link>
      </li>
    );
  }
  return (
    <li className="vbar zero">
      <span className="vrow">{parts}</span>
    </li>
  );
}

/** Words joined by a slash may part after it. */
function Breakable({ children }: { children: string }) {
  const parts = children.split("/");
  return parts.map((part, place) => (
    <Fragment key={place}>
      {part}
      {place < parts.length - 1 ? "/" : null}
      {place < parts.length - 1 ? <wbr /> : null}
    </Fragment>
  ));
}
