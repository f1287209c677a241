//! Sources for reference managers: RIS and BibTeX.

use samverk_shared::case::Case;

/// Where the facts of cases were found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// As it is called, or written out.
    pub title: String,
    /// Where it is on the web, or nothing.
    pub url: String,
    /// Codes of the cases it tells of.
    pub cases: Vec<String>,
}

/// The sources of the cases, each once, in the order in which they come.
pub fn sources(cases: &[Case]) -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    for case in cases {
        let written = case.source.split([';', '\n']).map(str::trim);
        for words in written.filter(|words| !words.is_empty()) {
            match all.iter_mut().find(|one| one.title == words) {
                Some(one) if one.cases.contains(&case.code) => {}
                Some(one) => one.cases.push(case.code.clone()),
                None => all.push(Source {
                    title: words.to_owned(),
                    url: address(words).unwrap_or_default().to_owned(),
                    cases: vec![case.code.clone()],
                }),
            }
        }
    }
    all
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
        line("UR", &source.url);
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
        out.push_str(&format!(
            "  keywords = {{{}}}\n}}\n\n",
            escaped(&source.cases.join(", "))
        ));
    }
    out
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
