//! The closed sets of words every list has: levels, origins, how far a case has come, and the words for no value.

use super::folded;
use samverk_shared::case::{CodingState, Level, Origin, Status};

/// Why there is no value, where a cell says so in words.
pub fn uncoded(cell: &str) -> Option<CodingState> {
    match folded(cell).trim_end_matches(['.', '!']) {
        "ukjent" | "ukjend" | "unknown" | "vet ikke" | "veit ikkje" | "?" | "??" | "usikker" | "uvisst"
        | "don't know" | "do not know" | "ikke kjent" | "ikkje kjent" | "uavklart" => {
            Some(CodingState::Unknown)
        }
        "ikke relevant" | "ikkje relevant" | "ikke aktuelt" | "ikkje aktuelt" | "not applicable"
        | "not relevant" | "n/a" | "i/a" | "irrelevant" => Some(CodingState::NotApplicable),
        "-" | "–" | "—" | "--" | "n.a" | "na" | "ingen svar" | "ikke besvart" | "no answer" | "(tom)"
        | "blank" | "ikke kodet" | "ikkje koda" | "not coded" => Some(CodingState::NotCoded),
        _ => None,
    }
}

/// A level of government.
pub fn level(word: &str) -> Option<Level> {
    match folded(word).as_str() {
        "statlig" | "statleg" | "stat" | "state" | "staten" | "nasjonal" | "nasjonalt" | "national"
        | "statlig nivå" | "statleg nivå" | "sentralt" | "central" => Some(Level::Statlig),
        "regional" | "regionalt" | "fylkeskommunal" | "fylkeskommunalt" | "fylke" | "fylkeskommune"
        | "county" | "regionalt nivå" | "fylkesnivå" => Some(Level::Regional),
        "kommunal" | "kommunalt" | "kommune" | "kommuner" | "kommunar" | "municipal" | "municipality"
        | "lokal" | "lokalt" | "local" | "kommunalt nivå" => Some(Level::Kommunal),
        _ => None,
    }
}

/// Where a case comes from.
pub fn origin(word: &str) -> Option<Origin> {
    match folded(word).as_str() {
        "national" | "nasjonal" | "nasjonalt" | "norsk" | "norge" | "noreg" | "norway" | "norwegian"
        | "innenlandsk" => Some(Origin::National),
        "international" | "internasjonal" | "internasjonalt" | "utland" | "utlandet" | "utanlandsk"
        | "utenlandsk" | "abroad" | "foreign" => Some(Origin::International),
        other if !is_norway(other) && is_country(other) => Some(Origin::International),
        "future" | "framtidig" | "fremtidig" | "tenkt" | "imagined" | "framtid" | "fremtid" => {
            Some(Origin::Future)
        }
        _ => None,
    }
}

/// How far a case has come.
pub fn status(word: &str) -> Option<Status> {
    match folded(word).trim_end_matches(['.', '!']) {
        "planned" | "planlagt" | "under planlegging" | "ikke startet" | "ikkje starta" | "kommende"
        | "upcoming" | "planlegges" | "not started" => Some(Status::Planned),
        "ongoing" | "pågår" | "pågående" | "pågåande" | "løpende" | "løpande" | "i gang" | "aktiv"
        | "aktivt" | "active" | "under arbeid" | "in progress" | "i drift" | "running" | "startet" => {
            Some(Status::Ongoing)
        }
        "ended" | "avsluttet" | "avslutta" | "ferdig" | "fullført" | "nedlagt" | "lagt ned" | "completed"
        | "closed" | "finished" | "gjennomført" => Some(Status::Ended),
        "unknown" | "ukjent" | "ukjend" => Some(Status::Unknown),
        _ => None,
    }
}

/// Whether a country is Norway.
pub fn is_norway(country: &str) -> bool {
    matches!(
        folded(country).as_str(),
        "norge" | "noreg" | "norway" | "no" | "nor" | "norgga"
    )
}

/// Whether a word is a country that lists of collaboration often name.
pub fn is_country(word: &str) -> bool {
    const OTHERS: [&str; 34] = [
        "sverige",
        "sweden",
        "danmark",
        "denmark",
        "finland",
        "island",
        "iceland",
        "nederland",
        "netherlands",
        "belgia",
        "belgium",
        "tyskland",
        "germany",
        "frankrike",
        "france",
        "storbritannia",
        "united kingdom",
        "uk",
        "england",
        "skottland",
        "scotland",
        "irland",
        "ireland",
        "spania",
        "spain",
        "italia",
        "italy",
        "portugal",
        "estland",
        "estonia",
        "canada",
        "usa",
        "australia",
        "eu",
    ];
    is_norway(word) || OTHERS.contains(&folded(word).as_str())
}

/// Whether a box is ticked: yes, no, or neither word.
pub fn ticked(cell: &str) -> Option<bool> {
    match folded(cell).as_str() {
        "x" | "✓" | "✔" | "☑" | "☒" | "1" | "ja" | "yes" | "true" | "sant" | "sann" | "valgt" | "vald"
        | "checked" | "selected" => Some(true),
        "0" | "nei" | "no" | "false" | "usann" | "☐" | "-" | "ikke valgt" | "ikkje vald" | "not selected"
        | "unchecked" => Some(false),
        _ => None,
    }
}
