//! Several things in one cell. Semicolons, bars and line breaks always separate; a comma, a stroke or an «og» only
//! where that breaks no name: «Design og arkitektur Norge», «Barne-, ungdoms- og familiedirektoratet».

/// The items that are surely separate.
pub fn list(cell: &str) -> Vec<&str> {
    cell.split([';', '\n', '|', '•', '·', '●'])
        .map(|item| item.trim().trim_start_matches("- ").trim_end_matches(',').trim())
        .filter(|item| !item.is_empty())
        .collect()
}

/// What separates values that are known, the strongest first.
const WEAK: [&str; 7] = [",", "/", " og ", " and ", " & ", " + ", " samt "];

/// The items of a list of known words: what is known as a whole is never cut, and a weak separator cuts only where
/// that finds something known.
pub fn known_list<'a>(cell: &'a str, is_known: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    if is_known(cell) {
        return vec![cell];
    }
    list(cell)
        .into_iter()
        .flat_map(|item| cut(item, is_known, 0))
        .collect()
}

fn cut<'a>(item: &'a str, is_known: &dyn Fn(&str) -> bool, from: usize) -> Vec<&'a str> {
    if is_known(item) {
        return vec![item];
    }
    for (level, separator) in WEAK.iter().enumerate().skip(from) {
        let parts = joined(item, separator, is_known);
        if parts.len() < 2 || (*separator == "/" && holds_known(item, is_known)) {
            continue;
        }
        let cut: Vec<&str> = parts
            .into_iter()
            .flat_map(|part| cut(part, is_known, level + 1))
            .collect();
        if cut.iter().any(|part| is_known(part)) {
            return cut;
        }
    }
    vec![item]
}

/// Whether an «og» in the item separates something that is known, so that a stroke within it need not.
fn holds_known(item: &str, is_known: &dyn Fn(&str) -> bool) -> bool {
    WEAK[2..].iter().any(|separator| {
        let mut parts = item.split(separator).map(str::trim).peekable();
        item.contains(separator) && parts.any(|part| part.contains('/') && is_known(part))
    })
}

/// The parts between separators; neighbours that are known together stay together.
fn joined<'a>(item: &'a str, separator: &str, is_known: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    /// More parts than this are not tried in every combination.
    const NEIGHBOURS_MAX: usize = 4;
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut from = 0;
    for (at, _) in item.match_indices(separator) {
        ends.push((from, at));
        from = at + separator.len();
    }
    ends.push((from, item.len()));
    let mut parts = Vec::new();
    let mut place = 0;
    while place < ends.len() {
        let furthest = (place + NEIGHBOURS_MAX).min(ends.len());
        let together = (place + 1..furthest)
            .rev()
            .find(|last| is_known(item[ends[place].0..ends[*last].1].trim()));
        let last = together.unwrap_or(place);
        parts.push(item[ends[place].0..ends[last].1].trim());
        place = last + 1;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Names in one cell, and whether the cutting is open to doubt.
pub struct Names {
    /// In their order.
    pub names: Vec<String>,
    /// A comma or an «og» was taken for a separator, or was not, and either may be wrong.
    pub doubtful: bool,
}

/// The names of organisations in a cell. `is_known` knows names that stand alone elsewhere in the list.
pub fn names(cell: &str, is_known: &dyn Fn(&str) -> bool) -> Names {
    let sure = list(cell);
    let mut found = Names {
        names: Vec::new(),
        doubtful: false,
    };
    // A cell that separates surely does not separate by commas as well, unless it says so by a space after each.
    // One that ends with a semicolon is one name.
    let by_comma = sure.len() == 1 && !cell.trim_end().ends_with(';');
    for item in sure {
        if is_known(item) || !by_comma {
            found.names.push(item.to_owned());
            continue;
        }
        let parts = at_commas(item);
        let last = parts.len() - 1;
        found.doubtful |= last > 0 && !parts.iter().all(|part| looks_like_name(part));
        for (place, part) in parts.iter().enumerate() {
            let halves = if is_known(part) {
                None
            } else {
                at_and(part, is_known, place == last && last > 0)
            };
            found.doubtful |= halves.is_some();
            match halves {
                Some((first, second)) => found.names.extend([first, second].map(str::to_owned)),
                None => found.names.push((*part).to_owned()),
            }
        }
    }
    found
}

fn looks_like_name(part: &str) -> bool {
    part.chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric())
        && part.split_whitespace().count() <= 7
}

/// Cut at commas and at strokes with spaces, but not within brackets or after a hyphen («Barne-, ungdoms-»).
fn at_commas(item: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut before) = (0, 0_i32, ' ');
    for (at, c) in item.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth -= 1,
            ',' if depth <= 0 && before != '-' => {
                parts.push(&item[from..at]);
                from = at + 1;
            }
            '/' if depth <= 0 && before == ' ' && item[at + 1..].starts_with(' ') => {
                parts.push(&item[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&item[from..]);
    let kept: Vec<&str> = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    if kept.is_empty() { vec![item] } else { kept }
}

/// Places whose names hold an «og» between two capitals.
const PLACES: [&str; 8] = [
    "møre og romsdal",
    "sogn og fjordane",
    "vestfold og telemark",
    "troms og finnmark",
    "nord og sør",
    "viken og oslo",
    "hedmark og oppland",
    "nes og",
];

/// Whether what stands at `at` is within the name of a place.
fn within_place(text: &str, place: &str, at: usize) -> bool {
    text.match_indices(place)
        .any(|(from, _)| (from..from + place.len()).contains(&at))
}

/// Cut at the last «og» between two names. Within a name the word after it begins with a small letter
/// («Nærings- og fiskeridepartementet»), except in the names of places.
fn at_and<'a>(part: &'a str, is_known: &dyn Fn(&str) -> bool, ends_list: bool) -> Option<(&'a str, &'a str)> {
    let lower = part.to_lowercase();
    let (at, word) = [" og ", " and ", " & ", " samt "]
        .iter()
        .filter_map(|w| Some((part.rfind(w)?, *w)))
        .max()?;
    let (first, second) = (part[..at].trim(), part[at + word.len()..].trim());
    if is_known(first) && is_known(second) {
        return Some((first, second));
    }
    let is_place = PLACES.iter().any(|place| within_place(&lower, place, at)) || part.contains('(');
    let capitals = [first, second]
        .iter()
        .all(|half| half.chars().next().is_some_and(char::is_uppercase));
    let short = first.split_whitespace().count() <= 6;
    let acronym = |half: &str| half.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let separate = ends_list || acronym(first) || acronym(second) || is_known(first) || is_known(second);
    (!is_place && capitals && short && separate && !first.ends_with('-')).then_some((first, second))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cell: &str) -> Vec<String> {
        names(cell, &|_| false).names
    }

    #[test]
    fn r32_names_that_hold_a_separator_stay_whole() {
        for whole in [
            "Design og arkitektur Norge (DOGA)",
            "Barne-, ungdoms- og familiedirektoratet",
            "Nærings- og fiskeridepartementet",
            "Møre og Romsdal fylkeskommune",
            "Leverandørutviklingsprogrammet (NHO/KS)",
        ] {
            assert_eq!(of(whole), [whole]);
        }
        assert_eq!(
            of("Design og arkitektur Norge;KS"),
            ["Design og arkitektur Norge", "KS"]
        );
    }

    #[test]
    fn r32_names_are_cut_at_every_separator() {
        for cell in [
            "NAV; NHO; KS",
            "NAV, NHO, KS",
            "NAV | NHO | KS",
            "NAV\nNHO\nKS",
            "NAV, NHO og KS",
            "NAV / NHO / KS",
        ] {
            assert_eq!(of(cell), ["NAV", "NHO", "KS"], "{cell}");
        }
        assert_eq!(
            of("Oslo kommune, Møre og Romsdal fylkeskommune"),
            ["Oslo kommune", "Møre og Romsdal fylkeskommune"]
        );
        assert_eq!(of("NAV og NHO"), ["NAV", "NHO"]);
        assert_eq!(
            of("Møre og Romsdal fylkeskommune og NAV"),
            ["Møre og Romsdal fylkeskommune", "NAV"]
        );
    }

    #[test]
    fn r32_known_words_win_over_separators() {
        let known = |word: &str| ["vare/produkt", "prosess", "a, b og c", "x"].contains(&word);
        assert_eq!(known_list("vare/produkt", &known), ["vare/produkt"]);
        assert_eq!(
            known_list("vare/produkt og prosess", &known),
            ["vare/produkt", "prosess"]
        );
        assert_eq!(known_list("a, b og c, x", &known), ["a, b og c", "x"]);
        assert_eq!(
            known_list("noe, annet", &known),
            ["noe, annet"],
            "nothing is known, so nothing is cut"
        );
    }
}
