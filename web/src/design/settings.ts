// What a person has chosen for this browser: language, light or dark, text size. No account is needed.
import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";
export type TextSize = "normal" | "large" | "larger";

export interface Settings {
  theme: Theme;
  text: TextSize;
}

const listeners = new Set<() => void>();
let current: Settings = {
  theme: oneOf(read("theme"), ["light", "dark", "system"], "system"),
  text: oneOf(read("text"), ["normal", "large", "larger"], "normal"),
};

/** The settings; renders again when they change. */
export function useSettings(): Settings {
  return useSyncExternalStore(subscribe, () => current);
}

/** Changes some settings, for this page and for the next visit. */
export function changeSettings(change: Partial<Settings>): void {
  current = { ...current, ...change };
  store("theme", current.theme);
  store("text", current.text);
  applySettings();
  listeners.forEach((listener) => listener());
}

/** Shows the settings on the page's root. */
export function applySettings(): void {
  const root = document.documentElement;
  root.dataset["theme"] = current.theme;
  root.dataset["text"] = current.text;
  root.dataset["size"] = "sm";
}

/** A value kept in this browser, or null when there is none or storage is closed. */
export function read(name: string): string | null {
  try {
    return localStorage.getItem(`samverk.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a value in this browser; where storage is closed the choice lasts as long as the page. */
export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`samverk.${name}`, value);
  } catch {
    return;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function oneOf<T extends string>(text: string | null, all: readonly T[], otherwise: T): T {
  return all.find((one) => one === text) ?? otherwise;
}
