// Every screen of the web client, each brought about the way a person does it.
import { expect, type Page } from "@playwright/test";
import type { People, Person } from "./index.ts";
import { askToCode, closeAndRevealCodings, codeFirstCase } from "./double-coding.ts";
import { Keys } from "./keys.ts";
import { claim, makeModel } from "./models.ts";
import { SAVED } from "./person.ts";

const CASE = "Med hjerte for Arendal";
export const LIST = new URL("../../../server/demo/cases.csv", import.meta.url).pathname;

export interface Screen {
  name: string;
  /** Shows it; the page returned stands still. */
  show(people: People): Promise<Page>;
  /** What is reached from there, one after the other, and costs no new beginning. */
  then?: { name: string; go(page: Page): Promise<void> }[];
}

export const outside: Screen[] = [
  { name: "join", show: async (people) => at(people, people.server.links.editor, "Bli med i Samarbeidsmodeller") },
  { name: "join-again", show: joinAgain },
  { name: "owner", show: async (people) => at(people, people.server.links.owner, "Bli eier av denne tjeneren") },
  { name: "home-nobody", show: async (people) => at(people, people.server.origin, "Du er ikke i noe arbeidsrom ennå") },
  { name: "home", show: home },
  { name: "join-code", show: (people) => at(people, `${people.server.origin}/bli-med`, "Bli med") },
  { name: "come-back", show: (people) => at(people, `${people.server.origin}/kom-tilbake#${"a".repeat(43)}`, "Velkommen tilbake") },
  { name: "sign-in", show: (people) => at(people, `${people.server.origin}/logg-inn`, "Logg inn") },
  { name: "sign-in-other", show: signInOther },
  { name: "account-none", show: async (people) => (await accountNone(people)).page },
  { name: "account", show: async (people) => (await account(people)).page },
  { name: "account-confirm", show: accountConfirm },
  { name: "admin", show: admin },
  { name: "privacy", show: async (people) => at(people, `${people.server.origin}/personvern`, "Personvern") },
  { name: "not-found", show: async (people) => at(people, `${people.server.origin}/finnes-ikke`, "Siden finnes ikke") },
  {
    name: "not-in",
    show: (people) => at(people, `${people.server.origin}/w/${people.server.links.workshop}`, "Du er ikke i dette arbeidsrommet"),
  },
];

export const reading: Screen[] = [
  { name: "overview", show: (people) => inside(people, "editor", "", (page) => expect(page.getByText("kjennetegn fylt ut")).toBeVisible()) },
  { name: "table", show: (people) => inside(people, "editor", "/eksempler", shown48) },
  { name: "table-nothing", show: (people) => inside(people, "editor", "/eksempler?q=finnesikke", nothingFound) },
  { name: "peek", show: (people) => inside(people, "editor", "/eksempler", peek) },
  { name: "variation", show: (people) => inside(people, "editor", "/eksempler/variasjon", varied) },
  { name: "variation-lists", show: (people) => inside(people, "editor", "/eksempler/variasjon?liste=verdier,parter,jevnhet", methodOpened) },
  { name: "variation-chosen", show: variationChosen },
  { name: "coverage", show: (people) => inside(people, "editor", "/eksempler/variasjon/dekning", (page) => expect(page.getByRole("heading", { name: "Dette mangler helt" })).toBeVisible()) },
  { name: "characteristics", show: (people) => inside(people, "editor", "/eksempler/kjennetegn", characteristicsShown) },
  { name: "characteristics-open", show: (people) => inside(people, "editor", "/eksempler/kjennetegn", characteristicOpened) },
  { name: "characteristics-retire", show: (people) => inside(people, "editor", "/eksempler/kjennetegn", valueRetiring) },
  { name: "characteristics-split", show: (people) => inside(people, "editor", "/eksempler/kjennetegn/scope/okosystem", (page) => expect(page.getByText("0 av 9 har fått en annen verdi")).toBeVisible()) },
  { name: "code-form", show: (people) => inside(people, "editor", "/eksempler/kodeskjema", codeFormShown) },
  { name: "code-form-difference", show: codeFormDifference },
  { name: "grouping", show: (people) => inside(people, "editor", "/eksempler/grupper", grouped) },
  { name: "grouping-groups", show: (people) => inside(people, "editor", "/eksempler/grupper?vis=groups&gruppe=2&metode=medoids", grouped) },
  { name: "grouping-method", show: (people) => inside(people, "editor", "/eksempler/grupper?vis=borderline", methodOpened) },
  { name: "grouping-lists", show: (people) => inside(people, "editor", "/eksempler/grupper?liste=kart,snitt,tydelig,tre,handler", methodOpened) },
  { name: "missing", show: (people) => inside(people, "editor", "/eksempler/mangler?av=alle", (page) => expect(page.getByRole("heading", { name: "Minst fylt ut" })).toBeVisible()) },
  { name: "organisations", show: (people) => inside(people, "editor", "/eksempler/virksomheter", (page) => expect(page.getByRole("heading", { name: "Kan være samme virksomhet" })).toBeVisible()) },
  { name: "organisation", show: (people) => inside(people, "editor", "/eksempler/virksomheter?virksomhet=ks", organisation) },
  { name: "actor-map", show: (people) => inside(people, "editor", "/eksempler/aktorkart?eksempler=N18,N31,I11,I07", mapped) },
  { name: "actor-map-nine", show: (people) => inside(people, "editor", "/eksempler/aktorkart", ecosystems) },
  { name: "actor-map-list", show: (people) => inside(people, "viewer", "/eksempler/aktorkart?eksempler=N18,N31,I11,I07&liste=kart", (page) => expect(page.getByRole("link", { name: "LabGov" })).toBeVisible()) },
  { name: "searches", show: (people) => inside(people, "editor", "/eksempler/sok", (page) => expect(page.getByText("Ingen søk er ført ennå")).toBeVisible()) },
  { name: "models-none", show: (people) => inside(people, "editor", "/modeller", (page) => expect(page.getByText("Ingen modeller ennå")).toBeVisible()) },
  { name: "models-new", show: (people) => inside(people, "editor", "/modeller/ny", (page) => expect(page.getByRole("button", { name: "Lag en tom modell" })).toBeVisible()) },
  {
    name: "models",
    show: async (people) => (await modelled(people)).list,
    then: [{ name: "models-report", go: (page) => page.getByRole("button", { name: "Ta med i rapporten" }).click() }],
  },
  {
    name: "model",
    show: async (people) => (await modelled(people)).page,
    then: [
      { name: "model-full", go: (page) => page.getByRole("radio", { name: "Full modell" }).check() },
      { name: "model-flow", go: (page) => view(page, "Flyt") },
      { name: "model-walk", go: (page) => page.getByRole("button", { name: "Gå gjennom fasene" }).click() },
      { name: "model-evidence", go: (page) => view(page, "Belegg") },
      { name: "model-beside", go: caseBeside },
      { name: "model-page", go: (page) => view(page, "Én side") },
      { name: "model-plan", go: (page) => view(page, "Planlegg") },
      { name: "model-learn", go: (page) => view(page, "Lær") },
    ],
  },
  { name: "challenges", show: challenged, then: [{ name: "challenges-change", go: challengeList }] },
  { name: "truth-table-none", show: (people) => inside(people, "editor", "/modeller/sannhetstabell", (page) => expect(page.getByRole("button", { name: "Vis eksempelet" })).toBeVisible()) },
  {
    name: "truth-table",
    show: (people) => inside(people, "editor", "/modeller/sannhetstabell", tabled),
    then: [
      { name: "truth-table-formula", go: (page) => page.getByRole("button", { name: "Vis den korteste formelen" }).click() },
      { name: "truth-table-list", go: (page) => page.getByRole("button", { name: /^Vis som liste/ }).click() },
    ],
  },
  { name: "models-compare", show: compared },
  { name: "balances", show: async (people) => (await balanced(people)).page },
  { name: "common-none", show: (people) => inside(people, "editor", "/modeller/felles-forutsetninger", (page) => expect(page.getByText("Ingenting er samlet her ennå")).toBeVisible()) },
  { name: "common", show: async (people) => (await balanced(people)).common },
  { name: "model-balance", show: async (people) => (await balanced(people)).model },
  { name: "claims-round", show: async (people) => (await claimed(people)).reader },
  { name: "claims-revealed", show: async (people) => revealedClaims(people) },
  { name: "model-assessed", show: assessed },
  { name: "uses-none", show: (people) => inside(people, "editor", "/sammenhenger", (page) => expect(page.getByText("Ingenting har gått fram og tilbake ennå")).toBeVisible()) },
  { name: "uses", show: async (people) => (await connected(people)).log },
  { name: "uses-board", show: async (people) => (await connected(people)).board },
  { name: "dialogue", show: (people) => inside(people, "editor", "/eksempler/dialog", planned) },
  { name: "plan", show: (people) => inside(people, "editor", "/leveranseplan", (page) => expect(page.getByRole("button", { name: "Ny leveranse" })).toBeVisible()) },
  { name: "grouping-hand", show: (people) => inside(people, "editor", "/eksempler/grupper", groupedByHand) },
  { name: "selection", show: (people) => inside(people, "editor", "/eksempler/utvalg", selected) },
  { name: "selection-lists", show: (people) => inside(people, "viewer", "/eksempler/utvalg?liste=trakt", selected) },
  { name: "people", show: (people) => inside(people, "facilitator", "/folk", (page) => expect(page.getByRole("table")).toBeVisible()) },
  { name: "people-lobby", show: async (people) => (await lobby(people)).leader.page },
  { name: "lobby", show: async (people) => (await lobby(people)).guest.page },
  { name: "people-roles", show: roles },
  { name: "collections-none", show: (people) => inside(people, "facilitator", "/innsamlinger", noCollections) },
  { name: "collections-new", show: (people) => inside(people, "facilitator", "/innsamlinger", newCollection) },
  { name: "collections", show: async (people) => (await collected(people, "Lapper")).list },
  { name: "collection-notes", show: async (people) => (await collected(people, "Lapper")).answer },
  { name: "collection-votes", show: async (people) => (await collected(people, "Stemmer")).answer },
  { name: "collection-ratings", show: async (people) => (await collected(people, "Vurderinger")).answer },
  { name: "collection-console", show: async (people) => (await collected(people, "Vurderinger")).console },
  { name: "collection-outcome", show: async (people) => outcome(people) },
  { name: "collection-codings-new", show: (people) => inside(people, "facilitator", "/innsamlinger", newCodings) },
  { name: "collection-codings", show: async (people) => (await coding(people)).kari.page },
  { name: "collection-codings-console", show: async (people) => (await coding(people)).liv.page },
  { name: "collection-codings-outcome", show: async (people) => (await coded(people)).page },
  { name: "collection-codings-lists", show: codedLists },
  { name: "door-closed", show: (people) => inside(people, "facilitator", "/folk/dor", doorClosed) },
  { name: "door", show: (people) => inside(people, "facilitator", "/folk/dor", door) },
  { name: "people-viewer", show: (people) => inside(people, "viewer", "/folk", onlyFacilitator) },
];

export const working: Screen[] = [
  { name: "case", show: (people) => caseOf(people, "editor") },
  { name: "case-comments", show: comments },
  { name: "case-comments-none", show: commentsNone },
  { name: "case-coding", show: caseCoding },
  { name: "merge", show: async (people) => (await merging(people)).page },
  { name: "case-merged", show: merged },
  { name: "case-viewer", show: (people) => caseOf(people, "viewer") },
  { name: "slow-line", show: slowLine },
  { name: "copies-empty", show: (people) => inside(people, "editor", "/kopier", (page) => expect(page.getByText("Ingen kopier")).toBeVisible()) },
  { name: "copies", show: copies },
  { name: "out", show: out },
];

export const importing: Screen[] = [
  { name: "overview-empty", show: async (people) => (await emptyWorkshop(people)).page },
  { name: "table-empty", show: tableEmpty },
  { name: "variation-empty", show: (people) => empty(people, "/variasjon", "Her ser dere hva eksemplene sier sammen") },
  { name: "import-decide", show: importDecide },
  { name: "import-earlier", show: importEarlier },
  { name: "import-known", show: importKnown },
  { name: "selection-empty", show: (people) => empty(people, "/utvalg", "Her velger dere hvilke eksempler som går videre") },
  { name: "grouping-empty", show: (people) => empty(people, "/grupper", "Grupper trenger flere eksempler") },
  { name: "import", show: (people) => inside(people, "editor", "/hent-inn", (page) => expect(page.getByLabel("Velg fil")).toBeAttached()) },
  { name: "import-report", show: importReport },
  { name: "import-done", show: importDone },
];

/** The owner in a workshop that has nothing in it yet. */
export async function emptyWorkshop(people: People): Promise<Person> {
  const owner = await people.someone("Eier");
  const { page } = owner;
  await page.goto(people.server.links.owner);
  await page.getByRole("button", { name: "Bli eier" }).click();
  await page.waitForURL(people.server.origin + "/");
  const create = page.getByRole("button", { name: "Nytt arbeidsrom" });
  const title = page.getByLabel("Hva heter arbeidsrommet?");
  await expect(create.or(title)).toBeVisible();
  if (await create.isVisible()) await create.click();
  await title.fill("Floker i nord");
  await page.getByLabel("Hvilket problem arbeider dere med?").fill("Hvordan får vi til mer sammen?");
  await page.getByRole("button", { name: "Lag arbeidsrommet" }).click();
  await expect(page.getByRole("heading", { name: "Start med eksemplene" })).toBeVisible();
  return owner;
}

async function newCodings(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ny innsamling" }).click();
  await page.getByRole("radio", { name: "Dobbeltkoding" }).check();
  await page.getByText("10 kjennetegn er krysset av").click();
  await page.getByRole("radio", { name: "Bare disse" }).check();
}

/** Two are asked; one of them has coded. */
async function coding(people: People): Promise<{ liv: Person; kari: Person; ola: Person }> {
  const liv = await people.join("facilitator", "Liv");
  const [kari, ola] = [await people.join("editor", "Kari"), await people.join("editor", "Ola")];
  await askToCode(liv, "Koder vi likt?", ["Kari", "Ola"]);
  await codeFirstCase(kari, "Koder vi likt?", { note: "Bare en kilde nevner drift.", first: "1" });
  await expect(liv.page.getByText("3 av 10")).toBeVisible();
  return { liv, kari, ola };
}

/** The balance of two models, and what one of them takes for granted. */
async function balanced(people: People): Promise<{ page: Page; model: Page; common: Page }> {
  const ola = await people.join("editor", "Ola");
  const buy = await makeModel(ola, "Bestille det som ikke finnes", ["N03", "N04", "N05"]);
  await makeModel(ola, "Nabolaget som medprodusent", ["N18", "N23", "N24", "N31", "I11"]);
  const common = (await people.join("editor", "Kari")).page;
  await ola.open(`/modeller/${buy}/balanse`);
  await ola.page.getByRole("button", { name: "Til felles forutsetninger: Innovasjonsobjekt: Tjeneste" }).click();
  await ola.open("/modeller/balanse");
  await expect(ola.page.getByRole("row")).toHaveCount(3);
  await common.goto(`${ola.page.url().replace("balanse", "felles-forutsetninger")}`);
  await expect(common.getByText("Innovasjonsobjekt: Tjeneste")).toBeVisible();
  const model = (await people.join("editor", "Per")).page;
  await model.goto(ola.page.url().replace("balanse", `${buy}/balanse`));
  await model.getByRole("region", { name: "Balanse" }).evaluate((part) => part.scrollIntoView());
  return { page: ola.page, model, common };
}

/** The claims of a model, as a reader is asked about them; with names, so that one reader is enough to show them. */
async function claimed(people: People): Promise<{ liv: Person; reader: Page; subject: string }> {
  const liv = await people.join("facilitator", "Liv");
  const { page } = liv;
  const subject = await makeModel(liv, "Bestille det som ikke finnes", ["N03", "N04", "N05"]);
  await claim(liv, subject, "Ny styrke", "Styrker", "Risikoen senkes for både bestiller og bedrift når bedriftene får tilskudd for å delta");
  await claim(liv, subject, "Ny svakhet", "Svakheter", "Trang inngang: 4 av 23 søkere fikk støtte i 2017");
  await claim(liv, subject, "Ny forutsetning", "Forutsetninger", "Ledelsen vil det");
  await liv.open(`/modeller/${subject}/balanse`);
  await page.getByRole("button", { name: "La lesere plassere utsagnene" }).click();
  await page.getByRole("radio", { name: "Med navn ved hvert svar." }).check();
  await page.getByRole("button", { name: "Be lesere plassere dem" }).click();
  await expect(page.getByRole("heading", { name: "Hvor langt rekker utsagnene?" })).toBeVisible();
  const reader = await people.join("reviewer", "Kari");
  await reader.page.goto(page.url());
  const say = (text: string, reach: string) => reader.page.getByRole("group", { name: text }).getByRole("radio", { name: reach }).check();
  await say("Ledelsen vil det", "Gjelder nesten alle");
  await say("Risikoen senkes", "Kjennetegner denne");
  await say("Trang inngang", "Bare her");
  await reader.page.getByLabel("Hvorfor: Ledelsen vil det").fill("Det må alle ha");
  await reader.page.getByLabel("Hvorfor: Trang inngang").fill("Gjelder bare kommuner med eget havnevesen, og de fleste av dem ligger langs kysten i nord");
  await expect(reader.save).toContainText(SAVED);
  return { liv, reader: reader.page, subject };
}

/** What one reader said of them, on the model's balance. */
async function revealedClaims(people: People): Promise<Page> {
  const { liv, subject } = await claimed(people);
  const { page } = liv;
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await expect(page.getByText("Det må alle ha")).toBeVisible();
  await liv.open(`/modeller/${subject}/balanse`);
  await expect(page.getByText("1 av 3 sier noe eget.")).toBeVisible();
  return page;
}

/** A model two have rated, far from each other. */
async function assessed(people: People): Promise<Page> {
  const liv = await people.join("facilitator", "Liv");
  const { page } = liv;
  const subject = await makeModel(liv, "Bestille det som ikke finnes", ["N03", "N04", "N05"]);
  await liv.open(`/modeller/${subject}/vurdering`);
  await page.getByRole("button", { name: "La flere vurdere", exact: true }).click();
  await page.getByLabel("Kriterier").fill("Gjennomførbar");
  await page.getByRole("radio", { name: "Med navn ved hvert svar." }).check();
  await page.getByRole("button", { name: "Be dem vurdere" }).click();
  for (const [name, score, why] of [["Kari", "2", "Tungt for små bedrifter"], ["Ola", "5", "Vi har fått det til"]] as const) {
    const rater = await people.join("reviewer", name);
    await rater.page.goto(page.url());
    await rater.page.getByRole("radio", { name: score }).check();
    await rater.page.getByLabel("Hvorfor: Gjennomførbar").fill(why);
    await expect(rater.save).toContainText(SAVED);
  }
  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await page.getByRole("link", { name: "Les modellen M1" }).click();
  await page.getByRole("link", { name: "Vurdering", exact: true }).click();
  await expect(page.getByText("Lengst fra hverandre")).toBeVisible();
  return page;
}

/** One difference is settled, by a third. */
async function coded(people: People): Promise<Person> {
  const { liv, ola } = await coding(people);
  await codeFirstCase(ola, "Koder vi likt?", { note: "", first: "2" });
  await closeAndRevealCodings(liv);
  await liv.page.getByRole("button", { name: /^Ta over alt alle er enige om/ }).click();
  await expect(liv.page.getByRole("status").filter({ hasText: "tatt over" })).toBeVisible();
  return liv;
}

async function codedLists(people: People): Promise<Page> {
  const { page } = await coded(people);
  await page.getByRole("button", { name: /^Vis som liste.*Enighet per kjennetegn$/ }).click();
  await page.getByText("Slik regner vi").click();
  await page.getByRole("button", { name: "Noe annet: Utfordringstype" }).click();
  return page;
}

async function at(people: People, address: string, heading: string): Promise<Page> {
  const { page } = await people.someone("Ukjent");
  await page.goto(address);
  await expect(page.getByRole("heading", { name: heading })).toBeVisible();
  return page;
}

async function joinAgain(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  await kari.page.goto(people.server.links.editor);
  await expect(kari.page.getByRole("button", { name: "Fortsett som Kari" })).toBeVisible();
  return kari.page;
}

async function signInOther(people: People): Promise<Page> {
  const { page } = await people.join("editor", "Kari");
  await page.goto(`${people.server.origin}/logg-inn`);
  await page.getByRole("button", { name: "Logg inn som en annen" }).click();
  await expect(page.getByText("Når du logger inn, er Kari ute herfra")).toBeVisible();
  return page;
}

/** At a name, as passkeys are not kept for addresses. */
async function accountNone(people: People): Promise<Person> {
  const origin = people.server.origin.replace("127.0.0.1", "localhost");
  const kari = await people.someone("Kari");
  await Keys.of(kari);
  await kari.enter(people.server.links.editor.replace("127.0.0.1", "localhost"));
  await kari.page.goto(`${origin}/innlogging`);
  await expect(kari.page.getByRole("button", { name: "Lag passnøkkel" })).toBeVisible();
  return kari;
}

async function account(people: People): Promise<Person> {
  const kari = await accountNone(people);
  const { page } = kari;
  await page.getByRole("textbox", { name: "Innloggingsnavn" }).fill("kari@arendal.example.no");
  await page.getByRole("button", { name: "Lag passnøkkel" }).click();
  await expect(page.getByRole("button", { name: "Fjern: Min passnøkkel" })).toBeVisible();
  await page.getByRole("button", { name: "Velg et passord" }).click();
  await page.getByLabel("Nytt passord").fill("riktig hest batteri stift");
  await page.getByRole("button", { name: "Lagre" }).click();
  await expect(page.getByRole("button", { name: "Endre passordet" })).toBeVisible();
  return kari;
}

async function accountConfirm(people: People): Promise<Page> {
  const kari = await account(people);
  kari.losesAccess();
  const { page } = kari;
  await page.context().clearCookies({ name: "samverk-session" });
  await page.reload();
  await page.getByRole("button", { name: "Fjern passordet" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Fjern", exact: true }).click();
  await expect(page.getByRole("dialog", { name: "Er det deg?" })).toBeVisible();
  return page;
}

async function admin(people: People): Promise<Page> {
  await people.join("editor", "Kari");
  await people.join("facilitator", "Liv");
  const { page } = await people.someone("Eier");
  await page.goto(people.server.links.owner);
  await page.getByRole("button", { name: "Bli eier" }).click();
  await page.waitForURL(`${people.server.origin}/`);
  await page.goto(`${people.server.origin}/drift`);
  await page.getByRole("row", { name: /Kari/ }).getByText("Inne fra 1 sted").click();
  return page;
}

async function home(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  await kari.page.goto(people.server.origin);
  await expect(kari.page.getByRole("heading", { name: "Arbeidsrommene dine" })).toBeVisible();
  return kari.page;
}

type Kind = Parameters<People["join"]>[0];

async function inside(people: People, kind: Kind, path: string, ready: (page: Page) => Promise<void>): Promise<Page> {
  const kari = await people.join(kind, "Kari");
  await kari.open(path);
  await ready(kari.page);
  return kari.page;
}

async function characteristicsShown(page: Page): Promise<void> {
  await expect(page.locator("details[data-key]")).toHaveCount(24);
}

async function characteristicOpened(page: Page): Promise<void> {
  await page.locator('details[data-key="scope"] > summary').click();
  await expect(page.getByRole("textbox", { name: "Verdi 1", exact: true })).toBeVisible();
}

async function valueRetiring(page: Page): Promise<void> {
  await characteristicOpened(page);
  await page.getByRole("button", { name: "Slett eller slå sammen Økosystem for innovasjon" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
}

const codeFormShown = (page: Page) =>
  expect(page.getByRole("heading", { name: "Kodeskjema", exact: true })).toBeVisible();
const shown48 = (page: Page) => expect(page.getByText("48 kartlagt")).toBeVisible();
const nothingFound = (page: Page) => expect(page.getByRole("heading", { name: "Ingen eksempler passer" })).toBeVisible();
const onlyFacilitator = (page: Page) => expect(page.getByText("Bare fasilitatoren lager lenker.")).toBeVisible();

const varied = (page: Page) => expect(page.getByText("verdier finnes i minst ett eksempel")).toBeVisible();

const grouped = (page: Page) => expect(page.getByText("Gruppene skiller seg lite. Bruk skjønn.").first()).toBeVisible();

/** N05 beside N18, with all that differs. */
async function merging(people: People): Promise<Person> {
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  await kari.page.getByRole("link", { name: "Slå sammen med et annet eksempel" }).click();
  await kari.page.getByLabel("Det andre eksemplet").fill("N05");
  await kari.page.getByRole("button", { name: "Vis dem side om side" }).click();
  await expect(kari.page.getByRole("heading", { name: /^Velg for \d+ felt/ })).toBeVisible();
  return kari;
}

/** The case that went into another. */
async function merged(people: People): Promise<Page> {
  const { page } = await merging(people);
  const goes = /med=(\w+)/.exec(page.url())?.[1] ?? "";
  await page.getByRole("button", { name: "Slå sammen", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Slå sammen", exact: true }).click();
  await expect(page.getByRole("textbox", { name: "Notater" })).toBeVisible();
  await page.goto(page.url().replace(/\w+$/, goes));
  await expect(page.getByText("er slått sammen med")).toBeVisible();
  return page;
}

async function groupedByHand(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start fra gruppene på kartet" }).click();
  await expect(page.getByLabel("Navn på gruppa")).toHaveCount(8);
  await page.getByRole("heading", { name: "Egne grupper" }).scrollIntoViewIfNeeded();
}

async function organisation(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sett gruppe, nivå og form" }).click();
  await page.getByRole("textbox", { name: "Legg til et annet navn" }).fill("Kommunesektorens organisasjon");
  await page.getByRole("button", { name: "Legg til" }).click();
  await expect(page.getByRole("button", { name: "Skill ut Kommunesektorens organisasjon" })).toBeVisible();
}

const mapped = (page: Page) => expect(page.locator("a.org").first()).toBeVisible();

async function ecosystems(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Økosystemene (9)" }).first().click();
  await mapped(page);
}

const selected = (page: Page) => expect(page.getByRole("heading", { name: /^Bredde/ })).toBeVisible();

async function codeFormDifference(people: People): Promise<Page> {
  const page = await inside(people, "editor", "/eksempler/kodeskjema", codeFormShown);
  const filled = [
    "subject;code;name;maturity;funding;context_binding;core_actor_count",
    ";ID;Navn;Modenhet;Finansiering;Kontekstbinding;Antall",
    ";N01;StimuLab;Planlagt;EU;Avhenger av noen få ildsjeler i hver kommune, og av at de får tid;12",
    ";N02;LUP;Nedlagt for godt;Egne midler;;mange",
  ].join("\r\n");
  await page.getByLabel("Velg skjema").setInputFiles({ name: "svar.csv", mimeType: "", buffer: Buffer.from(filled) });
  await expect(page.getByRole("region", { name: "N01 StimuLab" })).toBeVisible();
  return page;
}

async function variationChosen(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  for (const name of [CASE, "Innovasjonspartnerskap Stavanger", "vTaiwan"]) {
    await kari.openCase(name);
    await kari.page.getByRole("radio", { name: "Velg ut" }).check();
    await expect(kari.save).toContainText("Lagret på tjeneren");
  }
  await kari.open("/eksempler/variasjon");
  await expect(kari.page.getByText("48 kartlagt, 3 valgt ut.")).toBeVisible();
  return kari.page;
}

/** With all that stands under «Metode». */
async function methodOpened(page: Page): Promise<void> {
  await page.getByText("Hvordan tallene er laget").click();
  await expect(page.getByText(/Koding er skjønn/)).toBeVisible();
}

/** A view of the cases in a workshop that has none. */
async function empty(people: People, view: string, heading: string): Promise<Page> {
  const owner = await emptyWorkshop(people);
  await owner.page.goto(`${owner.page.url()}/eksempler${view}`);
  await expect(owner.page.getByRole("heading", { name: heading })).toBeVisible();
  return owner.page;
}

const doorClosed = (page: Page) => expect(page.getByRole("button", { name: "Åpne døra" })).toBeVisible();

async function door(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Åpne døra" }).click();
  await expect(page.getByText(/^Koden er /)).toBeVisible();
}

/** Somebody who waits to be let in, and the facilitator who sees it. */
async function lobby(people: People): Promise<{ leader: Person; guest: Person }> {
  const leader = await people.join("facilitator", "Liv");
  await leader.open("/folk/dor");
  await door(leader.page);
  const code = await leader.page.locator(".wall .code [aria-hidden]").innerText();
  const guest = await people.someone("Kari");
  await guest.page.goto(`${people.server.origin}/bli-med`);
  await guest.page.getByLabel("Kode eller lenke").fill(code);
  await guest.page.getByRole("button", { name: "Gå inn" }).click();
  await guest.page.getByLabel("Hva skal vi kalle deg?").fill("Kari");
  await guest.page.getByRole("radio", { name: "Kommune", exact: true }).check();
  await guest.page.getByRole("button", { name: "Bli med som Kari" }).click();
  await expect(guest.page.getByRole("heading", { name: "Snart inne" })).toBeVisible();
  await leader.page.getByRole("link", { name: "Til folk" }).click();
  await expect(leader.page.getByRole("button", { name: "Slipp inn: Kari" })).toBeVisible();
  return { leader, guest };
}

async function peek(page: Page): Promise<void> {
  await page.getByRole("row", { name: /MindLab/ }).getByText("Danmark").click();
  await expect(page.getByRole("complementary", { name: /MindLab/ }).getByText("Odense Kommune")).toBeVisible();
}

async function caseOf(people: People, kind: Kind): Promise<Page> {
  const kari = await people.join(kind, "Kari");
  await kari.openCase(CASE);
  return kari.page;
}

async function commentsNone(people: People): Promise<Page> {
  const page = await caseOf(people, "reviewer");
  await page.getByRole("tab", { name: /^Merknader/ }).click();
  await expect(page.getByText("Ingen har sagt noe ennå.")).toBeVisible();
  return page;
}

/** A user representative asks, a team member answers, and one thread is resolved. */
async function comments(people: People): Promise<Page> {
  const ola = await people.join("editor", "Ola");
  const kari = await people.someone("Kari");
  await kari.enter(people.server.links.reviewer, "Innbygger");
  await ola.openCase(CASE);
  await kari.follow(ola);
  for (const { page } of [ola, kari]) await page.getByRole("tab", { name: /^Merknader/ }).click();
  const say = async ({ page }: Person, words: string) => {
    await page.getByRole("textbox", { name: "Skriv en merknad" }).fill(words);
    await page.getByRole("button", { name: "Send", exact: true }).click();
  };
  await say(ola, "Skal vi skrive Arendal kommune eller bare kommunen?");
  await ola.page.getByRole("button", { name: /^Ferdig/ }).click();
  await say(kari, "Hvem betalte for dette etter at prosjektet var slutt? Det står ingenting om det her.");
  await say(kari, "Naboene mine var med på dette. De savner møteplassen.");
  await ola.page.getByRole("button", { name: /^Svar: Hvem betalte/ }).click();
  await ola.page.getByLabel("Svaret ditt").fill("Kommunen, fra 2018. Jeg legger det inn under nytte.");
  await ola.page.getByRole("button", { name: "Svar", exact: true }).click();
  await expect(kari.page.getByText("Jeg legger det inn under nytte.")).toBeVisible();
  return kari.page;
}

async function slowLine(people: People): Promise<Page> {
  const kari = await people.someone("Kari");
  kari.refusesSockets();
  await kari.enter(people.server.links.editor);
  await kari.openCase(CASE);
  await expect(kari.slow).toBeVisible();
  return kari.page;
}

async function caseCoding(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  const tor = await people.join("editor", "Tor");
  await kari.openCase(CASE);
  await tor.follow(kari);
  await tor.description.focus();
  await kari.page.locator("[data-key]").first().click();
  await expect(kari.page.getByText("Kari skriver her").or(kari.page.getByText("Tor skriver her"))).toBeVisible();
  return kari.page;
}

async function copies(people: People): Promise<Page> {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  await kari.goOffline();
  await kari.appendTo(kari.description, " Dette rakk ikke fram.");
  await liv.open("/folk");
  await liv.setRoles("Kari", "Observatør");
  await kari.goOnline();
  await kari.openCopies();
  await expect(kari.page.getByRole("article")).toContainText("Dette rakk ikke fram.");
  return kari.page;
}

const noCollections = (page: Page) => expect(page.getByRole("heading", { name: "Ingenting er samlet inn ennå" })).toBeVisible();

async function newCollection(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Ny innsamling" }).click();
  await page.getByRole("radio", { name: "Stemmer" }).check();
  await page.getByLabel("Hva spør dere om?").fill("Hva er viktigst å få til?");
  await page.getByLabel("Hva kan de stemme på?").fill("Dele data på tvers av etater\nTillit mellom partene\nHvem som betaler");
}

const ITEMS = ["Nabohjelp som varer", "Anskaffelse med rom for å lære", "Felles laboratorium"];

/** A collection under way, with what its facilitator and one who answers have before them. */
async function collected(people: People, kind: string): Promise<{ list: Page; console: Page; answer: Page; leader: Page }> {
  const leader = (await people.join("facilitator", "Liv")).page;
  const kari = await people.join("reviewer", "Kari");
  const ola = await people.join("reviewer", "Ola");
  await leader.getByRole("link", { name: "Innsamlinger" }).click();
  await leader.getByRole("button", { name: "Ny innsamling" }).click();
  await leader.getByRole("radio", { name: kind }).check();
  await leader.getByLabel("Hva spør dere om?").fill("Hva må vi kunne?");
  await leader.getByLabel(/^Oppgaven/).fill("I denne framtiden må offentlig sektor kunne …");
  if (kind !== "Lapper") await leader.getByRole("textbox", { name: /^Hva (kan|skal)/ }).fill(ITEMS.join("\n"));
  await leader.getByLabel(/^Minutter/).fill("12");
  await leader.getByRole("radio", { name: /^Med navn/ }).check();
  await leader.getByRole("button", { name: "Start for alle" }).click();
  for (const [place, person] of [kari, ola].entries()) {
    const { page } = person;
    await page.getByRole("link", { name: /Nå:.*Hva må vi kunne/ }).click();
    await answer(page, kind, place);
    await expect(person.save).toContainText("Lagret");
  }
  await kari.page.getByRole("button", { name: "Jeg er ferdig" }).click();
  await expect(leader.getByRole("heading", { name: "1 av 2 ferdige" })).toBeVisible();
  const list = await leader.context().newPage();
  await list.goto(leader.url().replace(/\/[0-9a-z]+$/, ""));
  await expect(list.getByRole("link", { name: "Hva må vi kunne?", exact: true })).toBeVisible();
  return { list, console: leader, answer: kari.page, leader };
}

async function answer(page: Page, kind: string, place: number): Promise<void> {
  if (kind === "Lapper") {
    for (const text of ["hjelpe nabolag der få har krefter igjen, uten å ta over", "si hvem som har ansvar når tre hjelper"]) {
      await page.getByLabel("Ny lapp").fill(text);
      await page.getByRole("button", { name: "Legg til" }).click();
    }
  } else if (kind === "Stemmer") {
    await page.getByRole("button", { name: `Én prikk mer til ${ITEMS[place]}` }).click();
    await page.getByRole("button", { name: `Én prikk mer til ${ITEMS[2]}` }).click();
  } else {
    for (const [n, item] of ITEMS.entries()) {
      await page.getByRole("group", { name: item }).getByRole("radio", { name: String(1 + ((n + 2 * place) % 5)) }).check();
    }
    await page.getByLabel(`Hvorfor: ${ITEMS[0]}`).fill(place ? "Naboene flytter" : "Folk kjenner hverandre");
  }
}

async function outcome(people: People): Promise<Page> {
  const { leader } = await collected(people, "Vurderinger");
  await leader.getByRole("button", { name: "Lukk", exact: true }).click();
  await leader.getByRole("button", { name: "Vis fram", exact: true }).click();
  await leader.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await expect(leader.getByText("Naboene flytter")).toBeVisible();
  return leader;
}

/** A model of three cases with phases, a way back, a role and claims. */
async function modelled(people: People): Promise<{ page: Page; list: Page }> {
  const { page } = await people.join("editor", "Kari");
  const workshop = page.url();
  const answer = await page.request.get(`${people.server.origin}/api/v1/workshops/${people.server.links.workshop}/register`);
  const { rows } = (await answer.json()) as { rows: { subject: string; code: string }[] };
  const cases = rows.filter(({ code }) => ["N03", "N04", "N05"].includes(code)).map(({ subject }) => subject);
  await page.goto(`${workshop}/modeller/ny?av=${cases.join(",")}`);
  await page.getByLabel("Navn på modellen").fill("Bestille det som ikke finnes");
  await page.getByRole("button", { name: "Lag modell av 3 eksempler" }).click();
  await page.getByLabel("Kort sagt").fill("En virksomhet med et tydelig behov betaler noen få bedrifter for å utvikle hver sin løsning, og kan kjøpe den som virker.");
  await page.getByLabel("Når den passer", { exact: true }).fill("Behovet er kjent og viktig, og løsningen finnes ikke i markedet.");
  for (const name of ["Behov", "Markedsdialog", "Konkurranse", "Utvikling", "Kjøp"]) {
    await page.getByRole("button", { name: "Ny fase" }).click();
    await page.locator(".openitem[open]").last().getByLabel("Fase", { exact: true }).fill(name);
    await page.locator(".openitem[open] > summary").last().click();
  }
  await page.getByRole("button", { name: "Ny overgang" }).click();
  await page.getByRole("button", { name: "Ny rolle" }).click();
  await page.getByRole("textbox", { name: "Rolle" }).fill("Behovseier");
  await page.getByRole("checkbox", { name: "Kommune" }).check();
  await page.getByRole("button", { name: "Ny styrke" }).click();
  await page.getByLabel("Utsagn").fill("Risikoen senkes for både bestiller og bedrift");
  const list = await page.context().newPage();
  await list.goto(`${workshop}/modeller`);
  await expect(list.getByText("0 av 15 i rapporten")).toBeVisible();
  await expect(list.getByText(/En virksomhet med et tydelig behov/)).toBeVisible();
  return { page, list };
}

/** The model in another of its views. */
const view = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "Visninger av modellen" }).getByRole("link", { name }).click();

/** A model that says what it suits, looked up by that. */
async function challenged(people: People): Promise<Page> {
  const { page } = await modelled(people);
  await page.getByRole("radio", { name: "Full modell" }).check();
  await page.getByLabel("Løsningen finnes ikke i markedet", { exact: true }).selectOption({ label: "3 Svært godt" });
  await page.getByLabel("Hvordan og hvorfor: Løsningen finnes ikke i markedet").fill("Behovet stilles åpent.");
  await page.goto(page.url().replace(/modeller\/.*/, "modeller/utfordringer?har=no-solution"));
  await expect(page.getByRole("list", { name: "Modeller som egner seg, den best egnede først" }).getByRole("listitem")).toHaveCount(1);
  return page;
}

/** A case beside the model's evidence, with a passage picked in it. */
async function caseBeside(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Eksempel ved siden av" }).click();
  const beside = page.getByRole("complementary", { name: "Eksempel ved siden av" });
  await beside.getByLabel("Eksempler i modellen").selectOption({ index: 1 });
  await beside.getByRole("button", { name: "Vis", exact: true }).first().click();
  await beside.getByRole("textbox", { name: "Beskrivelse" }).selectText();
  await expect(beside.getByRole("button", { name: "Bruk som belegg" })).toBeVisible();
}

/** The list of challenges, as the team changes it. */
async function challengeList(page: Page): Promise<void> {
  await page.getByText("Endre lista over utfordringer").click();
  const list = page.getByRole("list", { name: "Utfordringer i bruk" });
  await list.locator("summary").first().click();
  await expect(list.getByLabel("Navn på utfordringen").first()).toBeVisible();
}

/** The example of a truth table. */
async function tabled(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Vis eksempelet" }).click();
  await expect(page.getByRole("heading", { name: "Kombinasjoner med eksempler" })).toBeVisible();
}

/** The model beside one of which only the name is written. */
async function compared(people: People): Promise<Page> {
  const { list } = await modelled(people);
  const { origin, links } = people.server;
  await list.request.post(`${origin}/api/v1/workshops/${links.workshop}/models`, { headers: { origin }, data: { name: "Nabolaget som medprodusent" } });
  await list.getByRole("link", { name: "Sammenlign" }).click();
  await expect(list.getByRole("columnheader")).toHaveCount(2);
  return list;
}

/** A board whose card has asked for cases, and a card that was made of a case. */
async function connected(people: People): Promise<{ board: Page; log: Page }> {
  const { leader, list } = await collected(people, "Lapper");
  await leader.getByRole("button", { name: "Lukk", exact: true }).click();
  await leader.getByRole("button", { name: "Vis fram", exact: true }).click();
  await leader.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  await leader.getByRole("button", { name: "Finn eksempler som dette" }).first().click();
  await leader.getByLabel("Hva leter vi etter, og hvorfor?").fill("Finn flere der frivillige og kommunen deler på ansvaret");
  await leader.getByRole("button", { name: "Lag leteoppdrag" }).click();
  await expect(leader.getByText("Venter på at noen leter")).toBeVisible();
  const workshop = leader.url().replace(/\/innsamlinger.*/, "");
  await list.goto(`${workshop}/eksempler?q=${encodeURIComponent(CASE)}`);
  await list.getByRole("link", { name: CASE }).first().click();
  await list.getByRole("button", { name: "Lag et kort av et funn" }).click();
  await list.getByLabel("Hva fant vi?").fill("Én avtale for alle partene gjør at ingen faller mellom stolene");
  await list.getByRole("button", { name: "Legg på tavla" }).click();
  await expect(list.getByRole("link", { name: /^Kort Én avtale/ })).toBeVisible();
  await list.goto(`${workshop}/sammenhenger`);
  await expect(list.getByText(/Fra kartlegging til utforsking/)).toBeVisible();
  return { board: leader, log: list };
}

async function roles(people: People): Promise<Page> {
  await people.join("editor", "Ola");
  const kari = await people.join("facilitator", "Kari");
  await kari.open("/folk");
  await kari.page.getByRole("button", { name: "Endre rollene til Ola" }).click();
  await expect(kari.page.getByRole("group", { name: "Roller for Ola" })).toBeVisible();
  return kari.page;
}

async function out(people: People): Promise<Page> {
  const liv = await people.join("facilitator", "Liv");
  const kari = await people.join("editor", "Kari");
  await kari.openCase(CASE);
  kari.losesAccess();
  await liv.open("/folk");
  await liv.page.getByRole("row", { name: /Redigerer/ }).getByRole("button", { name: "Trekk tilbake" }).click();
  await liv.page.getByRole("button", { name: "Trekk tilbake lenken" }).click();
  await expect(kari.page.getByRole("status").filter({ hasText: "Du er ikke lenger med" })).toBeVisible();
  return kari.page;
}

async function tableEmpty(people: People): Promise<Page> {
  const owner = await emptyWorkshop(people);
  await owner.page.goto(`${owner.page.url()}/eksempler`);
  await expect(owner.page.getByRole("heading", { name: "Her kommer eksemplene" })).toBeVisible();
  return owner.page;
}

async function importReport(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  await kari.open("/hent-inn");
  await kari.page.getByLabel("Velg fil").setInputFiles(LIST);
  await kari.page.getByLabel("Ta med de 48 som er her fra før, én gang til").check();
  await expect(kari.page.getByRole("button", { name: "Hent inn 48 eksempler" })).toBeVisible();
  return kari.page;
}

/** A list that is not understood by itself: its title, a column and a word. */
export const MESSY_LIST = [
  "Oversikt over samarbeid;;;;;",
  "Prosjekt;Land;Hvem;Varighet;Farge;Sted",
  "Flomvarsling i Voss;Norge;Voss kommune;rammesamarbeid;blå;Voss",
  "Åpne data i Bodø;Norge;Bodø kommune;enkelt prosjekt;rød;Bodø",
  "Felles vakt;Noreg;Kristiansund kommune, NTNU;kortvarig;rød;Nordmøre",
].join("\n");

async function importDecide(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  await kari.open("/hent-inn");
  const file = { name: "liste.csv", mimeType: "text/csv", buffer: Buffer.from(MESSY_LIST) };
  await kari.page.getByLabel("Velg fil").setInputFiles(file);
  await kari.page.getByLabel("Hva «Varighet» blir til").selectOption({ label: "Omfang" });
  await expect(kari.page.getByRole("row", { name: /^Varighet/ })).toContainText("du valgte det");
  return kari.page;
}

/** A list that tells of cases the workshop has, one of them under nearly the same name. */
async function importKnown(people: People): Promise<Page> {
  const kari = await people.join("editor", "Kari");
  await kari.open("/hent-inn");
  const rows = "Navn;Land;Sektor\nMed hjerte Arendal;Sverige;Helse\nStimuLab;Noreg;Forvaltning\nNabohjelp på Sørlandet;Norge;Helse\n";
  const file = { name: "ny liste.csv", mimeType: "text/csv", buffer: Buffer.from(rows) };
  await kari.page.getByLabel("Velg fil").setInputFiles(file);
  await expect(kari.page.getByRole("heading", { name: "Er de her fra før?" })).toBeVisible();
  return kari.page;
}

async function importEarlier(people: People): Promise<Page> {
  const page = await importDone(people);
  await page.getByRole("button", { name: "Hent inn flere" }).click();
  await expect(page.getByRole("region", { name: "Hentet inn før" })).toBeVisible();
  return page;
}

async function importDone(people: People): Promise<Page> {
  const page = await importReport(people);
  await page.getByRole("button", { name: "Hent inn 48 eksempler" }).click();
  await expect(page.getByRole("heading", { name: "48 eksempler er hentet inn" })).toBeVisible();
  return page;
}

/** A plan with two contacts, one of them open. */
async function planned(page: Page): Promise<void> {
  const add = page.getByRole("button", { name: "Ny kontakt" });
  await add.click();
  await page.getByLabel("Hvem, og hvor").fill("Kari Vik, Sarpsborg kommune");
  await page.getByLabel("Aktørgruppe").selectOption({ label: "Kommune" });
  await add.click();
  await page.locator("details[open]").last().getByLabel("Hvem, og hvor").fill("NIFU");
  await expect(page.getByText(/^Planen har ingen fra/)).toBeVisible();
}
