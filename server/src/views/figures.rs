//! The figures of one workshop: variation and grouping, computed by one caller for all who wait, kept until the rows
//! they are made from change, and computed anew at most once a second.

use super::register::{For, Rows};
use super::{Reader, Rendered, locked};
use crate::clock;
use crate::store::StoreError;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::ids::SubjectId;
use samverk_shared::limits::{SCHEMA, VIEW_ANSWERS_MAX, VIEW_COMPUTED_EVERY_MS, VIEW_REST_FACTOR};
use samverk_shared::register::RegisterRow;
use samverk_shared::views::{
    Cases, actor_map, balance, grouping, hand, missing, organisations, selection, truth_table, variation,
};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// What is asked of the cases.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// How varied they are: all of them, or those a list or a search brought.
    Variation(Option<String>),
    /// Which are alike.
    Grouping(grouping::Question),
    /// How clearly the groups people made stand apart.
    HandMade,
    /// Which to choose.
    Selection(selection::Question),
    /// What is missing, of which cases.
    Missing(Cases),
    /// Who the parties of all cases are.
    Organisations,
    /// Who works together in these cases.
    ActorMap(BTreeSet<SubjectId>),
    /// What the cases of models say about them; with each value, or counted only.
    Balance(balance::Models, bool),
    /// Which combinations of conditions occur together with an outcome.
    TruthTable(truth_table::Question),
}

impl Question {
    /// What it reads of the rows.
    pub(super) fn purpose(&self) -> For {
        match self {
            Question::Variation(_)
            | Question::Grouping(_)
            | Question::Selection(_)
            | Question::TruthTable(_) => For::Figures,
            Question::Missing(_) => For::Missing,
            Question::HandMade => For::HandMade,
            Question::Organisations | Question::ActorMap(_) => For::Actors,
            Question::Balance(..) => For::Models,
        }
    }
}

/// Figures, or when to ask for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figures {
    /// As the rows are now.
    Ready(Rendered),
    /// The rows have changed, and the figures were computed a moment ago: ask again after this long.
    Rest(Duration),
}

/// The figures of one workshop.
#[derive(Default)]
pub struct FiguresView {
    answers: Mutex<BTreeMap<(Reader, Question), Slot>>,
}

struct Slot {
    asked: Instant,
    /// Held while it is computed, so that many who ask make one computation.
    kept: Arc<Mutex<Option<Kept>>>,
}

struct Kept {
    rows: blake3::Hash,
    rendered: Rendered,
    /// When it was computed, and how long it then rests.
    made: Instant,
    rest: Duration,
}

impl FiguresView {
    /// The answer for readers of one class.
    pub fn answer(
        &self,
        reader: Reader,
        question: &Question,
        set: &Characteristics,
        rows: impl FnOnce() -> Result<Rows, StoreError>,
    ) -> Result<Figures, StoreError> {
        let slot = self.slot(reader, question);
        let mut kept = locked(&slot);
        // Read after the wait: who computed meanwhile has the rows of now too.
        let rows = rows()?;
        if let Some(last) = kept.as_ref() {
            if last.rows == rows.digest {
                return Ok(Figures::Ready(last.rendered.clone()));
            }
            let rest = last.rest.saturating_sub(last.made.elapsed());
            if !rest.is_zero() {
                return Ok(Figures::Rest(rest));
            }
        }
        let begun = clock::moment();
        let rendered = Rendered::new(
            computed(&rows, set, question),
            etag(&rows.digest, reader, question),
        );
        *kept = Some(Kept {
            rows: rows.digest,
            rendered: rendered.clone(),
            made: clock::moment(),
            rest: Duration::from_millis(VIEW_COMPUTED_EVERY_MS).max(begun.elapsed() * VIEW_REST_FACTOR),
        });
        Ok(Figures::Ready(rendered))
    }

    fn slot(&self, reader: Reader, question: &Question) -> Arc<Mutex<Option<Kept>>> {
        let mut answers = locked(&self.answers);
        let asked = clock::moment();
        let slot = answers.entry((reader, question.clone())).or_insert_with(|| Slot {
            asked,
            kept: Arc::default(),
        });
        slot.asked = asked;
        let kept = slot.kept.clone();
        while answers.len() > VIEW_ANSWERS_MAX {
            let oldest = answers
                .iter()
                .min_by_key(|(_, slot)| slot.asked)
                .map(|(key, _)| key.clone());
            oldest.and_then(|key| answers.remove(&key));
        }
        kept
    }
}

fn computed(from: &Rows, set: &Characteristics, question: &Question) -> Vec<u8> {
    let (rows, said) = (from.rows.iter().map(Arc::as_ref), &from.organisations);
    let json = match question {
        Question::Variation(list) => {
            let brought = |row: &&RegisterRow| list.as_ref().is_none_or(|list| row.lists.contains(list));
            serde_json::to_vec(&variation::variation(rows.filter(brought), set))
        }
        Question::Missing(cases) => serde_json::to_vec(&missing::missing(rows, set, *cases)),
        Question::Grouping(question) => serde_json::to_vec(&grouping::grouping(rows, set, *question)),
        Question::HandMade => {
            serde_json::to_vec(&json!({ "groupings": hand::fits(rows, set, &from.hand_made) }))
        }
        Question::Selection(question) => serde_json::to_vec(&selection::selection(rows, set, *question)),
        Question::Organisations => serde_json::to_vec(&organisations::organisations(rows, set, said)),
        Question::Balance(models, values) => {
            serde_json::to_vec(&balance::balances(rows, set, models, *values))
        }
        Question::TruthTable(question) => serde_json::to_vec(&truth_table::table(rows, set, question)),
        Question::ActorMap(cases) => serde_json::to_vec(&actor_map::actor_map(rows, set, said, cases)),
    };
    json.unwrap_or_else(|_| b"null".to_vec())
}

/// The digest of all that the figures are made from, and of whom they are for.
fn etag(rows: &blake3::Hash, reader: Reader, question: &Question) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(env!("CARGO_PKG_VERSION").as_bytes())
        .update(&SCHEMA.to_le_bytes())
        .update(&[reader as u8])
        .update(format!("{question:?}").as_bytes())
        .update(rows.as_bytes());
    hasher.finalize().to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use samverk_shared::characteristic::defaults;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn rows(version: u8) -> Result<Rows, StoreError> {
        Ok(Rows {
            rows: Vec::new(),
            organisations: Arc::default(),
            hand_made: Arc::default(),
            digest: blake3::hash(&[version]),
        })
    }

    fn ready(figures: Result<Figures, StoreError>) -> Rendered {
        match figures.unwrap() {
            Figures::Ready(rendered) => rendered,
            Figures::Rest(rest) => panic!("rests for {rest:?}"),
        }
    }

    #[test]
    fn r36_figures_are_computed_anew_when_the_rows_change_and_at_most_once_a_second() {
        let view = FiguresView::default();
        let ask = |version| {
            view.answer(Reader::Team, &Question::Variation(None), defaults(), || {
                rows(version)
            })
        };
        let first = ready(ask(1));
        assert_eq!(ready(ask(1)), first);
        let Figures::Rest(rest) = ask(2).unwrap() else {
            panic!("computed twice within a second");
        };
        assert!(rest <= Duration::from_millis(VIEW_COMPUTED_EVERY_MS));
        assert_eq!(ready(ask(1)), first, "rows that are as they were need no rest");
        let slot = view.slot(Reader::Team, &Question::Variation(None));
        locked(&slot).as_mut().unwrap().rest = Duration::ZERO;
        assert_ne!(ready(ask(2)).etag, first.etag);
    }

    #[test]
    fn r36_many_who_ask_at_once_get_what_one_computed() {
        let view = FiguresView::default();
        let reads = AtomicUsize::new(0);
        let version = || {
            reads.fetch_add(1, Ordering::SeqCst);
            rows(1)
        };
        let all: Vec<Rendered> = std::thread::scope(|scope| {
            let ask = || ready(view.answer(Reader::Member, &Question::Variation(None), defaults(), version));
            let asking: Vec<_> = (0..8).map(|_| scope.spawn(ask)).collect();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.iter().all(|one| Arc::ptr_eq(&one.json, &all[0].json)));
        assert_eq!(reads.load(Ordering::SeqCst), 8);
    }

    #[test]
    fn p1_readers_of_each_class_have_answers_of_their_own() {
        let view = FiguresView::default();
        let tags = Reader::ALL.map(|reader| {
            ready(view.answer(reader, &Question::Variation(None), defaults(), || rows(1))).etag
        });
        assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2]);
    }

    #[test]
    fn f1_only_so_many_answers_are_kept_and_the_one_not_asked_for_longest_goes() {
        let view = FiguresView::default();
        let question = |groups| {
            Question::Grouping(grouping::Question {
                cases: samverk_shared::views::Cases::All,
                method: samverk_shared::analysis::silhouette::Method::AverageLinkage,
                groups: Some(groups),
            })
        };
        for groups in 0..=VIEW_ANSWERS_MAX {
            ready(view.answer(Reader::Team, &Question::Variation(None), defaults(), || rows(1)));
            ready(view.answer(Reader::Team, &question(groups), defaults(), || rows(1)));
        }
        let answers = locked(&view.answers);
        assert_eq!(answers.len(), VIEW_ANSWERS_MAX);
        assert!(answers.contains_key(&(Reader::Team, Question::Variation(None))));
        assert!(!answers.contains_key(&(Reader::Team, question(0))));
    }
}
