//! The actor group of a public body that a list does not give a level to.
//!
//! The rule is short enough to explain on the screen: what the name says, else the case's level where it has
//! exactly one, else `offentlig`, which somebody has to settle.

use samverk_shared::case::{ActorGroup, Level};

/// The group of a public body of this name in a case on these levels.
pub fn public_group(name: &str, levels: &[Level]) -> ActorGroup {
    let name = name.to_lowercase();
    if name.contains("fylkeskommune") {
        return ActorGroup::Region;
    }
    if name.contains("kommune") {
        return ActorGroup::Kommune;
    }
    match levels {
        [level] => level.group(),
        _ => ActorGroup::Offentlig,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_public_body_has_the_level_of_its_name_or_of_its_case_or_none() {
        use Level::*;
        assert_eq!(
            public_group("Viken fylkeskommune", &[Statlig]),
            ActorGroup::Region
        );
        assert_eq!(
            public_group("Deltakende kommuner", &[Statlig]),
            ActorGroup::Kommune
        );
        assert_eq!(public_group("Digdir", &[Statlig]), ActorGroup::Stat);
        assert_eq!(public_group("Sunnaas sykehus", &[Regional]), ActorGroup::Region);
        assert_eq!(public_group("KS", &[Statlig, Kommunal]), ActorGroup::Offentlig);
        assert_eq!(public_group("KS", &[]), ActorGroup::Offentlig);
    }
}
