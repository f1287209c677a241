// What is picked from the case beside the model: a passage of a text, or a coded value.
import { createContext, useContext } from "react";

export interface Passage {
  /** Subject of the case. */
  case: string;
  /** `texts.benefit`, or `codings.KEY`. */
  field: string;
  /** The words, of a text. */
  quote: string;
  /** What it says in short, of a coded value. */
  shows: string;
}

/** What a person reads of it. */
export const wordsOf = ({ quote, shows }: Passage): string => (quote ? `«${quote}»` : shows);

/** What of it goes into the model: its words only where whoever reads the model may read them. */
export const takenFrom = (passage: Passage, showsWords: boolean): Passage => (showsWords ? passage : { ...passage, quote: "", shows: "" });

/** Who picks and who takes over what was picked are different parts of the page. */
export interface Picking {
  picked: Passage | undefined;
  pick(passage: Passage | undefined): void;
  /** Whether the case is read by fewer than the model that it is picked for. */
  isForFewer: boolean;
  /** Somebody says that its words may be shown all the same. */
  mayShow: boolean;
  letShow(mayShow: boolean): void;
  /** It is being dragged. */
  dragged: boolean;
  drag(dragged: boolean): void;
}

export const PickingContext = createContext<Picking | null>(null);

export function usePicking(): Picking {
  const picking = useContext(PickingContext);
  if (!picking) throw new Error("what is picked needs a PickingContext around it");
  return picking;
}

/** The passage of a text that is selected; nothing where it is blank. */
export function passageFrom(subject: string, field: string, text: string, from: number, to: number): Passage | undefined {
  const quote = text.slice(from, to).replace(/\s+/g, " ").trim();
  return quote ? { case: subject, field, quote, shows: "" } : undefined;
}

/** Where a quote stands in a text, whatever its white space; nothing where its words are there no more. */
export function placeOf(text: string, quote: string): [number, number] | undefined {
  const words = quote.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return undefined;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const found = new RegExp(escaped.join("\\s+")).exec(text);
  return found ? [found.index, found.index + found[0].length] : undefined;
}
