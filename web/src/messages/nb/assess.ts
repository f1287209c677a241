// Vurdering av en modell: flere sier hva de mener, hver for seg.
export const assess = {
  title: "Vurdering",
  make: "La flere vurdere",
  none: "Ingen har vurdert modellen ennå. En fasilitator kan be flere gjøre det.",
  noneLead: "Ingen har vurdert modellen ennå. La flere vurdere den hver for seg, så ser dere hvor dere er enige.",
  titleOf: (code: string, name: string) => `Vurder ${code} ${name}`,
  prompt: "Les modellen, gi en karakter for hvert kriterium, og skriv hvorfor.",
  criteria: [
    "Tydelig: en annen kan planlegge etter den",
    "Nyttig for dem den er til for",
    "Gjennomførbar med det en offentlig virksomhet har",
    "Godt belagt i eksemplene",
    "Kan brukes andre steder",
    "Sier noe eget som andre modeller ikke sier",
  ],
  criteriaLabel: "Kriterier",
  criteriaHelp: (low: number, high: number) => `Ett på hver linje. Hver gir karakter fra ${low} til ${high} og sier hvorfor.`,
  criteriaMissing: "Skriv minst ett kriterium.",
  start: "Be dem vurdere",
  result: "Siste vurdering",
  readModel: (code: string) => `Les modellen ${code}`,
};
