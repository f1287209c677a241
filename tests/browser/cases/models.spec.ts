// Models: made from cases, written together, moving, and each statement with its evidence.
import { expect, type People, type Person, test } from "../harness/index.ts";
import { listen } from "../harness/listen.ts";
import { SAVED } from "../harness/person.ts";

const NAME = "Bestille det som ikke finnes";

/** An entry of the dialogue, by its fields; in letters that frames carry as they are. */
const SAID = { "Hvem sa det": "Anne Dahl", "Hva vi spurte om": "Hva sa direktoren til byen?", "Hva som ble sagt": "Direktoren ringte en mandag." } as const;

async function choose(person: Person, codes: string[]): Promise<void> {
  for (const code of codes) {
    await person.page.getByLabel("Legg til et eksempel").fill(code);
    await person.page.getByRole("button", { name: "Legg til", exact: true }).click();
    await expect(person.page.getByRole("button", { name: `Ta bort ${code}` })).toBeVisible();
  }
}

/** A model made from these cases, open before its maker. */
async function model(person: Person, codes: string[], name = NAME): Promise<void> {
  await person.open("/modeller/ny");
  await choose(person, codes);
  await person.page.getByLabel("Navn på modellen").fill(name);
  await person.page.getByRole("button", { name: /^Lag (modell av|en tom modell)/ }).click();
  await expect(person.page.getByRole("textbox", { name: "Navn på modellen" })).toHaveValue(name);
}

/** A facilitator comes and makes a case for the team alone. */
async function forTeam(people: People, code: string): Promise<void> {
  const { origin, links } = people.server;
  const { request } = (await people.join("facilitator", "Liv")).page;
  const at = `${origin}/api/v1/workshops/${links.workshop}`;
  const { rows } = (await (await request.get(`${at}/register`)).json()) as { rows: { code: string; subject: string }[] };
  const subject = rows.find((row) => row.code === code)?.subject ?? "";
  const done = await request.put(`${at}/subjects/${subject}/audience`, { headers: { origin }, data: { audience: "team" } });
  expect(done.ok()).toBe(true);
}

const part = (person: Person, name: string) => person.page.getByRole("region", { name });

test("[R4, R5, D1] a model made from N03–N05 has three links and what they share as proposals a person accepts, live", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  const kari = await people.join("editor", "Kari");
  await ola.open("/modeller");
  await expect(ola.page.getByText("Ingen modeller ennå")).toBeVisible();
  await ola.page.getByRole("link", { name: "Ny modell" }).click();
  await choose(ola, ["N03", "N04", "N05"]);
  const shared = ola.page.locator("section", { has: ola.page.getByRole("heading", { name: "Dette har de felles" }) });
  await expect(shared).toContainText("Anskaffelse");
  await expect(shared).toContainText("Innkjøpsmakt");
  await ola.page.getByRole("button", { name: "Lag modell av 3 eksempler" }).click();
  await expect(ola.page.getByText("Gi modellen et navn.")).toBeVisible();
  await ola.page.getByLabel("Navn på modellen").fill(NAME);
  await ola.page.getByRole("button", { name: "Lag modell av 3 eksempler" }).click();

  await expect(ola.page.getByRole("textbox", { name: "Navn på modellen" })).toHaveValue(NAME);
  await expect(part(ola, "Eksempler").locator("summary")).toHaveCount(3);
  await expect(part(ola, "Eksempler")).toContainText("3 norske");
  await expect(ola.page.getByLabel("Hva den bygger på")).toHaveValue("empirical");
  const proposals = ola.page.getByRole("list", { name: "Forslag" });
  const before = await proposals.getByRole("listitem").count();
  expect(before).toBeGreaterThan(2);

  await kari.page.goto(ola.page.url());
  await kari.page.getByRole("button", { name: /^Hoveddrivkraft: Innkjøpsmakt.* hører til$/ }).click();
  await expect(proposals.getByRole("listitem")).toHaveCount(before - 1);
  await expect(ola.page.getByLabel(/^Hva er dette for modellen: Hoveddrivkraft: Innkjøpsmakt/)).toHaveValue("core");
  await ola.page.getByLabel("Kort sagt").fill("En virksomhet med et tydelig behov betaler noen få bedrifter for å prøve.");
  await expect(kari.page.getByLabel("Kort sagt")).toHaveValue(/noen få bedrifter/);

  await ola.openCase("Et slag for fremtidens");
  await expect(part(ola, "Brukt i").getByRole("link", { name: `Modell ${NAME}` })).toBeVisible();
});

test("[R22] a model that only goes forward is called static, and what leads to a phase that is gone stays to be seen", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await model(ola, []);
  await expect(ola.page.getByLabel("Hva den bygger på")).toHaveValue("exploratory");
  const dynamics = part(ola, "Dynamikk");
  for (const name of ["Behov", "Markedsdialog"]) {
    await dynamics.getByRole("button", { name: "Ny fase" }).click();
    await dynamics.locator("details[open]").last().getByLabel("Fase", { exact: true }).fill(name);
  }
  await expect(dynamics.getByText(/^Statisk: alt går bare framover/)).toBeVisible();
  await dynamics.getByRole("button", { name: "Ny overgang" }).click();
  await expect(dynamics.getByText(/^Statisk/)).toBeHidden();
  await expect(dynamics.getByRole("img", { name: "Faser: Behov, Markedsdialog. Markedsdialog går tilbake til Behov." })).toBeVisible();
  await dynamics.getByLabel("Type").selectOption({ label: "Fremdrift" });
  await expect(dynamics.getByText(/^Statisk/)).toBeVisible();

  await dynamics.locator("details[open]").first().getByRole("button", { name: "Slett fasen" }).click();
  await expect(dynamics.getByText("1 overgang peker på en fase som er slettet. Velg en annen fase.")).toBeVisible();
  await expect(dynamics.getByText("Markedsdialog → Slettet fase")).toBeVisible();
});

test("[R21] each role has its part in each phase, and a phase nobody is responsible for is named", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await model(ola, []);
  for (const name of ["Behov", "Konkurranse"]) {
    await part(ola, "Dynamikk").getByRole("button", { name: "Ny fase" }).click();
    await part(ola, "Dynamikk").locator("details[open]").last().getByLabel("Fase", { exact: true }).fill(name);
  }
  const roles = part(ola, "Roller");
  await roles.getByRole("button", { name: "Ny rolle" }).click();
  await roles.getByRole("textbox", { name: "Rolle" }).fill("Behovseier");
  await roles.getByRole("checkbox", { name: "Kommune" }).check();
  await roles.getByLabel("Behovseier i Behov").selectOption({ label: "Avgjør" });
  await expect(roles.getByText("Ingen har ansvar i Konkurranse.")).toBeVisible();
  await roles.getByLabel("Behovseier i Konkurranse").selectOption({ label: "Gjør" });
  await expect(roles.getByText("Ingen har ansvar")).toHaveCount(0);
});

test("[R44] a claim shows that it is without evidence, what supports it, and that a case contradicts it", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  await model(ola, ["N03"]);
  const strengths = part(ola, "Styrker");
  await strengths.getByRole("button", { name: "Ny styrke" }).click();
  await strengths.getByLabel("Utsagn").fill("Risikoen senkes for både bestiller og bedrift");
  await expect(strengths.getByText("uten belegg", { exact: true })).toBeVisible();
  for (const code of ["N05", "I04"]) {
    await strengths.getByLabel("Koble til et eksempel").fill(code);
    await strengths.getByRole("button", { name: "Koble til" }).click();
    await expect(strengths.locator("summary").filter({ hasText: code })).toBeVisible();
  }
  await expect(strengths).toContainText("1 norsk, 1 utenlandsk");
  await strengths.locator("summary").filter({ hasText: "I04" }).click();
  const link = strengths.locator("details[open] details[open]");
  await link.getByLabel("Eksempelet", { exact: true }).selectOption({ label: "motsier" });
  await link.getByLabel("Hvor godt belagt").selectOption({ label: "Dokumentert" });
  await expect(strengths.getByText("omstridt")).toBeVisible();
  await expect(strengths.getByText("2 belegg")).toBeVisible();

  // A case open beside the model: a passage by keyboard and button, a coded value dragged onto the statement.
  await link.getByRole("button", { name: "Åpne I04 ved siden av" }).click();
  const beside = ola.page.getByRole("complementary", { name: "Eksempel ved siden av" });
  const description = beside.getByRole("textbox", { name: "Beskrivelse" });
  await description.focus();
  await ola.page.keyboard.press("Control+Home");
  for (let step = 0; step < 3; step++) await ola.page.keyboard.press("Control+Shift+ArrowRight");
  const picked = beside.getByRole("region", { name: "Valgt i eksempelet" });
  const quote = (await picked.locator(".pickedwords").innerText()).trim();
  expect(quote.length).toBeGreaterThan(5);
  await picked.getByLabel("Belegg for").selectOption({ label: "Styrke: Risikoen senkes for både bestiller og bedrift" });
  await picked.getByLabel("Eksempelet", { exact: true }).selectOption({ label: "nyanserer" });
  await picked.getByRole("button", { name: "Bruk som belegg" }).click();
  await expect(strengths.getByText("3 belegg")).toBeVisible();
  await expect(strengths.locator("summary").filter({ hasText: quote })).toContainText("nyanserer");
  await expect(beside.getByRole("region", { name: "Dette bygger modellen på her" }).getByRole("listitem")).toHaveCount(2);
  await beside.getByRole("button", { name: /^Hoveddrivkraft/ }).first().click();
  await picked.locator(".pickedwords").dragTo(strengths.locator("summary").filter({ hasText: "Risikoen senkes" }));
  await expect(strengths.getByText("4 belegg")).toBeVisible();

  // The words of a case for the team alone go into the model, which all participants read, only where somebody says so.
  await forTeam(people, "I04");
  const rests = beside.getByRole("region", { name: "Dette bygger modellen på her" }).getByRole("listitem");
  for (const [mayShow, withWords] of [[false, 1], [true, 2]] as const) {
    await beside.getByRole("button", { name: /^Hoveddrivkraft/ }).first().click();
    await expect(picked.getByText("Flere kan lese modellen enn eksempelet.")).toBeVisible();
    // With the warning too, the case is what one reads: the panel takes a third of the height, with its button in view.
    expect((await picked.boundingBox())?.height).toBeLessThanOrEqual((ola.page.viewportSize()?.height ?? 0) / 3);
    await expect(picked.getByRole("button", { name: "Bruk som belegg" })).toBeInViewport();
    if (mayShow) await picked.getByRole("checkbox", { name: "Ordene kan vises" }).check();
    await picked.getByLabel("Belegg for").selectOption({ label: "Styrke: Risikoen senkes for både bestiller og bedrift" });
    await picked.getByRole("button", { name: "Bruk som belegg" }).click();
    await expect(rests).toHaveCount(mayShow ? 5 : 4);
    await expect(rests.filter({ hasText: "Hoveddrivkraft" })).toHaveCount(withWords);
  }
  // Closed, it gives the focus back to what opened it.
  const opens = link.getByRole("button", { name: "Åpne I04 ved siden av" });
  await beside.getByRole("button", { name: "Lukk eksempelet ved siden av" }).click();
  await expect(opens).toBeFocused();
  await ola.page.keyboard.press("Enter");
  await expect(beside.getByRole("heading", { level: 2 })).toBeFocused();
  await ola.page.keyboard.press("Escape");
  await expect(opens).toBeFocused();
  await ola.page.getByRole("button", { name: "Eksempel ved siden av" }).click();
  await beside.getByRole("button", { name: "Lukk eksempelet ved siden av" }).press("Enter");
  await expect(ola.page.getByRole("button", { name: "Eksempel ved siden av" })).toBeFocused();

  await strengths.getByRole("button", { name: "Slett utsagnet" }).click();
  await expect(part(ola, "Eksempler").getByText("6 belegg gjelder et utsagn som er slettet.")).toBeVisible();
});

test("[R8] the sixteenth model is refused with the limit named, and taken when another is taken out", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  const { origin, links } = people.server;
  const at = `${origin}/api/v1/workshops/${links.workshop}/models`;
  const headers = { origin };
  for (let n = 1; n <= 16; n++) {
    const made = await ola.page.request.post(at, { headers, data: { name: `Modell ${n}` } });
    const { subject } = (await made.json()) as { subject: string };
    if (n < 16) await ola.page.request.put(`${at}/${subject}/report`, { headers, data: { in_report: true } });
  }
  // The refusal that follows is one, and the browser logs it.
  ola.expected.push(/status of 409 .*\/report$/);
  await ola.open("/modeller");
  await expect(ola.page.getByText("15 av 15 i rapporten")).toBeVisible();
  const card = (name: string) => ola.page.getByRole("listitem", { name, exact: true });
  await card("Modell 16").getByRole("button", { name: "Ta med i rapporten" }).click();
  await expect(ola.page.getByRole("alert")).toContainText("Rapporten kan ha inntil femten modeller");
  await card("Modell 4").getByRole("button", { name: "Ta ut av rapporten" }).click();
  await expect(ola.page.getByText("14 av 15 i rapporten")).toBeVisible();
  await card("Modell 16").getByRole("button", { name: "Ta med i rapporten" }).click();
  await expect(ola.page.getByText("15 av 15 i rapporten")).toBeVisible();
  await card("Modell 16").getByRole("button", { name: "Flytt Modell 16 fram i rapporten" }).press("Enter");
  await expect(card("Modell 16")).toContainText("Nummer 14 i rapporten");
  await expect(card("Modell 15")).toContainText("Nummer 15 i rapporten");
  await ola.open("");
  await expect(ola.page.getByRole("link", { name: /^Beskrivelse/ })).toContainText("15 av 15");
});

test("[R44, R39, P1] what was said is evidence of a claim: the team counts it and follows it, and who is not of the team learns that something was said and none of its words", async ({ people }) => {
  const ola = await people.join("editor", "Ola");
  const { page } = ola;
  await ola.open("/eksempler/dialog");
  await page.getByRole("button", { name: "Nytt innspill" }).click();
  const entry = page.locator("details[open]").last();
  for (const [field, words] of Object.entries(SAID)) await entry.getByLabel(field).fill(words);
  await expect(ola.save).toContainText(SAVED);

  await model(ola, ["N03"]);
  const strengths = part(ola, "Styrker");
  await strengths.getByRole("button", { name: "Ny styrke" }).click();
  await strengths.getByLabel("Utsagn").fill("Ledelsen får det i gang");
  await strengths.getByLabel("Koble til et innspill").selectOption({ index: 1 });
  await strengths.getByRole("button", { name: "Koble til innspillet" }).click();
  await expect(strengths.getByText("1 belegg")).toBeVisible();
  await expect(strengths.getByText("uten belegg", { exact: true })).toHaveCount(0);
  const link = strengths.locator("summary").filter({ hasText: "Anne Dahl" });
  await expect(link).toContainText("støtter");
  await link.click();
  await strengths.getByLabel("Hva det viser").fill("Én oppringning var nok");
  await expect(ola.save).toContainText(SAVED);
  const at = page.url();
  await strengths.getByRole("link", { name: "Se innspillet i dialogen" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Anne Dahl" }).getByLabel("Hva som ble sagt")).toHaveValue(SAID["Hva som ble sagt"]);
  await expect(page.getByRole("listitem").filter({ hasText: "Anne Dahl" }).getByRole("link", { name: `Modell ${NAME}` })).toBeVisible();
  await page.goto(at);
  await page.getByRole("link", { name: "Belegg", exact: true }).click();
  await page.getByRole("region", { name: "Utsagn" }).getByRole("link", { name: /^Innspill/ }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Dialog" })).toBeVisible();

  const per = await people.someone("Per");
  const hears = listen(per.page);
  await per.enter(people.server.links.viewer);
  await per.page.goto(at);
  await part(per, "Styrker").locator("summary").filter({ hasText: "Ledelsen får det i gang" }).click();
  const seen = part(per, "Styrker").locator("summary").filter({ hasText: "Sagt i dialogen. Bare teamet ser hvem og hva." });
  await seen.click();
  await expect(part(per, "Styrker").getByLabel("Hva det viser")).toHaveValue("Én oppringning var nok");
  await expect(part(per, "Styrker").getByRole("link", { name: "Se innspillet i dialogen" })).toHaveCount(0);
  await per.page.getByRole("link", { name: "Belegg", exact: true }).click();
  await expect(per.page.getByText("1 innspill er belegg for noe her. Bare teamet ser hvem som har sagt det.")).toBeVisible();
  await expect(per.page.getByRole("main").getByRole("link", { name: /^Innspill/ })).toHaveCount(0);
  await per.page.getByRole("link", { name: "Én side", exact: true }).click();
  await expect(per.page.getByRole("main").getByText("1 innspill").first()).toBeVisible();
  await per.open("/sammenhenger?vis=things");
  await expect(per.page.getByRole("heading", { level: 1 })).toBeVisible();
  await per.open("/eksempler/dialog");
  await expect(per.page.getByText("Bare teamet ser dialogplanen")).toBeVisible();
  const all = await hears.heard();
  expect(all.includes(NAME), "what they may read came in").toBe(true);
  for (const words of Object.values(SAID)) expect(all.includes(words), words).toBe(false);
});

test("[D1, R22] two in the same paragraph and one without network: nothing is lost, and a phase that goes while a way to it comes leaves the way to be seen", async ({ people }) => {
  const [ola, kari, tor] = [await people.join("editor", "Ola"), await people.join("editor", "Kari"), await people.join("editor", "Tor")];
  await model(ola, []);
  for (const name of ["Behov", "Konkurranse"]) {
    await part(ola, "Dynamikk").getByRole("button", { name: "Ny fase" }).click();
    await part(ola, "Dynamikk").locator("details[open]").last().getByLabel("Fase", { exact: true }).fill(name);
  }
  await ola.page.getByLabel("Kort sagt").fill("Midt.");
  for (const other of [kari, tor]) {
    await other.page.goto(ola.page.url());
    await expect(other.page.getByLabel("Kort sagt")).toHaveValue("Midt.");
    await expect(part(other, "Dynamikk").getByText("Konkurranse")).toBeVisible();
  }
  await tor.goOffline();
  await part(tor, "Dynamikk").getByRole("button", { name: "Ny overgang" }).click();
  await part(tor, "Dynamikk").getByLabel("Fra").selectOption({ label: "Behov" });
  await part(tor, "Dynamikk").getByLabel("Til", { exact: true }).selectOption({ label: "Konkurranse" });
  await tor.page.getByLabel("Kort sagt").press("End");
  await tor.page.getByLabel("Kort sagt").pressSequentially(" Tor sist.");

  await ola.page.getByLabel("Kort sagt").press("Home");
  await kari.page.getByLabel("Kort sagt").press("End");
  await Promise.all([
    ola.page.getByLabel("Kort sagt").pressSequentially("Ola først. "),
    kari.page.getByLabel("Kort sagt").pressSequentially(" Kari så."),
  ]);
  await part(kari, "Dynamikk").locator("summary").filter({ hasText: "Konkurranse" }).click();
  await part(kari, "Dynamikk").getByRole("button", { name: "Slett fasen" }).click();
  await tor.goOnline();

  for (const one of [ola, kari, tor]) {
    for (const words of ["Ola først. Midt.", " Kari så.", " Tor sist."]) await expect(one.page.getByLabel("Kort sagt")).toHaveValue(new RegExp(words));
    await expect(part(one, "Dynamikk").getByText("Behov → Slettet fase")).toBeVisible();
    await expect(part(one, "Dynamikk").getByText("1 overgang peker på en fase som er slettet.")).toBeVisible();
  }
  const texts = await Promise.all([ola, kari, tor].map((one) => one.page.getByLabel("Kort sagt").inputValue()));
  expect(new Set(texts).size).toBe(1);
});
