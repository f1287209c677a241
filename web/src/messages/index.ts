// The chosen language and what follows from it: words, dates, numbers, the page's `lang`.
import { createContext, useContext } from "react";
import type { Messages } from "./nb.ts";

export type { Messages } from "./nb.ts";

export type Language = "nb" | "nn" | "en";

export const LANGUAGES: readonly Language[] = ["nb", "nn", "en"];

/** Each language under its own name. */
export const LANGUAGE_NAMES: Record<Language, string> = { nb: "Bokmål", nn: "Nynorsk", en: "English" };

const LOCALES: Record<Language, string> = { nb: "nb-NO", nn: "nn-NO", en: "en-GB" };

const LOADERS: Record<Language, () => Promise<Messages>> = {
  nb: () => import("./nb.ts").then((file) => file.nb),
  nn: () => import("./nn.ts").then((file) => file.nn),
  en: () => import("./en.ts").then((file) => file.en),
};

/** Fetches the words of a language. */
export function loadMessages(language: Language): Promise<Messages> {
  return LOADERS[language]();
}

/** Dates, numbers and orders of a language. */
export interface Format {
  number(value: number): string;
  /** With so many decimals, for who compares with another tool. */
  exact(value: number, decimals: number): string;
  /** A share from 0 to 1, in whole per cent. */
  percent(share: number): string;
  time(at: number): string;
  dateTime(at: number | string): string;
  date(at: number | string): string;
  list(words: string[]): string;
  /** «a, b eller c». */
  either(words: string[]): string;
  collator: Intl.Collator;
}

/** The formats of a language, made once for each choice. */
export function formatOf(language: Language): Format {
  const locale = LOCALES[language];
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(locale, { style: "percent" });
  const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  const date = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" });
  const dateTime = new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
  });
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const either = new Intl.ListFormat(locale, { type: "disjunction" });
  return {
    number: (value) => number.format(value),
    exact: (value, decimals) =>
      new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value),
    percent: (share) => percent.format(share),
    time: (at) => time.format(at),
    date: (at) => orText(at, (when) => date.format(when)),
    dateTime: (at) => orText(at, (when) => dateTime.format(when)),
    list: (words) => list.format(words),
    either: (words) => either.format(words),
    collator: new Intl.Collator(locale, { numeric: true, sensitivity: "base" }),
  };
}

function orText(at: number | string, format: (when: Date) => string): string {
  const when = new Date(at);
  return Number.isNaN(when.getTime()) ? String(at) : format(when);
}

/** Which language to begin with: the stored choice, else what the browser prefers. */
export function firstLanguage(stored: string | null, preferred: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of preferred) {
    const base = tag.toLowerCase().split("-")[0];
    if (base === "nn" || base === "en") return base;
    if (base === "nb" || base === "no") return "nb";
  }
  return "nb";
}

/** Whether a text names one of the languages. */
export function isLanguage(text: string | null): text is Language {
  return text === "nb" || text === "nn" || text === "en";
}

export interface Speech {
  m: Messages;
  language: Language;
  format: Format;
  /** Chooses a language; it is kept in this browser. */
  choose(language: Language): void;
}

export const SpeechContext = createContext<Speech | null>(null);

/** The words and formats of the chosen language. */
export function useMessages(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error("a screen needs a SpeechContext around it");
  return speech;
}

/** The label of a characteristic or value in the chosen language; nynorsk falls back on bokmål. */
export function labelOf(thing: { label_nb: string; label_en: string }, language: Language): string {
  return language === "en" ? thing.label_en : thing.label_nb;
}
