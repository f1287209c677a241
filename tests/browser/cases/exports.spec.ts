// «Last ned»: the files of a screen, with what stands on it.
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/index.ts";

async function downloaded(page: Page, name: string): Promise<{ name: string; text: string }> {
  await page.getByRole("button", { name: "Last ned" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name, exact: true }).click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("[R32] the register, its sources and its code book are taken along as files", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open("/eksempler");
  const register = await downloaded(kari.page, "Eksempler CSV");
  expect(register.name).toBe("samverk-eksempler.csv");
  expect(register.text.startsWith("\ufeffID;Navn;Land;")).toBe(true);
  expect(register.text).toContain("StimuLab");
  const sources = await downloaded(kari.page, "Kilder RIS");
  expect(sources.text).toContain("TI  - DOGA: Dette er StimuLab (programside)");
  const book = await downloaded(kari.page, "Kodebok Excel");
  expect(book.name).toBe("samverk-kodebok.xlsx");
  expect(book.text.startsWith("PK")).toBe(true);
});

test("[R36] the matrices behind Variasjon and Grupper are taken along, as what is shown was asked for", async ({ people }) => {
  const kari = await people.join("viewer", "Kari");
  await kari.open("/eksempler/variasjon");
  const pairs = await downloaded(kari.page, "Verdipar CSV");
  expect(pairs.text.trim().split("\r\n")).toHaveLength(1 + 1857);
  await kari.open("/eksempler/grupper?antall=3");
  const groups = await downloaded(kari.page, "Grupper CSV");
  const numbers = groups.text.trim().split("\r\n").slice(1).map((line) => line.split(";")[0]);
  expect(new Set(numbers)).toEqual(new Set(["1", "2", "3"]));
});
