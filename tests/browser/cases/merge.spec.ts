// Two cases of the register turn out to be one: a person decides what differs, and can take it back.
import { expect, type Person, test } from "../harness/index.ts";

const CASE = "Med hjerte for Arendal";
const OTHER = "Frivilligsentralen i Arendal";

/** A case somebody wrote in by hand, open before them. */
async function another(person: Person): Promise<void> {
  await person.open("/eksempler");
  await person.page.getByRole("button", { name: "Nytt eksempel" }).click();
  await person.page.getByLabel("Hva heter eksempelet?").fill(OTHER);
  await person.page.getByRole("button", { name: "Lag og åpne" }).click();
  await expect(person.page.getByRole("textbox", { name: "Navn", exact: true })).toHaveValue(OTHER);
}

const from = ({ page }: Person) => page.getByRole("region", { name: "Hvor det kommer fra" });

test("[R35] two cases of the register are merged side by side, the one that goes leads to the one that stays, and it is undone", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  const { page } = kari;
  const stays = await kari.tab();
  await stays.openCase(CASE);
  const stayed = stays.page.url();
  await another(kari);
  await page.getByRole("textbox", { name: "Land" }).fill("Noreg");
  await page.getByRole("textbox", { name: "Notater" }).fill("Ringte daglig leder.");
  await expect(kari.save).toContainText("Lagret");
  await tor.follow(kari);
  const gone = page.url();

  await from(stays).getByRole("link", { name: "Slå sammen med et annet eksempel" }).click();
  await expect(stays.page.getByRole("heading", { name: /^Slå sammen N18/ })).toBeVisible();
  await stays.page.getByLabel("Det andre eksemplet").fill("N18");
  await stays.page.getByRole("button", { name: "Vis dem side om side" }).click();
  await expect(stays.page.getByRole("alert")).toContainText("Velg et annet eksempel enn dette.");
  await stays.page.getByLabel("Det andre eksemplet").fill(OTHER);
  await stays.page.getByRole("button", { name: "Vis dem side om side" }).click();

  const differs = stays.page.getByRole("region", { name: /^Velg for 2 felt/ });
  await expect(differs.getByRole("radio", { name: "Norge" })).toBeChecked();
  await differs.getByRole("radio", { name: "Noreg" }).check();
  await expect(differs.getByRole("radio", { name: CASE })).toBeChecked();
  await expect(stays.page.getByRole("region", { name: /^1 felt som bare det andre/ })).toContainText("Ringte daglig leder.");
  await stays.page.getByRole("button", { name: "Slå sammen", exact: true }).click();
  await stays.page.getByRole("dialog").getByRole("button", { name: "Slå sammen", exact: true }).click();

  await stays.page.waitForURL(stayed);
  await expect(stays.page.getByRole("textbox", { name: "Land" })).toHaveValue("Noreg");
  await expect(stays.page.getByRole("textbox", { name: "Notater" })).toHaveValue(/Ringte daglig leder\./);
  await expect(from(stays)).toContainText("cases.csv");
  await from(stays).getByText(/^Andre kolonner fra lista/).click();
  await expect(from(stays)).toContainText("Land (N18)");
  await expect(from(stays)).toContainText(OTHER);

  // Whoever has the other open is told at once, and led to what stays.
  const told = tor.page.getByRole("note").filter({ hasText: "er slått sammen med" });
  await expect(told.getByRole("link", { name: `N18 ${CASE}` })).toBeVisible();
  await expect(tor.page.getByRole("textbox", { name: "Notater" })).not.toBeEditable();
  await told.getByRole("button", { name: "Angre sammenslåingen" }).click();
  await tor.page.getByRole("dialog").getByRole("button", { name: "Angre sammenslåingen" }).click();
  await expect(told).toBeHidden();
  await expect(tor.page.getByRole("textbox", { name: "Notater" })).toBeEditable();
  await expect(stays.page.getByRole("textbox", { name: "Land" })).toHaveValue("Norge");
  await page.goto(gone);
  await expect(page.getByRole("textbox", { name: "Land" })).toHaveValue("Noreg");
});

test("[R35, G1] what a colleague changes meanwhile is not merged unseen, and what refers to the one that goes is named", async ({ people }) => {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  const goes = kari.page.url();
  await another(kari);
  await kari.page.getByRole("textbox", { name: "Land" }).fill("Noreg");
  await expect(kari.save).toContainText("Lagret");
  await tor.follow(kari);
  const name = `${await kari.page.locator(".codeline .num").innerText()} ${OTHER}`;

  await kari.open("/eksempler/grupper");
  await kari.page.getByRole("button", { name: "Start fra gruppene på kartet" }).click();
  await expect(kari.page.getByLabel("Navn på gruppa")).toHaveCount(8);
  await kari.page.goto(goes);
  await from(kari).getByRole("link", { name: "Slå sammen med et annet eksempel" }).click();
  await kari.page.getByLabel("Det andre eksemplet").fill(name);
  await kari.page.getByRole("button", { name: "Vis dem side om side" }).click();
  await kari.page.getByRole("link", { name: /^Behold \S+ i stedet$/ }).click();
  await expect(kari.page.getByRole("region", { name: "1 ting viser til N18" })).toContainText("Fra kartet");

  await tor.page.getByRole("textbox", { name: "Land" }).fill("Norge og Sverige");
  await expect(tor.save).toContainText("Lagret");
  kari.expected.push(/status of 409 .*\/merges\//);
  await kari.page.getByRole("button", { name: "Slå sammen", exact: true }).click();
  const dialog = kari.page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Slå sammen", exact: true }).click();
  await expect(dialog.getByRole("alert")).toContainText("Noen har endret et av eksemplene i mellomtiden.");
  await dialog.getByRole("button", { name: "Avbryt" }).click();
  await expect(kari.page.getByRole("radio", { name: "Norge og Sverige" })).toBeChecked();
  await kari.page.getByRole("button", { name: "Slå sammen", exact: true }).click();
  await dialog.getByRole("button", { name: "Slå sammen", exact: true }).click();
  await expect(kari.page.getByRole("textbox", { name: "Navn", exact: true })).toHaveValue(OTHER);
  const used = kari.page.getByRole("region", { name: "Brukt i" });
  await expect(used.getByRole("link", { name: "Inndeling Fra kartet" })).toBeVisible();
  await expect(used).toContainText("(viser til N18)");
});

test("[R35, P1] who may only read is told that merging is the team's", async ({ people }) => {
  const vilde = await people.join("viewer", "Vilde");
  await vilde.openCase(CASE);
  await expect(from(vilde).getByRole("link", { name: "Slå sammen med et annet eksempel" })).toHaveCount(0);
  await vilde.page.goto(`${vilde.page.url()}/sla-sammen`);
  await expect(vilde.page.getByText("Bare teamet kan slå sammen eksempler.")).toBeVisible();
});
