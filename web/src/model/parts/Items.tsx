// A list of one kind of thing in a model: what there is, each opened to be written in, and one more.
import { Button } from "@digdir/designsystemet-react";
import { PlusIcon } from "@navikt/aksel-icons";
import { inOrder, type Item } from "../../api/caseDocument.ts";
import { useField, useFields } from "../../fields/editor.ts";
import { useAdd } from "../../fields/useAdd.ts";
import type { Content } from "../../sync/types.ts";

interface Ordered {
  order?: unknown;
}

export interface ItemProps<T> {
  item: Item<T>;
  path: readonly [string, string];
  /** Its place among those shown, from nought. */
  at: number;
  shown: Item<T>[];
  added: boolean;
}

interface Props<T extends Ordered> {
  list: string;
  /** Id of the heading. */
  id: string;
  words: { title: string; add: string; none: string };
  /** A new one, whole. */
  blank: Record<string, Content>;
  /** Which of the list are shown; all where nothing is said. */
  only?(item: T): boolean;
  /** Below a heading of its own. */
  below?: boolean;
  numbered?: boolean;
  /** There is nothing to add to yet. */
  closed?: boolean;
  /** What stands below the list, in its section. */
  after?: React.ReactNode;
  children(props: ItemProps<T>): React.ReactNode;
}

export function Items<T extends Ordered>({ list, id, words, blank, only, below, numbered, closed, after, children }: Props<T>) {
  const { mayWrite } = useFields();
  const all = inOrder(useField<Record<string, T>>([list]));
  const shown = only ? all.filter(only) : all;
  const { add, added } = useAdd([list], all);
  const [Heading, List] = [below ? "h3" : "h2", numbered ? "ol" : "ul"] as const;
  return (
    <section className={below ? "" : "sect"} aria-labelledby={id}>
      <div className="shead">
        <Heading id={id}>
          {words.title} <span className="muted num">{shown.length || ""}</span>
        </Heading>
        {mayWrite && !closed ? (
          <Button variant="tertiary" onClick={() => add(blank)}>
            <PlusIcon aria-hidden /> {words.add}
          </Button>
        ) : null}
      </div>
      {shown.length === 0 ? <p className="hint">{words.none}</p> : null}
      <List className="openlist">
        {shown.map((item, at) => children({ item, path: [list, item.id], at, shown, added: item.id === added }))}
      </List>
      {after}
    </section>
  );
}
