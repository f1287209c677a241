//! What comes to a case from a list that tells of it again, or from another case that turned out to be the same; and
//! taking that back.

use super::create::{Writer, one_change_of};
use super::needs;
use super::order::order_key;
use super::read::read_case;
use super::recode;
use super::same::{new_parties, source_like};
use crate::case::{Case, Party, Provenance, YEARS, finite};
use crate::characteristic::{Characteristics, Scale};
use crate::import::cells::{CODINGS, EXTRA, PARTIES, Put, STATE, Said, Sayings, plain};
use crate::merge::Swap;
use crate::need::Need;
use crate::source::Source;
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, AutomergeError, Change, ObjId, ROOT, ReadDoc, ScalarValue};
use std::collections::BTreeMap;

/// What is to come to a case, or to leave it.
#[derive(Debug, Default)]
pub struct Joining<'a> {
    /// Fields; where something else stands by now, it is left.
    pub puts: &'a [Put],
    /// What comes as a whole; where something else stands by now, it is left.
    pub swaps: &'a [Swap],
    /// Where it is told of, too.
    pub provenance: &'a [Provenance],
    /// Items that leave it, of the lists that `Joined` names.
    pub removes: &'a [(String, String)],
    /// The case that turned out to be the same: who takes part, sources and needs come along.
    pub same: Option<&'a Case>,
    /// Who chose what a person chose.
    pub coder: &'a str,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Joined {
    /// The change; none where there was nothing to do.
    pub change: Option<Change>,
    /// What was put.
    pub put: Vec<Put>,
    /// What was put as a whole.
    pub swapped: Vec<Swap>,
    /// How many fields were left as they stood.
    pub left: usize,
    /// Items that were added: list and id.
    pub added: Vec<(String, String)>,
}

/// The change that joins this to a case, which has the newest shape. `fresh_ids` gives the ids of what is added.
pub fn join(
    document: &Automerge,
    joining: &Joining<'_>,
    characteristics: &Characteristics,
    fresh_ids: &mut dyn FnMut() -> String,
    (actor, time_s): (ActorId, i64),
) -> Result<Joined, AutomergeError> {
    let (case, _) = read_case(document, characteristics);
    let here = Sayings::of(&case, characteristics);
    let puts = joining.puts.iter().filter(|put| is_as_known(put, &here));
    let put: Vec<Put> = puts.cloned().collect();
    let swaps = joining.swaps.iter().filter(|swap| swap.is_as_known(&case));
    let swapped: Vec<Swap> = swaps.cloned().collect();
    let left = joining.puts.len() + joining.swaps.len() - put.len() - swapped.len();
    let mut added = Vec::new();
    let change = one_change_of(document, actor, time_s, |w| {
        let mut fields = Fields {
            w,
            characteristics,
            coder: joining.coder,
        };
        for one in put.iter().filter(|one| one.field != PARTIES) {
            fields.put(one)?;
        }
        swapped.iter().try_for_each(|swap| fields.swap(swap))?;
        let mut items = Items {
            w,
            fresh_ids,
            added: &mut added,
        };
        items.parties(&case, &put)?;
        items.provenance(&case, joining.provenance)?;
        if let Some(same) = joining.same {
            items.same(&case, same)?;
        }
        for (list, id) in joining.removes {
            items.remove(list, id)?;
        }
        Ok(())
    })?;
    Ok(Joined {
        change,
        put,
        swapped,
        left,
        added,
    })
}

/// Nothing else stands there than who decided knew of.
fn is_as_known(put: &Put, here: &Sayings) -> bool {
    if put.field != PARTIES {
        return here.cells.get(&put.field).map_or(&[][..], Vec::as_slice) == put.was.as_slice();
    }
    let stands = |said: &Said| here.parties.iter().any(|(name, _)| same_name(name, said));
    if put.now.is_empty() {
        stands(&put.was)
    } else {
        !stands(&put.now)
    }
}

fn same_name(name: &str, said: &Said) -> bool {
    said.first().is_some_and(|other| plain(name) == plain(other))
}

/// Puts words and choices where they stand.
struct Fields<'w, 't, 'c> {
    w: &'w mut Writer<'t>,
    characteristics: &'c Characteristics,
    coder: &'c str,
}

impl Fields<'_, '_, '_> {
    fn put(&mut self, put: &Put) -> Result<(), AutomergeError> {
        let word = put.now.first().map(String::as_str);
        if let Some(key) = put.field.strip_prefix(CODINGS) {
            return self.coding(key, put);
        }
        if let Some(column) = put.field.strip_prefix(EXTRA) {
            let extra = self.child(&ROOT, "extra")?;
            return match word {
                Some(words) => self.text(&extra, column, words),
                None => self.w.transaction.delete(&extra, column),
            };
        }
        let field = put.field.as_str();
        if matches!(field, "description" | "benefit" | "notes") {
            let texts = self.child(&ROOT, "texts")?;
            return self.text(&texts, field, word.unwrap_or_default());
        }
        let facts = self.child(&ROOT, "facts")?;
        match field {
            "name" | "country" | "sector" | "source" | "period" => {
                self.text(&facts, field, word.unwrap_or_default())
            }
            "origin" | "status" => self.w.word(&facts, field, word.unwrap_or("unknown")),
            "start_year" | "end_year" => {
                let year = word
                    .and_then(|word| word.parse().ok())
                    .filter(|year| YEARS.contains(year));
                self.scalar(&facts, field, year.map_or(ScalarValue::Null, ScalarValue::Int))
            }
            "level" => self.set(&facts, "level", &put.now),
            _ => Ok(()),
        }
    }

    fn swap(&mut self, swap: &Swap) -> Result<(), AutomergeError> {
        match swap {
            Swap::Coding { key, now, .. } => recode::code(self.w, key, now),
            Swap::Eligibility { now, .. } => {
                let item = self.child(&ROOT, "eligibility")?;
                self.w.word(&item, "answer", now.answer.as_str())?;
                self.w.word(&item, "by", &now.by)?;
                self.text(&item, "reason", &now.reason)
            }
            Swap::Selection { now, .. } => {
                let item = self.child(&ROOT, "selection")?;
                self.w.word(&item, "decision", now.decision.as_str())?;
                self.w.word(&item, "criterion", now.criterion.as_str())?;
                self.w.word(&item, "by", &now.by)?;
                self.text(&item, "reason", &now.reason)
            }
        }
    }

    fn coding(&mut self, key: &str, put: &Put) -> Result<(), AutomergeError> {
        let Some(scale) = self.characteristics.get(key).map(|c| c.scale) else {
            return Ok(());
        };
        let codings = self.child(&ROOT, "codings")?;
        let item = self.child(&codings, key)?;
        let word = put.now.first().map(String::as_str);
        if let Some(state) = word.and_then(|word| word.strip_prefix(STATE)) {
            self.w.word(&item, "state", state)?;
        } else {
            match scale {
                Scale::Nominal | Scale::Ordinal => {
                    self.scalar(&item, "value", word.map_or(ScalarValue::Null, ScalarValue::from))?;
                }
                Scale::Multi => self.set(&item, "values", &put.now)?,
                Scale::Number => {
                    let number = word.and_then(finite).map_or(ScalarValue::Null, ScalarValue::F64);
                    self.scalar(&item, "number", number)?;
                }
                Scale::Text => self.text(&item, "text", word.unwrap_or_default())?,
            }
            let state = if put.now.is_empty() { "not_coded" } else { "coded" };
            self.w.word(&item, "state", state)?;
        }
        let coder = if put.chosen { self.coder } else { "" };
        self.w.word(&item, "coder", coder)
    }

    fn child(&mut self, parent: &ObjId, key: &str) -> Result<ObjId, AutomergeError> {
        match self.w.transaction.get(parent, key)? {
            Some((value, child)) if value.is_object() => Ok(child),
            _ => Err(AutomergeError::Fail),
        }
    }

    /// Words are changed where they differ, never assigned.
    fn text(&mut self, parent: &ObjId, key: &str, words: &str) -> Result<(), AutomergeError> {
        match self.w.transaction.get(parent, key)? {
            Some((value, text)) if value.is_object() => self.w.transaction.update_text(&text, words),
            _ => self.w.text(parent, key, words),
        }
    }

    fn scalar(&mut self, parent: &ObjId, key: &str, value: ScalarValue) -> Result<(), AutomergeError> {
        self.w.transaction.put(parent, key, value)
    }

    fn set(&mut self, parent: &ObjId, key: &str, members: &Said) -> Result<(), AutomergeError> {
        let set = self.child(parent, key)?;
        let before: Vec<String> = self.w.transaction.keys(&set).collect();
        for old in before.iter().filter(|old| !members.contains(old)) {
            self.w.transaction.delete(&set, old.as_str())?;
        }
        for new in members.iter().filter(|new| !before.contains(new)) {
            self.w.transaction.put(&set, new.as_str(), true)?;
        }
        Ok(())
    }
}

/// Adds whole items, and takes them away.
struct Items<'w, 't, 'f> {
    w: &'w mut Writer<'t>,
    fresh_ids: &'f mut dyn FnMut() -> String,
    added: &'f mut Vec<(String, String)>,
}

impl Items<'_, '_, '_> {
    fn list(&mut self, list: &str) -> Result<ObjId, AutomergeError> {
        match self.w.transaction.get(&ROOT, list)? {
            Some((value, child)) if value.is_object() => Ok(child),
            _ => Err(AutomergeError::Fail),
        }
    }

    /// A new item at the end of a list, with its id.
    fn add(&mut self, list: &str) -> Result<(String, ObjId), AutomergeError> {
        let all = self.list(list)?;
        let place = self.w.transaction.length(&all);
        let id = (self.fresh_ids)();
        let item = self.w.map(&all, &id)?;
        if list != "provenance" {
            self.w.word(&item, "order", &order_key(place))?;
        }
        self.added.push((list.to_owned(), id.clone()));
        Ok((id, item))
    }

    fn remove(&mut self, list: &str, id: &str) -> Result<(), AutomergeError> {
        let all = self.list(list)?;
        match self.w.transaction.get(&all, id)? {
            Some(_) => self.w.transaction.delete(&all, id),
            None => Ok(()),
        }
    }

    fn parties(&mut self, case: &Case, puts: &[Put]) -> Result<(), AutomergeError> {
        for put in puts.iter().filter(|put| put.field == PARTIES) {
            if let [name, group] = put.now.as_slice() {
                let party = Party::from_list(&(name.clone(), group.clone()));
                self.party(&party)?;
            } else {
                let gone = case.parties.iter().find(|party| same_name(&party.name, &put.was));
                if let Some(party) = gone {
                    self.remove(PARTIES, &party.id)?;
                }
            }
        }
        Ok(())
    }

    fn party(&mut self, party: &Party) -> Result<(), AutomergeError> {
        let (_, item) = self.add(PARTIES)?;
        self.w.text(&item, "name", &party.name)?;
        self.w.word(&item, "group", party.group.as_str())?;
        self.w.word(&item, "role", party.role.as_str())
    }

    fn provenance(&mut self, case: &Case, provenance: &[Provenance]) -> Result<(), AutomergeError> {
        for from in provenance.iter().filter(|from| !case.provenance.contains(from)) {
            let (_, item) = self.add("provenance")?;
            self.w.word(&item, "list", &from.list)?;
            self.w.int(&item, "row", from.row)?;
        }
        Ok(())
    }

    /// What two cases that are the same have in lists: nothing of it is lost, and nothing stands twice.
    fn same(&mut self, case: &Case, same: &Case) -> Result<(), AutomergeError> {
        for party in new_parties(case, same) {
            self.party(party)?;
        }
        self.provenance(case, &same.provenance)?;
        let mut ids: BTreeMap<&str, String> = BTreeMap::new();
        for source in &same.sources {
            let id = match source_like(case, source) {
                Some(there) => there.id.clone(),
                None => self.source(source)?,
            };
            ids.insert(&source.id, id);
        }
        for need in &same.needs {
            let source = ids.get(need.source.as_str()).cloned().unwrap_or_default();
            let id = self.need(&Need {
                source,
                ..need.clone()
            })?;
            ids.insert(&need.id, id);
        }
        for reference in &same.references {
            let source = ids.get(reference.source.as_str()).cloned().unwrap_or_default();
            let field = match reference.field.strip_prefix("needs.") {
                Some(need) => format!("needs.{}", ids.get(need).map_or(need, String::as_str)),
                None => reference.field.clone(),
            };
            let (_, item) = self.add("references")?;
            self.w.word(&item, "field", &field)?;
            self.w.word(&item, "source", &source)?;
            self.w.text(&item, "page", &reference.page)?;
            self.w.text(&item, "quote", &reference.quote)?;
        }
        Ok(())
    }

    fn source(&mut self, source: &Source) -> Result<String, AutomergeError> {
        let (id, item) = self.add("sources")?;
        self.w.text(&item, "title", &source.title)?;
        self.w.text(&item, "publisher", &source.publisher)?;
        self.w.text(&item, "address", &source.address)?;
        let year = source.year.map_or(ScalarValue::Null, ScalarValue::Int);
        self.w.transaction.put(&item, "year", year)?;
        self.w.word(&item, "read", &source.read)?;
        self.w.word(&item, "kind", source.kind.as_str())?;
        Ok(id)
    }

    fn need(&mut self, need: &Need) -> Result<String, AutomergeError> {
        let (id, item) = self.add("needs")?;
        needs::fill(self.w, &item, need)?;
        Ok(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Coding;
    use crate::characteristic::defaults;
    use crate::document::create;
    use crate::document::same::as_they_came;
    use crate::import::CaseRecord;
    use crate::import::cells::{compare, keep, puts};

    fn record(list: &str, fields: &[(&str, &str)], codings: &[(&str, &str)]) -> CaseRecord {
        CaseRecord {
            code: "N01".into(),
            fields: fields.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            codings: codings
                .iter()
                .map(|(k, v)| ((*k).into(), vec![(*v).into()]))
                .collect(),
            parties: vec![(format!("{list} kommune"), "kommune".into())],
            list: list.into(),
            row: 2,
            ..CaseRecord::default()
        }
    }

    fn born(record: &CaseRecord) -> Automerge {
        create::case(record, defaults(), [1; 16].into(), &mut ids("a"), 0).unwrap()
    }

    fn ids(prefix: &str) -> impl FnMut() -> String {
        let mut next = 0;
        let prefix = prefix.to_owned();
        move || {
            next += 1;
            format!("{prefix}{next}")
        }
    }

    fn apply(document: &mut Automerge, joining: &Joining<'_>, prefix: &str) -> Joined {
        let actor = ActorId::from([9; 16]);
        let joined = join(document, joining, defaults(), &mut ids(prefix), (actor, 0)).unwrap();
        document.apply_changes(joined.change.clone()).unwrap();
        joined
    }

    #[test]
    fn r35_a_list_comes_to_a_case_and_is_taken_back_as_if_it_had_never_come() {
        let mut document = born(&record("A", &[("name", "Voss"), ("country", "Norge")], &[]));
        let before = read_case(&document, defaults()).0;
        let told = record(
            "B",
            &[
                ("name", "Voss"),
                ("country", "Sverige"),
                ("start_year", "2017"),
                ("notes", "Nytt"),
            ],
            &[("scope", "rammesamarbeid")],
        );
        let here = Sayings::of(&before, defaults());
        let mut cells = compare(&here, &Sayings::of_record(&told, defaults()), None);
        keep(&mut cells, |_| "Land".into(), "B");
        let wanted = puts(&cells, &here);
        let provenance = [Provenance {
            list: "B".into(),
            row: 2,
        }];
        let joining = Joining {
            puts: &wanted,
            provenance: &provenance,
            ..Joining::default()
        };
        let joined = apply(&mut document, &joining, "b");
        let (case, problems) = read_case(&document, defaults());
        assert_eq!(problems, []);
        assert_eq!(
            (case.country.as_str(), case.start_year, case.notes.as_str()),
            ("Norge", Some(2017), "Nytt")
        );
        assert_eq!(case.extra["Land (B)"], "Sverige");
        assert_eq!(case.codings["scope"].value.as_deref(), Some("rammesamarbeid"));
        assert_eq!((case.parties.len(), case.provenance.len()), (2, 2));
        let back: Vec<Put> = joined.put.iter().map(Put::back).collect();
        apply(
            &mut document,
            &Joining {
                puts: &back,
                removes: &joined.added,
                ..Joining::default()
            },
            "c",
        );
        let mut after = read_case(&document, defaults()).0;
        after.codings.get_mut("scope").unwrap().value = None;
        assert_eq!(after, before);
    }

    #[test]
    fn r35_what_somebody_changed_in_the_meantime_is_left() {
        let mut document = born(&record("A", &[("name", "Voss"), ("sector", "Vann")], &[]));
        let put = |was: &str| Put {
            field: "sector".into(),
            was: vec![was.into()],
            now: vec!["Flom".into()],
            chosen: true,
        };
        let wanted = [put("Klima"), put("Vann")];
        let joined = apply(
            &mut document,
            &Joining {
                puts: &wanted,
                ..Joining::default()
            },
            "b",
        );
        assert_eq!((joined.put.len(), joined.left), (1, 1));
        assert_eq!(read_case(&document, defaults()).0.sector, "Flom");
    }

    #[test]
    fn r35_two_cases_become_one_with_all_they_rest_on() {
        let kept = born(&record("A", &[("name", "Voss")], &[]));
        let mut other = read_case(&born(&record("B", &[("name", "Voss flom")], &[])), defaults()).0;
        other.sources.push(crate::source::Source {
            id: "s".into(),
            title: "Rapport".into(),
            ..Default::default()
        });
        other.needs.push(crate::need::Need {
            id: "n".into(),
            about: "parties".into(),
            source: "s".into(),
            ..Default::default()
        });
        other.references.push(crate::source::Reference {
            id: "r".into(),
            field: "needs.n".into(),
            source: "s".into(),
            ..Default::default()
        });
        let mut document = kept;
        apply(
            &mut document,
            &Joining {
                same: Some(&other),
                ..Joining::default()
            },
            "b",
        );
        let (case, problems) = read_case(&document, defaults());
        assert_eq!(problems, []);
        assert_eq!((case.parties.len(), case.provenance.len()), (2, 2));
        assert_eq!(case.needs[0].source, case.sources[0].id);
        assert_eq!(case.references[0].field, format!("needs.{}", case.needs[0].id));
    }

    #[test]
    fn r35_what_came_whole_goes_back_and_what_somebody_has_worked_on_stays() {
        use crate::case::{CodingState, Confidence};
        let mut document = born(&record("A", &[("name", "Voss")], &[]));
        let before = read_case(&document, defaults()).0;
        let mut other = read_case(&born(&record("B", &[("name", "Voss flom")], &[])), defaults()).0;
        for id in ["s", "t"] {
            other.sources.push(Source {
                id: id.into(),
                title: format!("Rapport {id}"),
                ..Source::default()
            });
        }
        other.needs.push(Need {
            id: "n".into(),
            source: "s".into(),
            ..Need::default()
        });
        let now = Coding {
            state: CodingState::Coded,
            value: Some("okosystem".into()),
            confidence: Confidence::Sikker,
            note: "mange parter".into(),
            ..Coding::default()
        };
        let swap = Swap::Coding {
            key: "scope".into(),
            was: Coding::default(),
            now: now.clone(),
        };
        let joining = Joining {
            swaps: std::slice::from_ref(&swap),
            same: Some(&other),
            ..Joining::default()
        };
        let joined = apply(&mut document, &joining, "b");
        assert_eq!(read_case(&document, defaults()).0.codings["scope"], now);
        let need = joined.added.iter().find(|(list, _)| list == "needs").unwrap();
        let mut tx = document.transaction();
        let (_, needs) = tx.get(&ROOT, "needs").unwrap().unwrap();
        let (_, item) = tx.get(&needs, &need.1).unwrap().unwrap();
        tx.put(&item, "status", "received").unwrap();
        tx.commit();

        let case = read_case(&document, defaults()).0;
        let removes = as_they_came(&case, &other, &joined.added);
        let back: Vec<Swap> = joined.swapped.iter().map(Swap::back).collect();
        let joining = Joining {
            swaps: &back,
            removes: &removes,
            ..Joining::default()
        };
        apply(&mut document, &joining, "c");
        let after = read_case(&document, defaults()).0;
        assert_eq!(after.codings, before.codings);
        assert_eq!(
            (&after.parties, &after.provenance),
            (&before.parties, &before.provenance)
        );
        assert_eq!(after.needs.len(), 1, "somebody has answered it");
        assert_eq!(after.sources.len(), 1, "the answer leans on it");
    }
}
