// Which part of the page something is dropped on. Read off the page itself: any part that can have evidence says what it is.
import { STATED } from "../statements.ts";

/** As evidence names it; nothing where nothing there can have evidence. */
export function droppedOn(target: EventTarget): string | undefined {
  unmark();
  if (!(target instanceof Element)) return undefined;
  const stated = STATED.map((list) => `[data-list="${list}"]`).join(", ");
  const found = target.closest<HTMLElement>("[data-about]") ?? target.closest<HTMLElement>(stated);
  if (!found) return undefined;
  found.classList.add("dropon");
  return found.dataset["about"] ?? `${found.dataset["list"] ?? ""}/${found.dataset["item"] ?? ""}`;
}

/** Nothing is marked as where it would land. */
export function unmark(): void {
  document.querySelectorAll(".dropon").forEach((one) => one.classList.remove("dropon"));
}
