// The back and forth between the areas, and where things are used.
import { plural } from "../plural.ts";
import type { uses as nb } from "../nb/uses.ts";

const examples = (n: number) => `${n} ${plural(n, "case", "cases")}`;

export const uses: typeof nb = {
  title: "Where things are used",
  lead: "How the work goes back and forth between mapping and exploring, and what refers to what.",
  views: "Show",
  view: { log: "Back and forth", things: "What things refer to", cases: "Where cases and models are used" },
  kinds: { search: "Search", task: "Search task", grouping: "Grouping", entry: "Input", card: "Card", model: "Model" },
  untitled: "Without a name",
  usedIn: "Used in",
  usedNowhere: "Nothing refers to the case yet.",
  aboutCases: "Cases it is about",
  way: { asked: "From exploring to mapping", carried: "From mapping to exploring" },
  askedFor: "asked for",
  waits: "Waits for somebody to search",
  done: (n: number) => (n ? `Done, gave ${examples(n)}` : "Done, gave no cases"),
  gone: "a card that is no longer there",
  noDay: "Without a date",
  noJumps: "Nothing has gone back and forth yet",
  noJumpsHelp:
    "Ask for more cases from a card on a board, or make a card of a finding in a case. Then it says here why and when.",
  none: "Nothing refers to anything else yet",
  noneHelp: "Searches, search tasks, groupings, inputs and cards that are about cases stand here.",
  unused: (n: number, of: number) => `${n} of ${examples(of)} are not used in anything yet.`,
  newCard: "Make a card of a finding",
  board: "Board",
  cardText: "What did we find?",
  cardMissing: "Write what you found.",
  boardClosed: "You cannot write on this board. Choose another.",
  cardDo: "Put on the board",
  cardMade: "The card is on the board.",
  findLike: "Find cases like this",
  wish: "What are we looking for, and why?",
  wishMissing: "Write what you are looking for.",
  taskDo: "Make a search task",
  taskMade: "The search task waits under Own searches.",
};
