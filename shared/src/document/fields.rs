//! Which kind of value stands on which path of a document: what an edit command is typed by.
//! `*` stands for an id, the key of a characteristic, or a column.

/// What stands on a path, and so how it may be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// People's words: splice or update, never assign.
    Text,
    /// One of some words.
    Choice,
    /// One of some words, or null.
    ChoiceOrNull,
    /// A map from key to `true`.
    Set,
    /// A whole number that is a year, or null.
    Year,
    /// A number, or null.
    Number,
    /// A map from id to item; a client adds and removes whole items.
    List,
    /// Where an item stands among the others.
    Order,
    /// The id of a participant, or nothing.
    Participant,
    /// The id of another item of the document, or nothing.
    Item,
    /// A day, `2026-12-24`, or nothing.
    Day,
    /// Yes or no.
    Flag,
    /// Given by the server; a client never changes it.
    Fixed,
}

impl Field {
    /// All kinds.
    pub const ALL: [Field; 13] = [
        Field::Text,
        Field::Choice,
        Field::ChoiceOrNull,
        Field::Set,
        Field::Year,
        Field::Number,
        Field::List,
        Field::Order,
        Field::Participant,
        Field::Item,
        Field::Day,
        Field::Flag,
        Field::Fixed,
    ];

    /// The word it has in TypeScript.
    pub fn as_str(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Choice => "choice",
            Field::ChoiceOrNull => "choice-or-null",
            Field::Set => "set",
            Field::Year => "year",
            Field::Number => "number",
            Field::List => "list",
            Field::Order => "order",
            Field::Participant => "participant",
            Field::Item => "item",
            Field::Day => "day",
            Field::Flag => "flag",
            Field::Fixed => "fixed",
        }
    }
}

/// The fields of a `case`.
pub const CASE: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("code", Field::Fixed),
    ("facts.name", Field::Text),
    ("facts.country", Field::Text),
    ("facts.sector", Field::Text),
    ("facts.source", Field::Text),
    ("facts.origin", Field::Choice),
    ("facts.status", Field::Choice),
    ("facts.start_year", Field::Year),
    ("facts.end_year", Field::Year),
    ("facts.period", Field::Text),
    ("facts.level", Field::Set),
    ("texts.description", Field::Text),
    ("texts.benefit", Field::Text),
    ("texts.notes", Field::Text),
    ("parties", Field::List),
    ("parties.*.name", Field::Text),
    ("parties.*.group", Field::Choice),
    ("parties.*.role", Field::Choice),
    ("parties.*.order", Field::Order),
    ("codings.*.state", Field::Choice),
    ("codings.*.value", Field::ChoiceOrNull),
    ("codings.*.values", Field::Set),
    ("codings.*.number", Field::Number),
    ("codings.*.text", Field::Text),
    ("codings.*.confidence", Field::Choice),
    ("codings.*.coder", Field::Participant),
    ("codings.*.note", Field::Text),
    ("selection.decision", Field::Choice),
    ("selection.criterion", Field::Choice),
    ("selection.reason", Field::Text),
    ("selection.by", Field::Participant),
    ("provenance", Field::List),
    ("provenance.*.list", Field::Fixed),
    ("provenance.*.row", Field::Fixed),
    ("eligibility.answer", Field::Choice),
    ("eligibility.reason", Field::Text),
    ("eligibility.by", Field::Participant),
    ("needs", Field::List),
    ("needs.*.about", Field::Fixed),
    ("needs.*.question", Field::Text),
    ("needs.*.way", Field::Choice),
    ("needs.*.responsible", Field::Participant),
    ("needs.*.due", Field::Day),
    ("needs.*.status", Field::Choice),
    ("needs.*.answer", Field::Text),
    ("needs.*.source", Field::Item),
    ("needs.*.order", Field::Order),
    ("sources", Field::List),
    ("sources.*.title", Field::Text),
    ("sources.*.publisher", Field::Text),
    ("sources.*.address", Field::Text),
    ("sources.*.year", Field::Year),
    ("sources.*.read", Field::Day),
    ("sources.*.kind", Field::Choice),
    ("sources.*.order", Field::Order),
    ("references", Field::List),
    ("references.*.field", Field::Fixed),
    ("references.*.source", Field::Item),
    ("references.*.page", Field::Text),
    ("references.*.quote", Field::Text),
    ("references.*.order", Field::Order),
    ("extra.*", Field::Text),
];

/// The fields of a `sealed` document: one person's answers to a collection.
pub const SEALED: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("collection", Field::Fixed),
    ("notes", Field::List),
    ("notes.*.text", Field::Text),
    ("notes.*.order", Field::Order),
    ("votes.*", Field::Number),
    ("ratings.*.score", Field::Number),
    ("ratings.*.reason", Field::Text),
    ("codings.*.*.state", Field::Choice),
    ("codings.*.*.value", Field::ChoiceOrNull),
    ("codings.*.*.values", Field::Set),
    ("codings.*.*.number", Field::Number),
    ("codings.*.*.text", Field::Text),
    ("codings.*.*.confidence", Field::Choice),
    ("codings.*.*.coder", Field::Participant),
    ("codings.*.*.note", Field::Text),
];

/// The fields of a `board`.
pub const BOARD: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("title", Field::Text),
    ("notes", Field::List),
    ("notes.*.text", Field::Text),
    ("notes.*.by", Field::Participant),
    ("notes.*.order", Field::Order),
];

/// The fields of a `talk`. A thread and a comment are added whole; their authors are fixed by that.
pub const TALK: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("threads", Field::List),
    ("threads.*.field", Field::Fixed),
    ("threads.*.anchor", Field::Fixed),
    ("threads.*.order", Field::Fixed),
    ("threads.*.resolved", Field::Participant),
    ("threads.*.comments", Field::List),
    ("threads.*.comments.*.by", Field::Fixed),
    ("threads.*.comments.*.at_ms", Field::Fixed),
    ("threads.*.comments.*.text", Field::Text),
    ("threads.*.comments.*.order", Field::Order),
    ("threads.*.comments.*.withdrawn", Field::Flag),
];

/// The fields of a `team` document: whom to hear, what was said, what is due when.
pub const TEAM: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("contacts", Field::List),
    ("contacts.*.who", Field::Text),
    ("contacts.*.group", Field::Choice),
    ("contacts.*.method", Field::Choice),
    ("contacts.*.date", Field::Choice),
    ("contacts.*.questions", Field::Text),
    ("contacts.*.status", Field::Choice),
    ("contacts.*.order", Field::Order),
    ("entries", Field::List),
    ("entries.*.date", Field::Choice),
    ("entries.*.method", Field::Choice),
    ("entries.*.who", Field::Text),
    ("entries.*.group", Field::Choice),
    ("entries.*.questions", Field::Text),
    ("entries.*.notes", Field::Text),
    ("entries.*.consent", Field::Choice),
    ("entries.*.about", Field::Set),
    ("entries.*.order", Field::Order),
    ("deliveries", Field::List),
    ("deliveries.*.name", Field::Text),
    ("deliveries.*.contents", Field::Text),
    ("deliveries.*.order", Field::Order),
    ("deliveries.*.dates", Field::List),
    ("deliveries.*.dates.*.due", Field::Fixed),
    ("deliveries.*.dates.*.reason", Field::Text),
    ("deliveries.*.dates.*.order", Field::Order),
];

/// The fields of a `register`: own searches, groupings made by hand, and organisations. A case is in one group of a grouping, or in none.
pub const REGISTER: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("searches", Field::List),
    ("searches.*.where", Field::Text),
    ("searches.*.query", Field::Text),
    ("searches.*.date", Field::Choice),
    ("searches.*.hits", Field::Text),
    ("searches.*.by", Field::Participant),
    ("searches.*.cases", Field::Set),
    ("searches.*.order", Field::Order),
    ("current", Field::Choice),
    ("groupings", Field::List),
    ("groupings.*.name", Field::Text),
    ("groupings.*.made_by", Field::Fixed),
    ("groupings.*.order", Field::Order),
    ("groupings.*.groups", Field::List),
    ("groupings.*.groups.*.name", Field::Text),
    ("groupings.*.groups.*.order", Field::Order),
    ("groupings.*.members.*", Field::Choice),
    ("groupings.*.moves", Field::List),
    ("groupings.*.moves.*.subject", Field::Fixed),
    ("groupings.*.moves.*.from", Field::Fixed),
    ("groupings.*.moves.*.to", Field::Fixed),
    ("groupings.*.moves.*.by", Field::Participant),
    ("groupings.*.moves.*.reason", Field::Text),
    ("groupings.*.moves.*.order", Field::Order),
    ("organisations", Field::List),
    ("organisations.*.name", Field::Text),
    ("organisations.*.aliases", Field::List),
    ("organisations.*.aliases.*.name", Field::Text),
    ("organisations.*.aliases.*.order", Field::Order),
    ("organisations.*.legal_form", Field::Choice),
    ("organisations.*.group", Field::Choice),
    ("organisations.*.level", Field::Choice),
    ("organisations.*.country", Field::Text),
    ("organisations.*.apart", Field::Set),
    ("organisations.*.order", Field::Order),
];

/// The fields of a `frame`.
pub const FRAME: &[(&str, Field)] = &[
    ("schema", Field::Fixed),
    ("title", Field::Text),
    ("purpose", Field::Text),
    ("problem", Field::Text),
];
