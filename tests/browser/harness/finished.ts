// Two finished models, as analysts wrote them, in the words of the screen: what a test enters through the interface.

export interface Finished {
  name: string;
  /** Codes of the cases it is made from. */
  cases: string[];
  texts: Record<string, string>;
  /** Characteristic, value and class of what its cases do not all share. */
  traits: [string, string, string][];
  /** Name, actor groups, and one letter for each phase: R does, A decides, C is asked, I is told, B does and decides. */
  roles: [string, string[], string, "optional"?][];
  phases: string[];
  /** From, to («» is the end), type, when. */
  transitions: [string, string, string, string][];
  triggers: [string, string][];
  /** Name, links with the sign to the next, what breaks it. */
  loops: [string, [string, "more" | "less"][], string][];
  tasks: [string, string, string][];
  /** Text and evidence: case, relation, strength. */
  strengths: Claim[];
  weaknesses: Claim[];
  preconditions: [string, "Nødvendig" | "Nyttig"][];
  challenges: [string, string][];
  transfer: string;
  steps: string[];
  questions: string[];
}

type Claim = [string, ...[string, "støtter" | "motsier" | "nyanserer", "Anekdote" | "Dokumentert" | "Evaluert"][]];

const [YES, NUANCES] = ["støtter", "nyanserer"] as const;
const [WEAK, WRITTEN] = ["Anekdote", "Dokumentert"] as const;

export const M1: Finished = {
  name: "Bestille det som ikke finnes",
  cases: ["N03", "N04", "N05"],
  texts: {
    "Kort sagt":
      "En offentlig virksomhet med et tydelig behov betaler noen få bedrifter for å utvikle hver sin løsning, velger underveis og kan kjøpe den som virker.",
    "Når den passer":
      "Behovet er kjent og viktig, løsningen finnes ikke i markedet, noen vil kjøpe den etterpå, og flere enn én virksomhet har samme behov.",
    "Når den ikke passer":
      "Partene er uenige om hva problemet er (se M2). Løsningen finnes og skal bare innføres. Oppstartsselskap uten tid og penger til et langt løp er de eneste aktuelle.",
    Nytte:
      "For innbyggeren: en tjeneste som ikke fantes. For virksomheten: risikoen deles og læres underveis. For bedriften: en krevende første kunde.",
    "Hva det er": "Parallell utvikling med betaling underveis, stopp-punkt og mulighet til å kjøpe.",
    Varighet: "2–4 år (anslag)",
    "Dette må beholdes": "Åpent behov, parallell utvikling, stopp-punkt, kjøpsopsjon.",
    "Dette kan tilpasses": "Antall leverandører, varighet, lab.",
    "Dette er lokalt": "Hvilken støtteordning som finnes.",
    Hvorfor: "Alle tre eksemplene er i helse. Finn eksempler fra andre sektorer før modellen kalles allmenn.",
    Forskjellen: "Kort utfordringsløp med oppstartsselskap: måneder, ikke år; minimumsløsning; leverandøren beholder rettighetene.",
    "Historien om ett eksempel": "Sykehuset så at oppfølgingen etter slag ikke tålte veksten, og ba markedet om det som ikke fantes.",
  },
  traits: [
    ["Tilrettelegger", "Programsekretariat", "Valg"],
    ["Tilrettelegger", "Innovasjonslab/forskningssenter", "Valg"],
  ],
  phases: ["Behov", "Markedsdialog", "Konkurranse", "Utvikling A", "Utvelgelse", "Utvikling B og prøving", "Kjøp og innføring", "Spredning"],
  roles: [
    ["Behovseier, leder", ["Kommune"], "AAAAAAAA"],
    ["Prosjektleder", ["Kommune"], "RRRRRRRC"],
    ["Anskaffelsesrådgiver", ["Stat"], "CCRCRCRI"],
    ["Leverandører, 2–4 i starten", ["Næringsliv", "Oppstart"], "ICRRIRRR"],
    ["Brukere og brukerorganisasjon", ["Frivillig", "Innbygger"], "RICCCRCI"],
    ["Følgeforsker eller lab", ["Forskning"], "CIICCRCR", "optional"],
  ],
  transitions: [
    ["Behov", "Markedsdialog", "Fremdrift", "behovet er skrevet uten løsning"],
    ["Markedsdialog", "Behov", "Tilbakekobling", "behovet er feil stilt"],
    ["Utvikling A", "Utvelgelse", "Forgrening eller stopp", "minst én stanses"],
    ["Utvelgelse", "", "Forgrening eller stopp", "ingen er god nok"],
    ["Utvikling B og prøving", "Utvikling B og prøving", "Gjentakelse", "korte sløyfer med brukere"],
    ["Kjøp og innføring", "Spredning", "Skalering", "to andre har meldt behov"],
  ],
  triggers: [
    ["Leder ser at dagens tjeneste ikke tåler veksten", "Behov"],
    ["Et program lyser ut støtte", "Penger"],
  ],
  loops: [
    [
      "Betalt utvikling gir bedre løsninger",
      [
        ["betalt utvikling", "more"],
        ["bedriften lærer brukerne å kjenne", "more"],
        ["bedre løsning", "more"],
        ["ledelsen tror på kjøp", "more"],
        ["bedriften satser", "more"],
      ],
      "",
    ],
    [
      "Lange løp gjør kjøpet usikkert",
      [
        ["lengre løp", "more"],
        ["ny ledelse og nytt budsjett", "more"],
        ["usikkert kjøp", "less"],
        ["bedriften satser", "more"],
      ],
      "opsjon på kjøp og toppforankring",
    ],
  ],
  tasks: [
    ["Forstå", "Egnet", "Behovsarbeid med brukere før kunngjøring."],
    ["Utvikle", "Egnet", "Parallelle løp."],
    ["Prøve ut", "Egnet", "I egen drift."],
    ["Spre", "Delvis egnet", "Felles opsjon for flere kjøpere."],
  ],
  strengths: [
    [
      "Risikoen senkes for både bestiller og bedrift når bedriftene får tilskudd for å delta",
      ["N05", YES, WRITTEN],
      ["N04", YES, WRITTEN],
      ["I04", NUANCES, WEAK],
    ],
    ["Behovet stilles åpent, så uventede løsninger kan vinne", ["N03", YES, WRITTEN], ["I05", YES, WRITTEN]],
    ["Brukerorganisasjoner kan være med fra starten", ["N05", YES, WRITTEN]],
  ],
  weaknesses: [
    ["Trang inngang: 4 av 23 søkere fikk støtte i 2017", ["N04", YES, WRITTEN]],
    ["Tungt for små oppstartsselskap; enklere løp måtte lages ved siden av", ["N28", NUANCES, WRITTEN]],
    ["Utfallet avhenger av at ledelsen står løpet ut", ["N05", YES, WEAK]],
    ["Spredning til andre virksomheter er ikke sikret i modellen"],
  ],
  preconditions: [
    ["Kjøpsvilje og penger etter utviklingen", "Nødvendig"],
    ["Toppforankring", "Nødvendig"],
    ["Program som tar risiko", "Nyttig"],
  ],
  challenges: [
    ["Løsningen finnes ikke i markedet", "3 Svært godt"],
    ["Gode løsninger sprer seg ikke", "1 Delvis"],
    ["Innbyggernes egne ressurser brukes ikke", "0 Ikke"],
  ],
  transfer: "Betinget",
  steps: [
    "La tre brukere beskrive en vanlig dag.",
    "Skriv behovet på én side uten løsning.",
    "Få leders ja til kjøp hvis det virker.",
    "Ring to virksomheter med samme behov.",
    "Inviter markedet til samtale.",
    "Avtal hvem som kan stanse, og når.",
  ],
  questions: ["Hvem betaler drift?", "Hva gjør vi hvis ingen løsning holder?", "Hvem taper på at dette lykkes?"],
};

export const M2: Finished = {
  name: "Nabolaget som medprodusent",
  cases: ["N18", "N23", "N24", "N31", "I11"],
  texts: {
    "Kort sagt":
      "Kommunen og lag, foreninger og lokale bedrifter driver et åpent nettverk der innbyggere er med på å levere, og der en fast tilrettelegger holder trådene.",
    "Når den passer":
      "Problemet er gjenstridig og handler om tilhørighet, deltakelse eller omsorg; innbyggerne har noe å gi; ingen enkelt tjeneste eier det.",
    "Når den ikke passer":
      "Rettighetsfestede vedtak og akutte tjenester. Ny teknologi må utvikles (se M1). Steder der få har krefter igjen, uten at noen støtter dem særskilt.",
    Nytte:
      "For innbyggeren: noen å være sammen med og noe å bety. For kommunen: forebygging og kjennskap til hverdagen. For foreningene: medlemmer, rom og vilkår.",
    "Hva det er": "Et åpent nettverk med en fast tilrettelegger.",
    Varighet: "År, uten sluttdato",
    "Dette må beholdes": "Tilrettelegger, synlige små tiltak, årlig fornyelse, lov til å slutte.",
    "Dette kan tilpasses": "Avtaleform, tema, vertskap.",
    "Dette er lokalt": "Personer og steder.",
    Hvorfor: "Høy for formen, lav for innholdet.",
    Forskjellen: "Nabolagsinkubator for sosiale foretak: innbyggere som eiere, mål om foretak.",
    "Historien om ett eksempel": "Studenter så at noe manglet, og begynte med ett hus.",
  },
  traits: [
    ["Brukerrolle", "Medprodusent (leverer sammen)", "Kjerne"],
    ["Omfang", "Økosystem for innovasjon", "Kjerne"],
    ["Avtaleform", "Uformell", "Valg"],
  ],
  phases: ["Samtale", "Kart over krefter", "Avtale", "Små tiltak", "Fast drift", "Spredning", "Fornyelse"],
  roles: [
    ["Vert og garantist", ["Kommune"], "CCAIAAA"],
    ["Tilrettelegger", ["Kommune", "Frivillig"], "BBRCRRR"],
    ["Lag og foreninger", ["Frivillig"], "RRRBRCC"],
    ["Innbyggere", ["Innbygger"], "RRCRCIC"],
    ["Lokalt næringsliv", ["Næringsliv"], "ICCRCII"],
    ["Lærende venn", ["Forskning"], "CIICCRC", "optional"],
  ],
  transitions: [
    ["Samtale", "Kart over krefter", "Fremdrift", ""],
    ["Kart over krefter", "Avtale", "Fremdrift", ""],
    ["Små tiltak", "Samtale", "Tilbakekobling", "noen blir ikke nådd"],
    ["Små tiltak", "Små tiltak", "Gjentakelse", "hver sesong"],
    ["Små tiltak", "", "Forgrening eller stopp", "tiltaket har gjort nytten"],
    ["Små tiltak", "Fast drift", "Forgrening eller stopp", "tre personer eller flere"],
    ["Fast drift", "Spredning", "Skalering", "avtale eller regelverk"],
    ["Fast drift", "Fornyelse", "Tilbakekobling", "årlig"],
  ],
  triggers: [
    ["En ildsjel eller gruppe viser at noe mangler", "Person"],
    ["En plan gir rom", "Regel"],
  ],
  loops: [
    [
      "Synlige tiltak gir tillit",
      [
        ["synlig lite tiltak", "more"],
        ["flere kjenner hverandre", "more"],
        ["tillit", "more"],
        ["flere melder seg", "more"],
      ],
      "",
    ],
    [
      "Ansvar sliter på frivillige",
      [
        ["ansvar på frivillige", "more"],
        ["slitasje", "less"],
        ["frivillige", "more"],
      ],
      "fast tilrettelegger og lov til å slutte",
    ],
  ],
  tasks: [
    ["Mobilisere", "Egnet", "Åpne møter og synlige små tiltak."],
    ["Prøve ut", "Egnet", "Sesong for sesong."],
    ["Spre", "Egnet", "Enkel avtale og ferdig kurs."],
    ["Utvikle", "Ikke egnet", "Ny teknologi."],
  ],
  strengths: [
    ["Når bredt: over 100 lag og organisasjoner i ett nettverk", ["N18", YES, WRITTEN]],
    ["Kan vare ut over prosjektet når kommunen finansierer tilretteleggeren", ["N18", YES, WRITTEN]],
    ["De det gjelder, sitter i arbeidsgruppen", ["N24", YES, WRITTEN]],
    ["Sprer seg uten stor organisasjon: over 140 kommuner", ["N24", YES, WRITTEN], ["N23", YES, WRITTEN], ["I11", YES, WEAK]],
  ],
  weaknesses: [
    ["Avhengig av én tilrettelegger eller ildsjel", ["N18", YES, WEAK], ["N23", YES, WEAK]],
    ["Ansvar kan bli uklart mellom kommune og frivillige", ["I11", NUANCES, WEAK]],
    ["Virkning er sjelden målt"],
    ["Når ikke nødvendigvis dem som deltar minst"],
  ],
  preconditions: [
    ["Betalt tilrettelegger i minst halv stilling", "Nødvendig"],
    ["Politisk vedtak", "Nødvendig"],
    ["Ferdig kurs eller standard", "Nyttig"],
  ],
  challenges: [
    ["Innbyggernes egne ressurser brukes ikke", "3 Svært godt"],
    ["Partene stoler ikke på hverandre", "2 Godt"],
    ["Løsningen finnes ikke i markedet", "0 Ikke"],
  ],
  transfer: "Høy",
  steps: [
    "Tolv samtaler hjemme hos folk.",
    "Tegn kart over krefter, ikke behov.",
    "Gjør ett tiltak synlig innen seks uker.",
    "Avtal hvem som har ansvar når noe går galt.",
    "Finn penger til tilretteleggeren i to år.",
    "Sett dato for å vurdere om dere skal fortsette.",
  ],
  questions: ["Hvem er ikke i rommet?", "Hva skal frivillige aldri måtte gjøre?", "Hva slutter kommunen med?"],
};
