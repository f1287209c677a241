// Writes a whole model through the screen, as a person does: part by part, in the full model.
import { expect, type Locator, type Page } from "@playwright/test";
import type { Finished } from "./finished.ts";

export async function writeModel(page: Page, model: Finished): Promise<void> {
  await page.getByRole("radio", { name: "Full modell" }).check();
  for (const [label, text] of Object.entries(model.texts)) await page.getByRole("textbox", { name: label, exact: true }).fill(text);
  await traits(page, model);
  await phases(page, model);
  await roles(page, model);
  await transitions(page, model);
  await lines(page, model);
  await loops(page, model);
  await fits(page, model);
  await claims(part(page, "Styrker"), "Ny styrke", model.strengths);
  await claims(part(page, "Svakheter"), "Ny svakhet", model.weaknesses);
  await preconditions(page, model);
  await page.getByLabel("Kan den brukes andre steder?").selectOption({ label: model.transfer });
}

/** A part by its heading, which tells how many it has. */
const part = (page: Page, name: string) => page.getByRole("region", { name: new RegExp(`^${name}( \\d+)?$`) });

/** The item of a section that was just added: it is open and last. */
async function added(section: Locator, button: string): Promise<Locator> {
  await section.getByRole("button", { name: button, exact: true }).click();
  const item = section.locator(":scope > .openlist > li").last().locator(":scope > details");
  await expect(item).toHaveAttribute("open", "");
  return item;
}

async function traits(page: Page, model: Finished): Promise<void> {
  const section = part(page, "Kjennetegn");
  const proposals = section.getByRole("list", { name: "Forslag" }).getByRole("listitem");
  for (let left = await proposals.count(); left > 0; left--) {
    const first = proposals.first();
    const evident = /Tjeneste/.test((await first.textContent()) ?? "");
    await first.getByRole("button", { name: evident ? / hører ikke til$/ : / hører til$/ }).click();
    await expect(proposals).toHaveCount(left - 1);
  }
  for (const [characteristic, value, kind] of model.traits) {
    await section.getByLabel("Legg til et kjennetegn").selectOption({ label: characteristic });
    await section.getByLabel("Verdi").selectOption({ label: value });
    await section.getByRole("button", { name: "Legg til kjennetegnet" }).click();
    const said = `${characteristic}: ${value.replace(/ \(.*/, "")}`;
    await section.getByLabel(new RegExp(`^Hva er dette for modellen: ${said}`)).selectOption({ label: kind });
  }
}

async function phases(page: Page, model: Finished): Promise<void> {
  for (const name of model.phases) {
    const item = await added(part(page, "Faser"), "Ny fase");
    await item.getByLabel("Fase", { exact: true }).fill(name);
  }
}

const DUTIES: Record<string, string> = { R: "Gjør", A: "Avgjør", B: "Gjør og avgjør", C: "Rådspørres", I: "Informeres" };

async function roles(page: Page, model: Finished): Promise<void> {
  const section = part(page, "Roller");
  for (const [name, groups, , optional] of model.roles) {
    const item = await added(section, "Ny rolle");
    await item.getByRole("textbox", { name: "Rolle" }).fill(name);
    for (const group of groups) await item.getByRole("checkbox", { name: group, exact: true }).check();
    if (optional) await item.getByLabel("Må den være med?").selectOption({ label: "Valgfri" });
  }
  await section.getByLabel("Vis også hvem som rådspørres og informeres").check();
  for (const [name, , duties] of model.roles) {
    for (const [at, duty] of [...duties].entries()) {
      await section.getByLabel(`${name} i ${model.phases[at] ?? ""}`, { exact: true }).selectOption({ label: DUTIES[duty] ?? "" });
    }
  }
}

async function transitions(page: Page, model: Finished): Promise<void> {
  for (const [from, to, kind, when] of model.transitions) {
    const item = await added(part(page, "Overganger"), "Ny overgang");
    await item.getByLabel("Type").selectOption({ label: kind });
    await item.getByLabel("Fra").selectOption({ label: from });
    await item.getByLabel("Til", { exact: true }).selectOption({ label: to || "Slutt" });
    await item.getByLabel("Når det skjer").fill(when);
  }
}

async function lines(page: Page, model: Finished): Promise<void> {
  for (const [text, kind] of model.triggers) {
    const item = await added(part(page, "Utløsere"), "Ny utløser");
    await item.getByRole("textbox", { name: "Utløser" }).fill(text);
    await item.getByLabel("Slag").selectOption({ label: kind });
  }
  for (const text of model.steps) await (await added(part(page, "De første 100 dagene"), "Nytt steg")).getByLabel("Steg").fill(text);
  for (const text of model.questions) await (await added(part(page, "Spør dere først"), "Nytt spørsmål")).getByLabel("Spørsmål").fill(text);
}

async function loops(page: Page, model: Finished): Promise<void> {
  for (const [name, links, breaks] of model.loops) {
    const item = await added(part(page, "Sløyfer"), "Ny sløyfe");
    await item.getByRole("textbox", { name: "Sløyfe" }).fill(name);
    for (const [at, [text, sign]] of links.entries()) {
      await item.getByRole("button", { name: "Nytt ledd" }).click();
      await item.getByLabel(`Ledd ${at + 1}`, { exact: true }).fill(text);
      if (sign === "less") await item.getByLabel(`Mer av ledd ${at + 1} gir`).selectOption({ label: "mindre av det neste" });
    }
    if (breaks) await item.getByLabel("Hva bryter den").fill(breaks);
  }
}

async function fits(page: Page, model: Finished): Promise<void> {
  for (const [task, fit, why] of model.tasks) {
    await part(page, "Oppgaver den egner seg for").getByLabel(task, { exact: true }).selectOption({ label: fit });
    await page.getByLabel(`Hvordan og hvorfor: ${task}`, { exact: true }).fill(why);
  }
  for (const [challenge, fit] of model.challenges) {
    await part(page, "Utfordringer den egner seg for").getByLabel(challenge, { exact: true }).selectOption({ label: fit });
  }
}

async function claims(section: Locator, button: string, all: Finished["strengths"]): Promise<void> {
  for (const [text, ...evidence] of all) {
    const item = await added(section, button);
    await item.getByLabel("Utsagn").fill(text);
    for (const [code, relation, strength] of evidence) {
      await item.getByLabel("Koble til et eksempel").fill(code);
      await item.getByRole("button", { name: "Koble til", exact: true }).click();
      const link = item.locator(".evidence details").filter({ hasText: code });
      await link.locator("summary").click();
      await link.getByLabel("Eksempelet", { exact: true }).selectOption({ label: relation });
      await link.getByLabel("Hvor godt belagt").selectOption({ label: strength });
      await link.locator("summary").click();
    }
  }
}

async function preconditions(page: Page, model: Finished): Promise<void> {
  for (const [text, need] of model.preconditions) {
    const item = await added(part(page, "Forutsetninger"), "Ny forutsetning");
    await item.getByLabel("Utsagn").fill(text);
    await item.getByLabel("Må den være med?").selectOption({ label: need });
  }
}
