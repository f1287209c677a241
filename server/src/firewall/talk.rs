//! What a person may write in a talk: comments under their own name, changes of those, and, for the team, whether a
//! thread is resolved (P2). The document is one, and who may write it may write all of it as far as automerge goes;
//! so each operation is looked at, by where its object lies.
//!
//! **Invariant:** the `by` of a comment is the participant from whom the server took it, and stays so. No comment and
//! no thread is written over or taken out: its author empties it and says that it is withdrawn.

use super::contain;
use super::typing::operations;
use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{Automerge, Change, ObjId, ObjType, Prop, ReadDoc, ScalarValue, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Who writes, as far as it matters here.
#[derive(Debug, Clone, Copy)]
pub struct Speaker<'a> {
    /// The participant's id.
    pub id: &'a str,
    /// Whether they belong to the team.
    pub team: bool,
}

/// What the changes of a batch have put into a talk that automerge has not applied yet.
#[derive(Debug, Clone, Default)]
pub struct Talking {
    /// The objects they make.
    made: BTreeMap<OpId, Place>,
    /// The keys they put things under.
    put: BTreeSet<(OpId, String)>,
}

/// A talk as it stands, and what comes to it.
struct Talk<'a> {
    document: &'a Automerge,
    coming: Talking,
}

/// Where an object lies.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Threads,
    Thread,
    Comments,
    /// A comment, and whose it is.
    Comment(Option<String>),
    /// Something in a comment.
    InComment(OpId),
    /// Anything else; whole as it was made.
    Whole,
}

impl Talking {
    /// Whether all of these changes is the speaker's to write. If it is, they are taken into account.
    pub fn take(&mut self, document: &Automerge, changes: &[Change], speaker: Speaker<'_>) -> bool {
        let mut talk = Talk {
            document,
            coming: self.clone(),
        };
        let theirs = changes.iter().all(|change| talk.takes(change, speaker));
        if theirs {
            *self = talk.coming;
        }
        theirs
    }
}

impl Talk<'_> {
    fn takes(&mut self, change: &Change, speaker: Speaker<'_>) -> bool {
        let Ok(expanded) = contain(|| change.decode()) else {
            return false;
        };
        let mut own = BTreeSet::new();
        for (id, op) in operations(&expanded) {
            if !self.may(&own, op, speaker) {
                return false;
            }
            self.note(&id, op);
            own.insert(id);
        }
        let made = &self.coming.made;
        own.iter().all(|id| made.get(id) != Some(&Place::Comment(None)))
    }

    fn may(&self, own: &BTreeSet<OpId>, op: &Op, speaker: Speaker<'_>) -> bool {
        let ObjectId::Id(object) = &op.obj else {
            return false;
        };
        let is_new = own.contains(object);
        match (self.place(object), key_of(op)) {
            (Some(Place::Threads | Place::Comments), Some(key)) => {
                op.action == OpType::Make(ObjType::Map) && self.is_free(object, key)
            }
            (Some(Place::Thread), Some("resolved")) => match word_of(op) {
                Some("") => is_new || speaker.team,
                Some(word) => !is_new && speaker.team && word == speaker.id,
                None => false,
            },
            (Some(Place::Thread), Some(key)) => is_new && self.is_free(object, key),
            (Some(Place::Comment(_)), Some("by")) => {
                is_new && word_of(op) == Some(speaker.id) && self.is_free(object, "by")
            }
            (Some(Place::Comment(by)), Some(_)) => is_new || by.as_deref() == Some(speaker.id),
            (Some(Place::InComment(comment)), _) => own.contains(&comment) || self.is_by(&comment, speaker),
            (Some(Place::Whole), _) => is_new,
            _ => false,
        }
    }

    fn is_by(&self, comment: &OpId, speaker: Speaker<'_>) -> bool {
        matches!(self.place(comment), Some(Place::Comment(Some(by))) if by == speaker.id)
    }

    /// Remembers what an operation makes, and under which key.
    fn note(&mut self, id: &OpId, op: &Op) {
        let ObjectId::Id(object) = &op.obj else {
            return;
        };
        if let Some(key) = key_of(op) {
            self.coming.put.insert((object.clone(), key.to_owned()));
        }
        if let OpType::Make(_) = op.action {
            let place = match (self.place(object), key_of(op)) {
                (Some(Place::Threads), _) => Place::Thread,
                (Some(Place::Thread), Some("comments")) => Place::Comments,
                (Some(Place::Comments), _) => Place::Comment(None),
                (Some(Place::Comment(_)), _) => Place::InComment(object.clone()),
                (Some(Place::InComment(comment)), _) => Place::InComment(comment),
                _ => Place::Whole,
            };
            self.coming.made.insert(id.clone(), place);
        }
        if key_of(op) == Some("by")
            && let Some(Place::Comment(by)) = self.coming.made.get_mut(object)
        {
            *by = word_of(op).map(str::to_owned);
        }
    }

    fn is_free(&self, object: &OpId, key: &str) -> bool {
        let stored = self
            .find(object)
            .map(|found| self.document.get_all(found, key).is_ok_and(|all| all.is_empty()));
        stored.unwrap_or(true) && !self.coming.put.contains(&(object.clone(), key.to_owned()))
    }

    fn find(&self, object: &OpId) -> Option<ObjId> {
        find(self.document, object)
    }

    fn place(&self, object: &OpId) -> Option<Place> {
        if let Some(place) = self.coming.made.get(object) {
            return Some(place.clone());
        }
        let found = self.find(object)?;
        let path = contain(|| Some(self.document.parents(&found).ok()?.path())).ok()??;
        let names: Option<Vec<&str>> = path.iter().map(|(_, prop)| name_of(prop)).collect();
        Some(match names.as_deref() {
            Some(["threads"]) => Place::Threads,
            Some(["threads", _]) => Place::Thread,
            Some(["threads", _, "comments"]) => Place::Comments,
            Some(["threads", _, "comments", _]) => Place::Comment(self.author(&found)),
            Some(["threads", _, "comments", _, ..]) => {
                let (comment, _) = path.get(4)?;
                Place::InComment(id_of(comment)?)
            }
            _ => Place::Whole,
        })
    }

    fn author(&self, comment: &ObjId) -> Option<String> {
        match self.document.get(comment, "by").ok()?? {
            (Value::Scalar(scalar), _) => scalar.as_str().map(str::to_owned),
            _ => None,
        }
    }
}

/// An object that stands in the document.
pub(super) fn find(document: &Automerge, object: &OpId) -> Option<ObjId> {
    let name = format!("{}@{}", object.0, object.1.to_hex_string());
    Some(contain(|| document.import(&name)).ok()?.ok()?.0)
}

pub(super) fn key_of(op: &Op) -> Option<&str> {
    match &op.key {
        Key::Map(key) => Some(key),
        Key::Seq(_) => None,
    }
}

/// The word an operation puts.
pub(super) fn word_of(op: &Op) -> Option<&str> {
    match &op.action {
        OpType::Put(ScalarValue::Str(word)) => Some(word),
        _ => None,
    }
}

pub(super) fn name_of(prop: &Prop) -> Option<&str> {
    match prop {
        Prop::Map(name) => Some(name),
        Prop::Seq(_) => None,
    }
}

pub(super) fn id_of(object: &ObjId) -> Option<OpId> {
    match object {
        ObjId::Id(counter, actor, _) => Some(OpId::new(*counter, actor)),
        ObjId::Root => None,
    }
}
