// Models of the example workshop, made the short way.
import { expect, type Person } from "./index.ts";
import { SAVED } from "./person.ts";

interface Row {
  subject: string;
  code: string;
}

/** A model made from these cases; its subject. */
export async function makeModel(person: Person, name: string, codes: string[]): Promise<string> {
  const { origin, pathname } = new URL(person.page.url());
  const at = `${origin}/api/v1/workshops/${pathname.split("/")[2]}`;
  const { rows } = (await (await person.page.request.get(`${at}/register`)).json()) as { rows: Row[] };
  const cases = codes.map((code) => rows.find((row) => row.code === code)!.subject);
  const made = await person.page.request.post(`${at}/models`, { headers: { origin }, data: { name, cases } });
  return ((await made.json()) as { subject: string }).subject;
}

/** Writes a claim of a model, with the button that adds its kind. */
export async function claim(person: Person, subject: string, add: string, part: string, text: string): Promise<void> {
  await person.open(`/modeller/${subject}`);
  await person.page.getByRole("button", { name: add }).click();
  await person.page.getByRole("region", { name: part }).getByLabel("Utsagn").fill(text);
  await expect(person.save).toContainText(SAVED);
}
