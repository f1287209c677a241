import { expect, test } from "vitest";
import { en } from "../../src/messages/en.ts";
import { firstLanguage, formatOf } from "../../src/messages/index.ts";
import { nb } from "../../src/messages/nb.ts";
import { nn } from "../../src/messages/nn.ts";

type Words = { [key: string]: unknown };

function paths(words: Words, before = ""): string[] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === "object" && value !== null
      ? paths(value as Words, `${before}${key}.`)
      : [`${before}${key}`],
  );
}

function texts(words: Words): string[] {
  return Object.values(words).flatMap((value) => {
    if (typeof value === "string") return [value];
    if (typeof value === "function")
      return [String((value as (...args: unknown[]) => unknown)("2", "3", "4"))];
    return texts(value as Words);
  });
}

test("every language has every key, and no other", () => {
  expect(paths(nn)).toEqual(paths(nb));
  expect(paths(en)).toEqual(paths(nb));
});

test("no words are empty but those that only join others", () => {
  for (const words of [nb, nn, en]) expect(texts(words).filter((text) => text.trim() === "")).toEqual([]);
});

test("nynorsk is not bokmål", () => {
  const bokmaal =
    /\b(ikke|hva|hvem|hvor|hvis|fra|noen|endringer|lenken|tjeneren|eksempler|kjennetegn|virksomhet)\b/i;
  expect(texts(nn).filter((text) => bokmaal.test(text))).toEqual([]);
});

test("words of the glossary are used, and those to avoid are not", () => {
  const avoided = /\b(verksted|prosjektrom|slette eksempel|klynge|parameter|silhuett)\b/i;
  expect(texts(nb).filter((text) => avoided.test(text))).toEqual([]);
  expect(texts(nn).filter((text) => /\bdøm(e|et|a)\b/i.test(text))).toEqual([]);
});

test("the first language is the chosen one, else the browser's, else bokmål", () => {
  expect(firstLanguage("nn", ["en-GB"])).toBe("nn");
  expect(firstLanguage(null, ["sv", "no", "en"])).toBe("nb");
  expect(firstLanguage("klingon", ["nn-NO"])).toBe("nn");
  expect(firstLanguage(null, ["fr"])).toBe("nb");
});

test("numbers and dates follow the language", () => {
  const at = Date.UTC(2026, 10, 24, 12);
  expect(formatOf("nb").number(2.5)).toBe("2,5");
  expect(formatOf("en").number(2.5)).toBe("2.5");
  expect(formatOf("nn").date(at)).toBe("24. november 2026");
  expect(formatOf("nb").either(["a", "b"])).toBe("a eller b");
});
