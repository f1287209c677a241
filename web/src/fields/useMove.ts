// Moves an item of a live list to another place in it.
import { type Item, plain } from "../api/caseDocument.ts";
import { useMessages } from "../messages/index.ts";
import { orderBetween, setChoice } from "../sync/index.ts";
import { useFields } from "./editor.ts";

/** `at` is its place among those `shown`, from nought. */
export function useMove(path: readonly string[], at: number, shown: readonly Item<{ order?: unknown }>[], name: string): (to: number) => void {
  const { m } = useMessages();
  const { replica, say } = useFields();
  const orderAt = (place: number) => plain(shown[place]?.order) || null;
  return (to) => {
    const [before, after] = to < at ? [orderAt(to - 1), orderAt(to)] : [orderAt(to), orderAt(to + 1)];
    replica.edit(setChoice([...path, "order"], orderBetween(before, after)));
    say(m.case.moved(name, to + 1, shown.length));
  };
}
