//! The fields a column can fill, and their names in plans and choices.

use samverk_shared::case::{ActorGroup, Level};
use samverk_shared::characteristic::{Characteristic, Characteristics};

/// What a column fills.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target<'s> {
    /// The list's own id of the case.
    Code,
    /// A field in words.
    Words(&'static str),
    /// A field that is a year.
    Year(&'static str),
    Origin,
    Status,
    Level,
    /// Parties whose actor group has to be read from their names.
    AnyParties,
    /// Public bodies, whose level has to be read from elsewhere.
    PublicParties,
    Parties(ActorGroup),
    Coding(&'s Characteristic),
    /// One value of a characteristic, ticked or not; the value by its place.
    Choice(&'s Characteristic, usize),
    /// A level of government, ticked or not.
    LevelChoice(Level),
    /// Left out.
    Ignore,
}

const WORDS: [&str; 8] = [
    "name",
    "country",
    "period",
    "sector",
    "description",
    "benefit",
    "notes",
    "source",
];
const YEARS: [&str; 2] = ["start_year", "end_year"];

impl<'s> Target<'s> {
    /// The name it has in plans and choices.
    pub fn name(self) -> String {
        match self {
            Target::Code => "code".into(),
            Target::Words(field) | Target::Year(field) => field.into(),
            Target::Origin => "origin".into(),
            Target::Status => "status".into(),
            Target::Level => "level".into(),
            Target::AnyParties => "parties".into(),
            Target::PublicParties => "parties.public".into(),
            Target::Parties(group) => format!("parties.{}", group.as_str()),
            Target::Coding(characteristic) => format!("codings.{}", characteristic.key),
            Target::Choice(characteristic, place) => {
                let key = characteristic.values.get(place).map_or("", |v| v.key.as_str());
                format!("codings.{}={key}", characteristic.key)
            }
            Target::LevelChoice(level) => format!("level={}", level.as_str()),
            Target::Ignore => "ignore".into(),
        }
    }

    /// The target of this name; `extra`, and what is no name, is none.
    pub fn parse(name: &str, set: &'s Characteristics) -> Option<Self> {
        if let Some(coding) = name.strip_prefix("codings.") {
            let (key, value) = coding
                .split_once('=')
                .map_or((coding, None), |(key, value)| (key, Some(value)));
            let characteristic = set.get(key).filter(|c| c.active)?;
            return match value {
                None => Some(Target::Coding(characteristic)),
                Some(value) => Target::choice(characteristic, value),
            };
        }
        let same = |field: &&&str| **field == name;
        let level = || {
            name.strip_prefix("level=")
                .and_then(Level::parse)
                .map(Target::LevelChoice)
        };
        let group = || {
            name.strip_prefix("parties.")
                .and_then(ActorGroup::parse)
                .map(Target::Parties)
        };
        match name {
            "code" => Some(Target::Code),
            "origin" => Some(Target::Origin),
            "status" => Some(Target::Status),
            "level" => Some(Target::Level),
            "parties" => Some(Target::AnyParties),
            "parties.public" => Some(Target::PublicParties),
            "ignore" => Some(Target::Ignore),
            _ => WORDS
                .iter()
                .find(same)
                .map(|field| Target::Words(field))
                .or_else(|| YEARS.iter().find(same).map(|field| Target::Year(field)))
                .or_else(group)
                .or_else(level),
        }
    }

    /// One value of a characteristic, by its key.
    pub fn choice(characteristic: &'s Characteristic, key: &str) -> Option<Self> {
        let living = &characteristic.living(key)?.key;
        let place = characteristic.values.iter().position(|v| v.key == *living)?;
        Some(Target::Choice(characteristic, place))
    }

    /// Whether several columns may fill it together.
    pub fn takes_many(self) -> bool {
        matches!(
            self,
            Target::AnyParties | Target::PublicParties | Target::Parties(_) | Target::Ignore
        )
    }

    /// Whether it names the case.
    pub fn is_name(self) -> bool {
        self == Target::Words("name")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use samverk_shared::characteristic::defaults;

    #[test]
    fn r32_every_target_is_chosen_by_the_name_the_plan_gives_it() {
        let scope = defaults().get("scope").unwrap();
        for target in [
            Target::Code,
            Target::Words("name"),
            Target::Year("end_year"),
            Target::AnyParties,
            Target::PublicParties,
            Target::Parties(ActorGroup::Frivillig),
            Target::Coding(scope),
            Target::Choice(scope, 1),
            Target::LevelChoice(Level::Regional),
            Target::Ignore,
        ] {
            assert_eq!(Target::parse(&target.name(), defaults()), Some(target));
        }
        for field in samverk_shared::import::fields() {
            let name = Target::parse(&field, defaults()).map(Target::name);
            assert_eq!(name.as_ref(), Some(&field), "the screen offers it");
        }
        assert_eq!(Target::parse("extra", defaults()), None);
        assert_eq!(Target::parse("codings.scope=galaxy", defaults()), None);
    }
}
