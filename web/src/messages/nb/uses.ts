// Fram og tilbake mellom områdene, og hvor ting er brukt.
import { plural } from "../plural.ts";

const examples = (n: number) => `${n} ${plural(n, "eksempel", "eksempler")}`;

export const uses = {
  title: "Sammenhenger",
  lead: "Hvordan arbeidet går fram og tilbake mellom kartlegging og utforsking, og hva som viser til hva.",
  views: "Vis",
  view: { log: "Fram og tilbake", things: "Hva ting viser til", cases: "Hvor eksempler og modeller er brukt" },
  kinds: { search: "Søk", task: "Leteoppdrag", grouping: "Inndeling", entry: "Innspill", card: "Kort", model: "Modell" },
  untitled: "Uten navn",
  usedIn: "Brukt i",
  usedNowhere: "Ingenting viser til eksemplet ennå.",
  aboutCases: "Eksempler det gjelder",
  way: { asked: "Fra utforsking til kartlegging", carried: "Fra kartlegging til utforsking" },
  askedFor: "ba om",
  waits: "Venter på at noen leter",
  done: (n: number) => (n ? `Ferdig, ga ${examples(n)}` : "Ferdig, ga ingen eksempler"),
  gone: "et kort som ikke er der lenger",
  noDay: "Uten dato",
  noJumps: "Ingenting har gått fram og tilbake ennå",
  noJumpsHelp:
    "Be om flere eksempler fra et kort på en tavle, eller lag et kort av et funn i et eksempel. Da står det her hvorfor og når.",
  none: "Ingenting viser til noe annet ennå",
  noneHelp: "Søk, leteoppdrag, inndelinger, innspill og kort som gjelder eksempler, står her.",
  unused: (n: number, of: number) => `${n} av ${examples(of)} er ikke brukt i noe ennå.`,
  newCard: "Lag et kort av et funn",
  board: "Tavle",
  cardText: "Hva fant vi?",
  cardMissing: "Skriv hva dere fant.",
  boardClosed: "Du kan ikke skrive på denne tavla. Velg en annen.",
  cardDo: "Legg på tavla",
  cardMade: "Kortet er lagt på tavla.",
  findLike: "Finn eksempler som dette",
  wish: "Hva leter vi etter, og hvorfor?",
  wishMissing: "Skriv hva dere leter etter.",
  taskDo: "Lag leteoppdrag",
  taskMade: "Leteoppdraget venter under Egne søk.",
};
