//! `decide` as data: the table the client explains a disabled button by, and the page people read.

use crate::access::{Action, Audience, Denial, Facts, Grant, Grants, Kind, Relation, State, decide};
use crate::role::Role;
use serde::Serialize;

/// All denials, in the order of their codes in the table, which begin at 1; 0 is yes.
pub const DENIALS: [Denial; 4] = [
    Denial::Hidden,
    Denial::ReadOnly,
    Denial::Closed,
    Denial::ServerOnly,
];

/// All relations: bit 0 is owner, bit 1 invited, bit 2 group.
pub fn relations() -> [Relation; 8] {
    std::array::from_fn(|bits| Relation {
        owner: bits & 1 != 0,
        invited: bits & 2 != 0,
        group: bits & 4 != 0,
    })
}

/// The word of a unit variant, as it stands in JSON.
pub fn word(variant: impl Serialize) -> String {
    match serde_json::to_value(variant) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// One digit for each audience, relation, state and action, in that order of nesting: 0 is yes, another the
/// denial. Of several grants the kindest answer stands, which a test holds: yes, else the last denial.
pub fn digits(grant: Grant, kind: Kind) -> String {
    let mut digits = String::new();
    for audience in Audience::ALL {
        for relation in relations() {
            for state in State::ALL {
                let facts = Facts {
                    kind,
                    audience,
                    state,
                };
                digits.extend(Action::ALL.map(|action| digit(decide(grant.into(), relation, facts, action))));
            }
        }
    }
    digits
}

fn digit(answer: Result<(), Denial>) -> char {
    match answer {
        Ok(()) => '0',
        Err(Denial::Hidden) => '1',
        Err(Denial::ReadOnly) => '2',
        Err(Denial::Closed) => '3',
        Err(Denial::ServerOnly) => '4',
    }
}

const HEAD: &str = "# Who may do what

Rendered from `decide` in `shared/src/access.rs` by a test, which writes it anew with
`BLESS=1 cargo test -p samverk-shared --test generated`. Of several grants the kindest answer stands; without
a grant everything is hidden.

* **Relation** is how the person stands to the document: *owner*, *invited* to write it, of its *group*.
  `–` is none of them, `+` is both, *any* is all of them and none.
* A cell lists what is allowed, then what is denied and why. *list*: know that it exists; *read*: get content
  and history; *write*: change it; *presence*: show the others where one is; *command*: have the server decide
  about it (close, archive, replace). *hidden* alone: the document does not exist for this person.
";

const ROLES: &str = "
## Roles

What people are in a workshop, and the grant it carries (`shared/src/role.rs`). Of several roles all grants are had.

| Role | Grant |
|---|---|
";

/// `docs/access.md`: the roles, then a section for each kind, a table for each audience.
pub fn page() -> String {
    let mut page = String::from(HEAD);
    page.push_str(ROLES);
    for role in Role::ALL {
        page.push_str(&format!("| {} | {} |\n", word(role), role.grant().as_str()));
    }
    for kind in Kind::ALL {
        section(&mut page, kind);
    }
    page
}

fn section(page: &mut String, kind: Kind) {
    page.push_str(&format!("\n## {}\n", word(kind)));
    for audience in Audience::ALL {
        page.push_str(&format!("\n### {} for {}\n\n", word(kind), word(audience)));
        page.push_str("| Grant | Relation | open | closed | archived |\n|---|---|---|---|---|\n");
        for (grants, relations, cells) in rows(kind, audience) {
            let grants = grants.iter().map(|g| g.as_str()).collect::<Vec<_>>().join(", ");
            page.push_str(&format!("| {grants} | {relations} | {} |\n", cells.join(" | ")));
        }
    }
}

type Row = (Vec<Grant>, String, [String; 3]);

/// The rows of one table; grants and relations with the same cells share a row.
fn rows(kind: Kind, audience: Audience) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for grant in Grant::ALL {
        for (relations, cells) in relation_classes(grant, kind, audience) {
            let alike = rows.iter_mut().find(|(_, r, c)| *r == relations && *c == cells);
            match alike {
                Some((grants, _, _)) => grants.push(grant),
                None => rows.push((vec![grant], relations, cells)),
            }
        }
    }
    rows
}

fn relation_classes(grant: Grant, kind: Kind, audience: Audience) -> Vec<(String, [String; 3])> {
    let mut classes: Vec<(Vec<Relation>, [String; 3])> = Vec::new();
    for relation in relations() {
        let cells = State::ALL.map(|state| {
            cell(
                grant.into(),
                relation,
                Facts {
                    kind,
                    audience,
                    state,
                },
            )
        });
        match classes.iter_mut().find(|(_, c)| *c == cells) {
            Some((members, _)) => members.push(relation),
            None => classes.push((vec![relation], cells)),
        }
    }
    classes
        .into_iter()
        .map(|(members, cells)| (relation_words(&members), cells))
        .collect()
}

/// The relations of a row in words: "any", or each of them.
pub fn relation_words(members: &[Relation]) -> String {
    if members.len() == relations().len() {
        return "any".into();
    }
    members.iter().map(relation_word).collect::<Vec<_>>().join(", ")
}

fn relation_word(relation: &Relation) -> String {
    let named = [
        (relation.owner, "owner"),
        (relation.invited, "invited"),
        (relation.group, "group"),
    ];
    let words: Vec<&str> = named
        .into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| word)
        .collect();
    if words.is_empty() {
        "–".into()
    } else {
        words.join("+")
    }
}

/// What is allowed, then each denial with what it denies: "list read presence; read-only: write command".
pub fn cell(grants: Grants, relation: Relation, facts: Facts) -> String {
    let actions = |wanted: Result<(), Denial>| {
        let matching = Action::ALL
            .into_iter()
            .filter(|a| decide(grants, relation, facts, *a) == wanted);
        matching.map(word).collect::<Vec<_>>().join(" ")
    };
    if decide(grants, relation, facts, Action::List).is_err() {
        return "hidden".into();
    }
    let denied = DENIALS
        .iter()
        .map(|d| (word(d), actions(Err(*d))))
        .filter(|(_, list)| !list.is_empty());
    let parts = std::iter::once(actions(Ok(()))).chain(denied.map(|(why, list)| format!("{why}: {list}")));
    parts.collect::<Vec<_>>().join("; ")
}
