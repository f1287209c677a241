//! The words of the files. The headings and values of the register are such that our own importer reads them back.

use crate::language::Language;
use samverk_shared::case::{
    ActorGroup, CodingState, Confidence, Criterion, Decision, Eligible, Level, Origin, Status,
};
use samverk_shared::characteristic::{Characteristic, Value};

/// Bokmål, nynorsk, English.
pub type Words = [&'static str; 3];

/// The headings of the fields of a case, in the order of the register's columns; parties and codings come after.
pub const FACTS: [Words; 14] = [
    ["ID", "ID", "ID"],
    ["Navn", "Namn", "Name"],
    ["Land", "Land", "Country"],
    ["Opphav", "Opphav", "Origin"],
    ["Status", "Status", "Status"],
    ["Startår", "Startår", "Start year"],
    ["Sluttår", "Sluttår", "End year"],
    ["Periode", "Periode", "Period"],
    ["Nivå", "Nivå", "Level"],
    ["Sektor", "Sektor", "Sector"],
    ["Beskrivelse", "Beskriving", "Description"],
    ["Nytte", "Nytte", "Benefit"],
    ["Notater", "Notat", "Notes"],
    ["Kilder", "Kjelder", "Sources"],
];

/// What no field of a list takes: an import keeps it beside the fields.
pub const EVALUATORS: Words = ["Evaluatorer", "Evaluatorar", "Evaluators"];
pub const SELECTION: [Words; 3] = [
    ["Utvalg", "Utval", "Selection"],
    [
        "Kriterium for utvalg",
        "Kriterium for utval",
        "Criterion of selection",
    ],
    ["Grunn for utvalg", "Grunn for utval", "Reason for selection"],
];

/// Whether a case is an example of innovation in the public sector at all.
pub const ELIGIBILITY: Words = [
    "Innovasjon i offentlig sektor",
    "Innovasjon i offentleg sektor",
    "Innovation in the public sector",
];

pub const CODINGS: [Words; 12] = [
    ["ID", "ID", "ID"],
    ["Navn", "Namn", "Name"],
    ["Kjennetegn nr.", "Kjenneteikn nr.", "Characteristic no."],
    ["Kjennetegn", "Kjenneteikn", "Characteristic"],
    [
        "Kjennetegn (nøkkel)",
        "Kjenneteikn (nøkkel)",
        "Characteristic (key)",
    ],
    ["Tilstand", "Tilstand", "State"],
    ["Verdi", "Verdi", "Value"],
    ["Verdi (nøkkel)", "Verdi (nøkkel)", "Value (key)"],
    ["Tall", "Tal", "Number"],
    ["Tekst", "Tekst", "Text"],
    ["Sikkerhet", "Sikkerheit", "Confidence"],
    ["Begrunnelse", "Grunngjeving", "Reason"],
];

pub const CODE_BOOK: [Words; 15] = [
    ["Nr.", "Nr.", "No."],
    ["Nøkkel", "Nøkkel", "Key"],
    ["Kjennetegn", "Kjenneteikn", "Characteristic in Norwegian"],
    [
        "Kjennetegn på engelsk",
        "Kjenneteikn på engelsk",
        "Characteristic",
    ],
    ["Gruppe", "Gruppe", "Heading in Norwegian"],
    ["Spørsmål", "Spørsmål", "Question in Norwegian"],
    ["Skala", "Skala", "Scale"],
    ["Enhet", "Eining", "Unit"],
    ["Kodes først", "Blir koda først", "Coded first"],
    ["Verdi (nøkkel)", "Verdi (nøkkel)", "Value (key)"],
    ["Verdi", "Verdi", "Value in Norwegian"],
    ["Verdi på engelsk", "Verdi på engelsk", "Value"],
    ["Definisjon", "Definisjon", "Definition in Norwegian"],
    [
        "Eksempler med verdien",
        "Eksempel med verdien",
        "Cases with the value",
    ],
    [
        "Versjon av kjennetegnene",
        "Versjon av kjenneteikna",
        "Version of the characteristics",
    ],
];

pub const COVERAGE: [Words; 6] = [
    ["Kjennetegn nr.", "Kjenneteikn nr.", "Characteristic no."],
    ["Kjennetegn", "Kjenneteikn", "Characteristic"],
    ["Verdi", "Verdi", "Value"],
    ["Eksempler", "Eksempel", "Cases"],
    ["Valgt ut", "Valde ut", "Chosen"],
    ["Bare i utlandet", "Berre i utlandet", "Only abroad"],
];

pub const PAIRS: [Words; 5] = [
    ["Kjennetegn", "Kjenneteikn", "Characteristic"],
    ["Verdi", "Verdi", "Value"],
    ["Med kjennetegn", "Med kjenneteikn", "With characteristic"],
    ["Med verdi", "Med verdi", "With value"],
    ["Eksempler", "Eksempel", "Cases"],
];

pub const MIXES: [Words; 10] = [
    ["Offentlig", "Offentleg", "Public"],
    ["Forskning", "Forsking", "Research"],
    ["Næringsliv", "Næringsliv", "Business"],
    ["Frivillig", "Frivillig", "Voluntary"],
    ["Eksempler", "Eksempel", "Cases"],
    ["Valgt ut", "Valde ut", "Chosen"],
    ["Statlig", "Statleg", "State"],
    ["Regionalt", "Regionalt", "Regional"],
    ["Kommunalt", "Kommunalt", "Municipal"],
    ["Uten nivå", "Utan nivå", "Without a level"],
];

pub const GROUPS: [Words; 7] = [
    ["Gruppe", "Gruppe", "Group"],
    ["ID", "ID", "ID"],
    ["Navn", "Namn", "Name"],
    ["Typisk eksempel", "Typisk eksempel", "Central case"],
    [
        "Hvor godt det hører til (−1 til 1)",
        "Kor godt det høyrer til (−1 til 1)",
        "Silhouette (−1 to 1)",
    ],
    [
        "Nærmeste andre gruppe",
        "Nærmaste andre gruppe",
        "Nearest other group",
    ],
    ["Grensetilfelle", "Grensetilfelle", "Borderline case"],
];

pub const YES: Words = ["ja", "ja", "yes"];
pub const UNKNOWN: Words = ["Ukjent", "Ukjend", "Unknown"];
pub const NOT_APPLICABLE: Words = ["Ikke relevant", "Ikkje relevant", "Not applicable"];

/// What the tables and their files are called.
#[allow(missing_docs)]
pub mod names {
    use super::Words;

    pub const REGISTER: Words = ["Eksempler", "Eksempel", "Cases"];
    pub const CODINGS: Words = ["Kodinger", "Kodingar", "Codings"];
    pub const CODE_BOOK: Words = ["Kodebok", "Kodebok", "Code book"];
    pub const COVERAGE: Words = ["Dekning", "Dekning", "Coverage"];
    pub const PAIRS: Words = ["Verdipar", "Verdipar", "Value pairs"];
    pub const MIXES: Words = ["Samarbeid", "Samarbeid", "Mixes"];
    pub const DISTANCES: Words = ["Avstander", "Avstandar", "Distances"];
    pub const GROUPS: Words = ["Grupper", "Grupper", "Groups"];
    pub const CODE_FORM: Words = ["Kodeskjema", "Kodeskjema", "Code form"];
    pub const SOURCES: Words = ["Kilder", "Kjelder", "Sources"];
}

/// What a file is called: «samverk-verdipar.csv».
pub fn file_name(name: Words, extension: &str, language: Language) -> String {
    let word = language.of(name).to_lowercase().replace(' ', "-");
    format!("samverk-{word}.{extension}")
}

/// The heading of the parties of a group.
pub fn parties(group: ActorGroup) -> Words {
    use ActorGroup::*;
    match group {
        Stat => ["Statlige parter", "Statlege partar", "State parties"],
        Region => ["Regionale parter", "Regionale partar", "Regional parties"],
        Kommune => ["Kommunale parter", "Kommunale partar", "Municipal parties"],
        Forskning => ["Forskningsparter", "Forskingspartar", "Research parties"],
        Naeringsliv => ["Næringslivsparter", "Næringslivspartar", "Business parties"],
        Oppstart => ["Oppstartsparter", "Oppstartspartar", "Start-up parties"],
        Frivillig => ["Frivillige parter", "Frivillige partar", "Voluntary parties"],
        Innbyggere => ["Innbyggerparter", "Innbyggjarpartar", "Citizen parties"],
        Finansior => ["Finansierende parter", "Finansierande partar", "Funding parties"],
        Offentlig => [
            "Offentlige parter, nivå ikke satt",
            "Offentlege partar, nivå ikkje sett",
            "Public parties, level not set",
        ],
    }
}

pub fn origin(origin: Origin) -> Words {
    match origin {
        Origin::National => ["Nasjonal", "Nasjonal", "National"],
        Origin::International => ["Internasjonal", "Internasjonal", "International"],
        Origin::Future => ["Framtidig", "Framtidig", "Future"],
    }
}

pub fn status(status: Status) -> Words {
    match status {
        Status::Planned => ["Planlagt", "Planlagt", "Planned"],
        Status::Ongoing => ["Pågår", "Pågår", "Ongoing"],
        Status::Ended => ["Avsluttet", "Avslutta", "Ended"],
        Status::Unknown => UNKNOWN,
    }
}

pub fn level(level: Level) -> Words {
    match level {
        Level::Statlig => ["Statlig", "Statleg", "State"],
        Level::Regional => ["Regional", "Regional", "Regional"],
        Level::Kommunal => ["Kommunal", "Kommunal", "Municipal"],
    }
}

pub fn state(state: CodingState) -> Words {
    match state {
        CodingState::Coded => ["Kodet", "Koda", "Coded"],
        CodingState::Unknown => UNKNOWN,
        CodingState::NotApplicable => NOT_APPLICABLE,
        CodingState::NotCoded => ["Ikke kodet", "Ikkje koda", "Not coded"],
    }
}

pub fn confidence(confidence: Confidence) -> Words {
    match confidence {
        Confidence::Sikker => ["Sikker", "Sikker", "Certain"],
        Confidence::Skjonn => ["Skjønn", "Skjøn", "Judgement"],
        Confidence::Usikker => ["Usikker", "Usikker", "Uncertain"],
        Confidence::Unsaid => [""; 3],
    }
}

/// The label of a state by its word; the word itself of one that is none.
pub fn state_of(word: &str, language: Language) -> &str {
    CodingState::parse(word).map_or(word, |known| language.of(state(known)))
}

pub fn eligible(eligible: Eligible) -> Words {
    match eligible {
        Eligible::Yes => YES,
        Eligible::No => ["nei", "nei", "no"],
        Eligible::Unsure => ["usikkert", "usikkert", "unsure"],
        Eligible::Unsaid => [""; 3],
    }
}

pub fn decision(decision: Decision) -> Words {
    match decision {
        Decision::In => ["Valgt ut", "Valt ut", "Chosen"],
        Decision::Reserve => ["I reserve", "I reserve", "In reserve"],
        Decision::Out => ["Valgt bort", "Valt bort", "Left out"],
        Decision::Undecided => [""; 3],
    }
}

pub fn criterion(criterion: Criterion) -> Words {
    match criterion {
        Criterion::NotEligible => ["Oppfyller ikke kravene", "Oppfyller ikkje krava", "Not eligible"],
        Criterion::Duplicate => ["Dublett", "Dublett", "Duplicate"],
        Criterion::TooLittleInformation => [
            "For lite informasjon",
            "For lite informasjon",
            "Too little information",
        ],
        Criterion::Covered => ["Dekket av andre", "Dekt av andre", "Covered by others"],
        Criterion::AddsVariety => ["Gir variasjon", "Gir variasjon", "Adds variety"],
        Criterion::Typical => ["Typisk", "Typisk", "Typical"],
        Criterion::Extreme => ["Ytterpunkt", "Ytterpunkt", "Extreme"],
        Criterion::Other => ["Annet", "Anna", "Other"],
        Criterion::Unsaid => [""; 3],
    }
}

/// The label of a characteristic; its own words are in bokmål and English.
pub fn label(c: &Characteristic, language: Language) -> &str {
    language.of([&c.label_nb, &c.label_nb, &c.label_en])
}

/// The label of a value.
pub fn value(value: &Value, language: Language) -> &str {
    language.of([&value.label_nb, &value.label_nb, &value.label_en])
}

/// The label of a value by its key; the key itself of one that is not in the list.
pub fn value_of<'a>(c: &'a Characteristic, key: &'a str, language: Language) -> &'a str {
    c.values
        .iter()
        .find(|one| one.key == key)
        .map_or(key, |one| value(one, language))
}

/// What may be chosen where there is no value.
pub fn without_value(language: Language) -> [&'static str; 2] {
    [language.of(UNKNOWN), language.of(NOT_APPLICABLE)]
}

/// The state that these words, in any language, stand for.
pub fn states_of_words(words: &str) -> Option<CodingState> {
    let says = |one: Words| {
        one.iter()
            .any(|word| word.to_lowercase() == words.trim().to_lowercase())
    };
    if says(UNKNOWN) {
        Some(CodingState::Unknown)
    } else {
        says(NOT_APPLICABLE).then_some(CodingState::NotApplicable)
    }
}
