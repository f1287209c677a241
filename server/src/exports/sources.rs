//! Sources for reference managers: RIS and BibTeX.

use samverk_shared::case::Case;
use samverk_shared::source;

/// Where the facts of cases were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// As it is called, or written out.
    pub title: String,
    /// Who published it, or nothing.
    pub publisher: String,
    /// Where it is on the web, or nothing.
    pub url: String,
    /// The year it was published.
    pub year: Option<i64>,
    /// The day somebody read it, `2026-12-24`, or nothing.
    pub read: String,
    /// Codes of the cases it tells of.
    pub cases: Vec<String>,
}

/// The sources of the cases, each once, in the order in which they come: those that are things of their own, and what a
/// list said in words that has not become one.
pub fn sources(cases: &[Case]) -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    for case in cases {
        let things = case.sources.iter().map(thing);
        let words = case.source.split([';', '\n']).map(str::trim);
        let words = words.filter(|words| !words.is_empty() && !has_become_one(words, case));
        for source in things.chain(words.map(written)) {
            if source.title.is_empty() && source.url.is_empty() {
                continue;
            }
            let same = |one: &&mut Source| (&one.title, &one.url) == (&source.title, &source.url);
            match all.iter_mut().find(same) {
                Some(one) if one.cases.contains(&case.code) => {}
                Some(one) => one.cases.push(case.code.clone()),
                None => all.push(Source {
                    cases: vec![case.code.clone()],
                    ..source
                }),
            }
        }
    }
    all
}

fn thing(source: &source::Source) -> Source {
    Source {
        title: source.title.trim().to_owned(),
        publisher: source.publisher.trim().to_owned(),
        url: source.address.trim().to_owned(),
        year: source.year,
        read: source.read.clone(),
        cases: Vec::new(),
    }
}

fn written(words: &str) -> Source {
    Source {
        title: words.to_owned(),
        url: address(words).unwrap_or_default().to_owned(),
        ..Source::default()
    }
}

/// Whether the case has a source of its own with this title or address.
fn has_become_one(words: &str, case: &Case) -> bool {
    case.sources.iter().any(|source| {
        let address = source.address.trim();
        source.title.trim() == words || (!address.is_empty() && words.contains(address))
    })
}

/// The first web address in the words.
fn address(words: &str) -> Option<&str> {
    let found = words
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .find(|word| word.starts_with("https://") || word.starts_with("http://"))?;
    Some(found.trim_end_matches(['.', ',', ')', ']']))
}

/// RIS: a line for each tag, a record for each source.
pub fn ris(sources: &[Source]) -> String {
    let mut out = String::new();
    for source in sources {
        let kind = if source.url.is_empty() { "GEN" } else { "ELEC" };
        let mut line = |tag: &str, text: &str| {
            if !text.is_empty() {
                out.push_str(&format!("{tag}  - {}\r\n", one_line(text)));
            }
        };
        line("TY", kind);
        line("TI", &source.title);
        line("PB", &source.publisher);
        line("PY", &year(source));
        line("UR", &source.url);
        line("Y2", &source.read.replace('-', "/"));
        source.cases.iter().for_each(|code| line("KW", code));
        out.push_str("ER  - \r\n\r\n");
    }
    out
}

/// BibTeX in UTF-8; the keys are `kilde1`, `kilde2`, ….
pub fn bibtex(sources: &[Source]) -> String {
    let mut out = String::new();
    for (number, source) in (1..).zip(sources) {
        out.push_str(&format!(
            "@misc{{kilde{number},\n  title = {{{{{}}}}},\n",
            escaped(&source.title)
        ));
        if !source.url.is_empty() {
            out.push_str(&format!(
                "  howpublished = {{\\url{{{}}}}},\n",
                in_url(&source.url)
            ));
        }
        let facts = [
            ("publisher", escaped(&source.publisher)),
            ("year", year(source)),
            ("urldate", escaped(&source.read)),
        ];
        for (name, text) in facts.iter().filter(|(_, text)| !text.is_empty()) {
            out.push_str(&format!("  {name} = {{{text}}},\n"));
        }
        out.push_str(&format!(
            "  keywords = {{{}}}\n}}\n\n",
            escaped(&source.cases.join(", "))
        ));
    }
    out
}

fn year(source: &Source) -> String {
    source.year.map(|year| year.to_string()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words in which nothing is a command or ends the field.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// An address in which nothing ends the field or is a command.
fn in_url(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(code: &str, source: &str) -> Case {
        Case {
            code: code.into(),
            source: source.into(),
            ..Case::default()
        }
    }

    #[test]
    fn r32_a_source_of_two_cases_is_one_record_that_names_both() {
        let cases = [
            case("N01", "Rapport 100%; DOGA: https://doga.no/a_b."),
            case("N02", "Rapport 100%\n"),
        ];
        let found = sources(&cases);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].cases, ["N01", "N02"]);
        assert_eq!(found[1].url, "https://doga.no/a_b");
        assert_eq!(
            ris(&found[1..]),
            "TY  - ELEC\r\nTI  - DOGA: https://doga.no/a_b.\r\nUR  - https://doga.no/a_b\r\nKW  - N01\r\nER  - \r\n\r\n"
        );
        assert_eq!(
            bibtex(&found[..1]),
            "@misc{kilde1,\n  title = {{Rapport 100\\%}},\n  keywords = {N01, N02}\n}\n\n"
        );
    }

    #[test]
    fn r32_a_source_that_has_become_a_thing_stands_once_with_all_that_is_known_of_it() {
        let mut one = case("N01", "DOGA: https://doga.no/a; Muntlig");
        one.sources = vec![source::Source {
            title: "Fra behov til løsning".into(),
            publisher: "DOGA".into(),
            address: "https://doga.no/a".into(),
            year: Some(2019),
            read: "2026-11-26".into(),
            ..source::Source::default()
        }];
        let found = sources(&[one]);
        let titles: Vec<&str> = found.iter().map(|source| source.title.as_str()).collect();
        assert_eq!(titles, ["Fra behov til løsning", "Muntlig"]);
        assert!(
            ris(&found)
                .contains("PB  - DOGA\r\nPY  - 2019\r\nUR  - https://doga.no/a\r\nY2  - 2026/11/26\r\n")
        );
        assert!(
            bibtex(&found).contains("  publisher = {DOGA},\n  year = {2019},\n  urldate = {2026-11-26},\n")
        );
    }

    #[test]
    fn f1_words_of_a_source_end_no_field_and_begin_no_tag() {
        let evil = [case("N01", "a}, url = {x} \\input{y}")];
        let found = sources(&evil);
        assert!(bibtex(&found).contains("a\\}, url = \\{x\\} \\textbackslash{}input\\{y\\}"));
        let broken = Source {
            title: "a\r\nER  - \r\nTY  - GEN".into(),
            ..Source::default()
        };
        assert_eq!(ris(&[broken]).matches("\nER").count(), 1);
    }
}
