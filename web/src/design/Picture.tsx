// A picture that is also a list (U1): one button changes between them, and the address remembers which.
import { BulletListIcon, PieChartIcon } from "@navikt/aksel-icons";
import { useId } from "react";
import { useSearchParams } from "react-router";
import { useMessages } from "../messages/index.ts";

const LISTS = "liste";

/** Whether a picture is shown as its list, and how to change that. */
export function useAsList(name: string): [boolean, () => void] {
  const [params, setParams] = useSearchParams();
  const shown = (params.get(LISTS) ?? "").split(",").filter(Boolean);
  const asList = shown.includes(name);
  const change = () =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        const rest = asList ? shown.filter((one) => one !== name) : [...shown, name];
        if (rest.length) next.set(LISTS, rest.join(","));
        else next.delete(LISTS);
        return next;
      },
      { replace: true, preventScrollReset: true, flushSync: true },
    );
  return [asList, change];
}

export function ListButton({ asList, what, onChange }: { asList: boolean; what: string; onChange(): void }) {
  const { m } = useMessages();
  const Icon = asList ? PieChartIcon : BulletListIcon;
  return (
    <button type="button" className="listbtn" onClick={onChange}>
      <Icon aria-hidden className="ic" />
      {asList ? m.views.asPicture : m.views.asList}
      <span className="vh">: {what}</span>
    </button>
  );
}

interface Props {
  /** In the address; short and never changed. */
  name: string;
  title: string;
  level?: 2 | 3;
  /** What the picture says, for who does not see it. */
  caption?: React.ReactNode;
  picture: React.ReactNode;
  list: React.ReactNode;
}

export function Picture({ name, title, level = 3, caption, picture, list }: Props) {
  const [asList, change] = useAsList(name);
  const heading = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className="picture" aria-labelledby={heading}>
      <div className="pichead">
        <Heading id={heading}>{title}</Heading>
        <ListButton asList={asList} what={title} onChange={change} />
      </div>
      {asList ? list : picture}
      {caption ? <p className="small muted">{caption}</p> : null}
    </section>
  );
}
