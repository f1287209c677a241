//! The language of the sentences for people, by `Accept-Language`.

pub use crate::language::Language;

use actix_web::http::header::{ACCEPT_LANGUAGE, HeaderMap};

impl Language {
    /// The one the reader likes best of those the server speaks; bokmål for who asks for none of them.
    pub fn wanted(headers: &HeaderMap) -> Language {
        let header = headers
            .get(ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let mut best: Option<(f32, Language)> = None;
        for (language, weight) in header.split(',').filter_map(entry) {
            if weight > best.map_or(0.0, |(weight, _)| weight) {
                best = Some((weight, language));
            }
        }
        best.map_or(Language::Nb, |(_, language)| language)
    }
}

fn entry(text: &str) -> Option<(Language, f32)> {
    let mut parts = text.split(';').map(str::trim);
    let tag = parts.next()?.to_ascii_lowercase();
    let language = match tag.split('-').next()? {
        "nb" | "no" | "da" | "sv" => Language::Nb,
        "nn" => Language::Nn,
        "en" => Language::En,
        _ => return None,
    };
    let weight = parts
        .find_map(|part| part.strip_prefix("q="))
        .map_or(Ok(1.0), str::parse);
    Some((language, weight.unwrap_or(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn wanted(header: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(header).unwrap());
        Language::wanted(&headers)
    }

    #[test]
    fn the_language_with_the_highest_weight_wins() {
        assert_eq!(wanted("nn"), Language::Nn);
        assert_eq!(wanted("de, en;q=0.5, nn-NO;q=0.9"), Language::Nn);
        assert_eq!(wanted("en-GB,en;q=0.9,nb;q=0.8"), Language::En);
        assert_eq!(wanted("no"), Language::Nb);
        assert_eq!(wanted("fr"), Language::Nb);
        assert_eq!(wanted(""), Language::Nb);
    }
}
