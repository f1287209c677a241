//! The languages the server speaks to people.

/// A language the server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Bokmål, and what a reader of Danish or Swedish is given.
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

impl Language {
    /// As it stands in `Content-Language`.
    pub fn tag(self) -> &'static str {
        match self {
            Language::Nb => "nb",
            Language::Nn => "nn",
            Language::En => "en",
        }
    }

    /// The one with this tag.
    pub fn of_tag(tag: &str) -> Option<Language> {
        [Language::Nb, Language::Nn, Language::En]
            .into_iter()
            .find(|language| language.tag() == tag)
    }

    /// The one of three texts that is in this language: bokmål, nynorsk, English.
    pub fn of<T>(self, [nb, nn, en]: [T; 3]) -> T {
        match self {
            Language::Nb => nb,
            Language::Nn => nn,
            Language::En => en,
        }
    }
}
