// Vurdering av ein modell: fleire seier kva dei meiner, kvar for seg.
import type { assess as nb } from "../nb/assess.ts";

export const assess: typeof nb = {
  assessment: {
    title: "Vurdering",
    make: "La fleire vurdere",
    none: "Ingen har vurdert modellen enno. Ein fasilitator kan be fleire gjere det.",
    noneLead: "Ingen har vurdert modellen enno. La fleire vurdere han kvar for seg, så ser de kvar de er einige.",
    titleOf: (code, name) => `Vurder ${code} ${name}`,
    prompt: "Les modellen, gi ein karakter for kvart kriterium, og skriv kvifor.",
    start: "Be dei vurdere",
    result: "Siste vurdering",
  },
  challenges: {
    title: "Utfordringar",
    make: "La fleire vurdere utfordringane",
    none: "Ingen har vurdert enno kva utfordringar modellen eignar seg for.",
    noneLead: "Ingen har vurdert enno kva utfordringar modellen eignar seg for. La fleire seie det kvar for seg.",
    titleOf: (code, name) => `Utfordringar: ${code} ${name}`,
    prompt: "0 er ikkje, 1 delvis, 2 godt og 3 svært godt. Sei kvifor.",
    start: "Be dei vurdere utfordringane",
    result: "Siste vurdering av utfordringane",
  },
  criteria: [
    "Tydeleg: ein annan kan planleggje etter han",
    "Nyttig for dei han er til for",
    "Gjennomførleg med det ei offentleg verksemd har",
    "Godt belagd i eksempla",
    "Kan brukast andre stader",
    "Seier noko eige som andre modellar ikkje seier",
  ],
  criteriaLabel: "Kriterium",
  criteriaHelp: (low, high) => `Eitt på kvar linje. Kvar gir karakter frå ${low} til ${high} og seier kvifor.`,
  criteriaMissing: "Skriv minst eitt kriterium.",
  readModel: (code) => `Les modellen ${code}`,
};
