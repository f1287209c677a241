// Fram og tilbake mellom områda, og kvar ting er brukte.
import type { uses as nb } from "../nb/uses.ts";

const examples = (n: number) => `${n} eksempel`;

export const uses: typeof nb = {
  title: "Samanhengar",
  lead: "Korleis arbeidet går fram og tilbake mellom kartlegging og utforsking, og kva som viser til kva.",
  views: "Vis",
  view: { log: "Fram og tilbake", things: "Kva ting viser til", cases: "Kvar eksempel og modellar er brukte" },
  kinds: { search: "Søk", task: "Leiteoppdrag", grouping: "Inndeling", entry: "Innspel", card: "Kort", model: "Modell" },
  untitled: "Utan namn",
  usedIn: "Brukt i",
  usedNowhere: "Ingenting viser til eksempelet enno.",
  aboutCases: "Eksempel det gjeld",
  way: { asked: "Frå utforsking til kartlegging", carried: "Frå kartlegging til utforsking" },
  askedFor: "bad om",
  waits: "Ventar på at nokon leiter",
  done: (n: number) => (n ? `Ferdig, gav ${examples(n)}` : "Ferdig, gav ingen eksempel"),
  gone: "eit kort som ikkje er der lenger",
  noDay: "Utan dato",
  noJumps: "Ingenting har gått fram og tilbake enno",
  noJumpsHelp:
    "Be om fleire eksempel frå eit kort på ei tavle, eller lag eit kort av eit funn i eit eksempel. Då står det her kvifor og når.",
  none: "Ingenting viser til noko anna enno",
  noneHelp: "Søk, leiteoppdrag, inndelingar, innspel og kort som gjeld eksempel, står her.",
  unused: (n: number, of: number) => `${n} av ${examples(of)} er ikkje brukte i noko enno.`,
  newCard: "Lag eit kort av eit funn",
  board: "Tavle",
  cardText: "Kva fann vi?",
  cardMissing: "Skriv kva de fann.",
  boardClosed: "Du kan ikkje skrive på denne tavla. Vel ei anna.",
  cardDo: "Legg på tavla",
  cardMade: "Kortet er lagt på tavla.",
  findLike: "Finn eksempel som dette",
  wish: "Kva leiter vi etter, og kvifor?",
  wishMissing: "Skriv kva de leiter etter.",
  taskDo: "Lag leiteoppdrag",
  taskMade: "Leiteoppdraget ventar under Eigne søk.",
};
