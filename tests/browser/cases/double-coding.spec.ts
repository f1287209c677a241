// Two people of the team code the same cases apart from each other, and a third settles what they differ on.
import { expect, type Person, test } from "../harness/index.ts";
import { askToCode, closeAndRevealCodings, codeFirstCase } from "../harness/double-coding.ts";
import { listen } from "../harness/listen.ts";

const NOTE = "bare en kilde nevner drift";

const cell = ({ page }: Person, label: string) => page.getByRole("listitem", { name: label, exact: true });

test("[R3, P3] two code the same case blind, agreement stands there with n, and a third settles what they differ on", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const [kari, ola, per] = [
    await people.join("editor", "Kari"),
    await people.join("editor", "Ola"),
    await people.join("editor", "Per"),
  ];
  const hears = [listen(liv.page), listen(ola.page), listen(per.page)];
  await askToCode(liv, "Koder vi likt?", ["Kari", "Ola"]);
  await expect(per.page.getByRole("link", { name: /Koder vi likt/ })).toBeVisible();

  const part = kari.page.waitForResponse(/\/collections\/[0-9a-z]+\/part$/);
  await codeFirstCase(kari, "Koder vi likt?", { note: NOTE, first: "1" });
  const sealed = (await (await part).json()) as { subject: string; document: string };
  await expect(kari.page.getByText("Det står ikke her, og du bør ikke slå det opp", { exact: false })).toBeVisible();
  await kari.page.getByRole("button", { name: "Jeg er ferdig" }).click();
  await expect(liv.page.getByRole("complementary").getByText("3 av 10")).toBeVisible();
  for (const one of hears) {
    const heard = await one.heard();
    expect(heard).toContain("Koder vi likt?");
    // Letters come one by one: that the document is never named says more than that the words are not there.
    for (const hidden of [NOTE, sealed.subject, sealed.document]) expect(heard).not.toContain(hidden);
  }
  await codeFirstCase(ola, "Koder vi likt?", { note: "", first: "2" });

  await closeAndRevealCodings(liv);
  await per.page.getByRole("link", { name: /Koder vi likt/ }).click();
  await expect(per.page.getByText("Enige om 2 av 3 kodinger som flere har gjort.")).toBeVisible();
  await per.page.getByRole("button", { name: /^Vis som liste.*Enighet per kjennetegn$/ }).click();
  const row = per.page.getByRole("row", { name: /^Utfordringstype/ });
  await expect(row.getByRole("cell")).toHaveText(["1", "0 %", "67 %", "0,00", "0"]);

  await expect(cell(per, "Utfordringstype")).toContainText(NOTE);
  await per.page.getByRole("button", { name: "Bruk denne, kodingen til Ola: Utfordringstype" }).click();
  await expect(cell(per, "Utfordringstype")).toContainText("Avgjort av Per");
  await expect(cell(kari, "Utfordringstype")).toHaveCount(1);
  await expect(cell(kari, "Utfordringstype")).toContainText("Avgjort av Per");
  await expect(cell(kari, "Utfordringstype")).toContainText("som Ola kodet");
});

test("[R3] a coding that was changed meanwhile is shown and not overwritten, and a further round begins blank", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  await askToCode(liv, "Koder vi likt?", ["Kari", "Ola"]);
  for (const [who, first] of [[kari, "1"], [ola, "2"]] as const) {
    await codeFirstCase(who, "Koder vi likt?", { note: "", first });
  }
  await closeAndRevealCodings(liv);
  // The case is coded already: what all agree on is taken over only where that says the same.
  await liv.page.getByRole("button", { name: /^Ta over alt alle er enige om/ }).click();
  await expect(liv.page.getByRole("status").filter({ hasText: "står igjen fordi eksempelet er kodet på en annen måte" })).toBeVisible();
  // What goes on now leads to the first round until the second has reached her.
  const now = kari.page.getByRole("link", { name: /Nå:.*Koder vi likt/ });
  const first = (await now.getAttribute("href")) ?? "";
  await liv.page.getByRole("button", { name: "Spør en gang til" }).click();
  await expect(liv.page.getByText("Dobbeltkoding · runde 2")).toBeVisible();
  await expect(now).not.toHaveAttribute("href", first);
  await now.click();
  await expect(kari.page.getByText("0 av 10 kodinger gjort")).toBeVisible();
});

test("[R3] a third settles a difference otherwise than the coders, and the case says so", async ({ people }) => {
  const liv = await people.join("facilitator", "Liv");
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  await askToCode(liv, "Koder vi likt?", ["Kari", "Ola"]);
  for (const [who, first] of [[kari, "1"], [ola, "2"]] as const) {
    await codeFirstCase(who, "Koder vi likt?", { note: "", first });
  }
  await closeAndRevealCodings(liv);
  await liv.page.getByRole("button", { name: "Noe annet: Utfordringstype" }).click();
  await liv.page.getByRole("radio", { name: "Ukjent" }).check();
  await liv.page.getByRole("button", { name: "Avgjør", exact: true }).click();
  await expect(cell(liv, "Utfordringstype")).toContainText("noe annet enn det koderne sa");
  await expect(cell(kari, "Utfordringstype")).toContainText("Avgjort av Liv");
  await liv.page.getByRole("link", { name: /^N01/ }).first().click();
  await expect(liv.page.locator('[data-key="challenge_type"]')).toContainText("Ukjent");
});
