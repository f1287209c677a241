// Adds an item to the end of a live list, and remembers which it was.
import { useState } from "react";
import { type Item, plain } from "../api/caseDocument.ts";
import { addItem, choice, freshId, orderBetween } from "../sync/index.ts";
import type { Content } from "../sync/types.ts";
import { useFields } from "./editor.ts";

/** `add` puts a whole item last and answers its key; `added` is the key of the one this tab added last. */
export function useAdd(path: readonly string[], items: readonly Item<{ order?: unknown }>[]) {
  const { replica } = useFields();
  const [added, setAdded] = useState<string>();
  const add = (item: Record<string, Content>) => {
    const id = freshId();
    const order = orderBetween(plain(items.at(-1)?.order) || null, null);
    replica.edit(addItem(path, id, { ...item, order: choice(order) }));
    setAdded(id);
    return id;
  };
  return { add, added };
}
