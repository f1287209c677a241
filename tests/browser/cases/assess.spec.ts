// Assessing a model: several people, apart from each other, and what they say together.
import { expect, type Person, test } from "../harness/index.ts";
import { makeModel } from "../harness/models.ts";
import { SAVED } from "../harness/person.ts";

const NAME = "Bestille det som ikke finnes";
const CRITERION = "Gjennomførbar";

async function rate(rater: Person, round: string, score: string, why: string): Promise<void> {
  const { page } = rater;
  await page.goto(round);
  await expect(page.getByRole("link", { name: "Les modellen M1" })).toBeVisible();
  await page.getByRole("group", { name: CRITERION }).getByRole("radio", { name: score }).check();
  if (why) await page.getByLabel(`Hvorfor: ${CRITERION}`).fill(why);
  await expect(rater.save).toContainText(SAVED);
}

test("[R45, P3] five rate a model blind; revealed, the median and how much they agree stand there, and the two farthest reasons side by side", async ({ people }) => {
  // Six browsers, each with its own first visit.
  test.setTimeout(150_000);
  const liv = await people.join("facilitator", "Liv");
  const { page } = liv;
  const subject = await makeModel(liv, NAME, ["N03", "N04", "N05"]);
  await liv.open(`/modeller/${subject}/vurdering`);
  const part = page.getByRole("region", { name: "Vurdering", exact: true });
  await part.getByRole("button", { name: "La flere vurdere" }).click();
  await part.getByLabel("Kriterier").fill(CRITERION);
  await part.getByRole("button", { name: "Be dem vurdere" }).click();
  await expect(page.getByRole("heading", { name: `Vurder M1 ${NAME}` })).toBeVisible();

  const kari = await people.join("editor", "Kari");
  await kari.open(`/modeller/${subject}/vurdering`);
  const seen = kari.page.getByRole("region", { name: "Vurdering", exact: true });
  await expect(seen.getByText("Venter på deg")).toBeVisible();
  const answers = [["1", "Tungt for små bedrifter"], ["4", ""], ["4", "Gjort før"], ["5", "Vi har fått det til"]] as const;
  const round = page.url();
  await Promise.all(
    answers.map(async ([score, why], place) => rate(await people.join("reviewer", `Vurderer ${place + 1}`), round, score, why)),
  );
  await rate(kari, round, "4", "");
  await kari.open(`/modeller/${subject}/vurdering`);
  await expect(seen.getByRole("link", { name: `Vurder M1 ${NAME}` })).toBeVisible();
  await expect(seen.getByText("Tungt for små bedrifter")).toHaveCount(0);

  await page.getByRole("button", { name: "Lukk", exact: true }).click();
  await page.getByRole("button", { name: "Vis fram", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Vis fram for alle" }).click();
  const result = seen.getByRole("listitem").filter({ hasText: CRITERION }).last();
  await expect(result).toContainText("midten er 4, 5 vurderte");
  await expect(result).toContainText(/enighet 0,\d\d av 1/);
  const apart = result.getByRole("region", { name: "Lengst fra hverandre" });
  await expect(apart).toContainText("Tungt for små bedrifter");
  await expect(apart).toContainText("Vi har fått det til");
  await expect(apart).not.toContainText("Gjort før");
  await expect(result.getByRole("img", { name: "1 ga 1, 0 ga 2, 0 ga 3, 3 ga 4, 1 ga 5" })).toBeVisible();
});
