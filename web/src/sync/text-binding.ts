/**
 * Binds an input or a textarea to a Text. What is typed becomes the smallest splice; what others write is put
 * in without moving the caret from its character, the selection, or what is in view. While an input method
 * composes, the element is left alone; what others wrote meanwhile comes in afterwards.
 */

import { spliceText } from "./edits";
import type { Path } from "./edits";
import { rawAt } from "./paths";
import type { TextReplica } from "./replica";
import { applySplice, movePosition, spliceBetween } from "./splices";
import type { Splice } from "./splices";
import type { History, Replica } from "./types";

/** The part of an input or a textarea that the binding uses. */
export interface TextElement {
  value: string;
  selectionStart: number | null;
  selectionEnd: number | null;
  selectionDirection: string | null;
  scrollTop: number;
  scrollLeft: number;
  readonly scrollHeight: number;
  readonly tagName: string;
  setSelectionRange(start: number, end: number, direction?: "forward" | "backward" | "none"): void;
  addEventListener(type: string, listener: (event: Event) => void): void;
  removeEventListener(type: string, listener: (event: Event) => void): void;
}

export interface TextBindingOptions {
  /** Takes Ctrl+Z and Ctrl+Y instead of the browser's own, which forgets when others write. */
  history?: History;
  /** The field's name in presence; the path if not given. */
  field?: string;
}

/** Binds until the returned function is called. */
export function bindText(
  element: TextElement,
  replica: Replica,
  path: Path,
  options: TextBindingOptions = {},
): () => void {
  const binding = new TextBinding(element, replica as TextReplica, path, options);
  return () => binding.stop();
}

class TextBinding {
  /** The text behind what the element showed when it was last looked at. */
  private text = "";
  /** The element's value at that moment. */
  private shown = "";
  private composing = false;
  private writing = false;
  /** What others did while composing. */
  private held: Splice[] | null = [];
  private readonly stops: (() => void)[] = [];

  constructor(
    private readonly element: TextElement,
    private readonly replica: TextReplica,
    private readonly path: Path,
    private readonly options: TextBindingOptions,
  ) {
    this.showAnew();
    this.stops.push(replica.onText(path, (splices) => this.changed(splices)));
    this.stops.push(replica.subscribe(() => this.lookAgain()));
    this.listen("input", () => this.typed());
    this.listen("compositionstart", () => (this.composing = true));
    this.listen("compositionend", () => this.composed());
    this.listen("beforeinput", (event) => this.historyEvent(event, inputType(event)));
    this.listen("keydown", (event) => this.historyEvent(event, historyKey(event)));
    for (const type of ["focus", "select", "keyup", "pointerup"]) this.listen(type, () => this.sayWhere());
    this.listen("blur", () => this.replica.presence(null));
  }

  stop(): void {
    if (this.composing) this.composed();
    for (const stop of this.stops) stop();
  }

  private listen(type: string, listener: (event: Event) => void): void {
    this.element.addEventListener(type, listener);
    this.stops.push(() => this.element.removeEventListener(type, listener));
  }

  private current(): string {
    const text = rawAt(this.replica.doc, this.path);
    return typeof text === "string" ? text : "";
  }

  /** The person has changed the element. */
  private typed(): void {
    if (this.composing) return;
    const caret = this.element.selectionEnd ?? undefined;
    const splice = spliceBetween(this.shown, this.element.value, caret);
    if (!splice) return;
    const raw = toText(this.text, this.shown, splice);
    const after = this.write([raw]);
    if (!after) return this.showAnew();
    this.text = this.current();
    this.shown = this.element.value;
    if (shownAs(this.element, this.text) !== this.shown) this.showAnew();
    this.sayWhere();
  }

  /** The composition is over: its splice goes past what others wrote meanwhile, then theirs is shown. */
  private composed(): void {
    this.composing = false;
    const held = this.held;
    this.held = [];
    if (held !== null && held.length === 0) return this.typed();
    const caret = this.element.selectionEnd ?? undefined;
    const own = spliceBetween(this.shown, this.element.value, caret);
    if (!own) return this.showAnew();
    const raw = toText(this.text, this.shown, own);
    const theirs = held ?? [spliceBetween(this.text, this.current()) ?? { at: 0, del: 0, ins: "" }];
    const moved = past(raw, theirs);
    this.write(moved);
    const end = (moved.at(-1)?.at ?? 0) + raw.ins.length;
    this.show(this.current(), (text) => fromText(text, shownAs(this.element, text), end));
    this.sayWhere();
  }

  /** Does own splices; false where the replica takes none now. */
  private write(splices: readonly Splice[]): boolean {
    this.writing = true;
    try {
      for (const { at, del, ins } of splices) this.replica.edit(spliceText(this.path, at, del, ins));
      return true;
    } catch {
      return false;
    } finally {
      this.writing = false;
    }
  }

  /** Somebody else, another field or an undo has changed the text. */
  private changed(splices: readonly Splice[] | null): void {
    if (this.writing) return;
    if (this.composing) {
      this.held = splices && this.held ? [...this.held, ...splices] : null;
      return;
    }
    if (splices === null) return this.showAnew();
    this.follow(splices);
  }

  /** For changes that came without splices: another document, a text put anew. */
  private lookAgain(): void {
    if (!this.writing && !this.composing && this.current() !== this.text) this.showAnew();
  }

  private showAnew(): void {
    const splice = spliceBetween(this.text, this.current());
    if (splice) this.follow([splice]);
    else if (this.element.value !== shownAs(this.element, this.text))
      this.show(this.text, () => this.text.length);
  }

  private follow(splices: readonly Splice[]): void {
    const { element, text, shown } = this;
    const collapsed = element.selectionStart === element.selectionEnd;
    const start = toTextIndex(text, shown, element.selectionStart ?? shown.length);
    const end = toTextIndex(text, shown, element.selectionEnd ?? shown.length);
    const move = (position: number, side: "left" | "right"): number =>
      splices.reduce((moved, splice) => movePosition(moved, splice, side), position);
    const after = splices.reduce(applySplice, text);
    const newText = after === this.current() ? after : this.current();
    const newStart = move(start, collapsed ? "left" : "right");
    const newEnd = Math.max(newStart, move(end, "left"));
    const above = splices.every(({ at }) => at < start);
    this.show(
      newText,
      (raw, now) => fromText(raw, now, newStart),
      (raw, now) => fromText(raw, now, newEnd),
      above,
    );
  }

  /** Puts the text into the element with the selection given, and what was in view still in view. */
  private show(
    text: string,
    start: (text: string, shown: string) => number,
    end: (text: string, shown: string) => number = start,
    above = false,
  ): void {
    const { element } = this;
    const value = shownAs(element, text);
    if (!isFocused(element)) {
      // Nobody's caret or view to keep, and asking where they are makes the browser lay the page out.
      this.text = text;
      this.shown = value;
      if (element.value !== value) element.value = value;
      return;
    }
    const [top, left, height, direction] = [
      element.scrollTop,
      element.scrollLeft,
      element.scrollHeight,
      element.selectionDirection,
    ];
    this.text = text;
    this.shown = value;
    if (element.value === value) return;
    element.value = value;
    element.setSelectionRange(start(text, value), end(text, value), directionOf(direction));
    element.scrollTop = above && top > 0 ? top + element.scrollHeight - height : top;
    element.scrollLeft = left;
  }

  private historyEvent(event: Event, what: "undo" | "redo" | undefined): void {
    const { history } = this.options;
    if (!history || !what) return;
    event.preventDefault();
    if (what === "undo") history.undo();
    else history.redo();
  }

  private sayWhere(): void {
    const { selectionStart, selectionEnd, selectionDirection } = this.element;
    if (this.composing || selectionStart === null || selectionEnd === null || !isFocused(this.element))
      return;
    const start = toTextIndex(this.text, this.shown, selectionStart);
    const end = toTextIndex(this.text, this.shown, selectionEnd);
    const [anchor, head] = selectionDirection === "backward" ? [end, start] : [start, end];
    this.replica.presence(this.options.field ?? this.path.join("/"), { path: this.path, anchor, head });
  }
}

/** An own splice where others have spliced before it: it removes what it meant to, and nothing of theirs. */
export function past(own: Splice, theirs: readonly Splice[]): Splice[] {
  let ranges = own.del > 0 ? [{ from: own.at, to: own.at + own.del }] : [];
  let at = own.at;
  for (const splice of theirs) {
    at = movePosition(at, splice, "left");
    ranges = ranges.flatMap(({ from, to }) => {
      const inside = splice.at > from && splice.at < to && splice.ins.length > 0;
      const start = movePosition(from, splice, "right");
      const stop = movePosition(to, splice, "left");
      if (!inside) return start < stop ? [{ from: start, to: stop }] : [];
      const parts = [
        { from, to: splice.at },
        { from: splice.at + splice.ins.length, to: Math.max(splice.at, to - splice.del) + splice.ins.length },
      ];
      return parts.filter((part) => part.from < part.to);
    });
  }
  const removals = ranges.map(({ from, to }) => ({ at: from, del: to - from, ins: "" })).reverse();
  const insertion: Splice[] = own.ins ? [{ at, del: 0, ins: own.ins }] : [];
  // Removals before the insertion's place move it; done from the end, each keeps its own place.
  const before = ranges
    .filter(({ from }) => from < at)
    .reduce((sum, { from, to }) => sum + Math.min(to, at) - from, 0);
  return [...removals, ...insertion.map((splice) => ({ ...splice, at: at - before }))];
}

/** What an element shows of a text: a textarea has one kind of line end, an input none. */
function shownAs(element: TextElement, text: string): string {
  return element.tagName === "INPUT" ? text.replace(/[\r\n]/g, "") : text.replace(/\r\n?/g, "\n");
}

/** The splice of the text that makes the splice of what is shown. */
function toText(text: string, shown: string, { at, del, ins }: Splice): Splice {
  const from = toTextIndex(text, shown, at);
  return { at: from, del: toTextIndex(text, shown, at + del) - from, ins };
}

/** The index in the text of an index in what is shown, which lacks some line ends. */
function toTextIndex(text: string, shown: string, index: number): number {
  if (text === shown) return index;
  let at = 0;
  for (let seen = 0; seen < index && at < text.length; at++) if (isShown(text, shown, at, seen)) seen++;
  return at;
}

function fromText(text: string, shown: string, index: number): number {
  if (text === shown) return index;
  let seen = 0;
  for (let at = 0; at < index; at++) if (isShown(text, shown, at, seen)) seen++;
  return seen;
}

/** Whether the unit at `at` is the one that stands at `seen` in what is shown. */
function isShown(text: string, shown: string, at: number, seen: number): boolean {
  const unit = text[at];
  if (unit !== "\r" && unit !== "\n") return true;
  if (shown[seen] !== "\n") return false;
  return unit === "\n" || text[at + 1] !== "\n";
}

function isFocused(element: TextElement): boolean {
  const owner = (element as Partial<HTMLElement>).ownerDocument;
  return owner === undefined || owner.activeElement === (element as unknown);
}

function directionOf(direction: string | null): "forward" | "backward" | "none" {
  return direction === "forward" || direction === "backward" ? direction : "none";
}

function inputType(event: Event): "undo" | "redo" | undefined {
  const type = (event as Partial<InputEvent>).inputType;
  return type === "historyUndo" ? "undo" : type === "historyRedo" ? "redo" : undefined;
}

function historyKey(event: Event): "undo" | "redo" | undefined {
  const { key, ctrlKey, metaKey, shiftKey, altKey } = event as Partial<KeyboardEvent>;
  if (!(ctrlKey || metaKey) || altKey) return undefined;
  const letter = key?.toLowerCase();
  if (letter === "z") return shiftKey ? "redo" : "undo";
  return letter === "y" ? "redo" : undefined;
}
