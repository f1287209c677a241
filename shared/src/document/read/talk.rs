//! Reading a talk.

use super::{At, Problem, ProblemKind, Reader};
use crate::talk::{Comment, Talk, Thread};
use automerge::{Automerge, ScalarValue, Value};

/// The talk in a document, and what is wrong with it.
pub fn read_talk(document: &Automerge) -> (Talk, Vec<Problem>) {
    let (mut reader, root) = Reader::of(document);
    reader.schema(&root);
    let mut threads = Vec::new();
    for (id, item) in reader.items(&root, "threads") {
        let thread = Thread {
            id,
            field: reader.optional_text(&item, "field").unwrap_or_default(),
            resolved: reader.optional_text(&item, "resolved").unwrap_or_default(),
            comments: reader.comments(&item),
        };
        threads.push((reader.text(&item, "order"), thread));
    }
    threads.sort_by(|(a, s), (b, t)| a.cmp(b).then_with(|| s.id.cmp(&t.id)));
    let threads = threads.into_iter().map(|(_, thread)| thread).collect();
    (Talk { threads }, reader.problems)
}

impl Reader<'_> {
    fn comments(&mut self, thread: &At) -> Vec<Comment> {
        let mut comments = Vec::new();
        for (id, item) in self.items(thread, "comments") {
            let comment = Comment {
                id,
                by: self.text(&item, "by"),
                at_ms: self.number(&item, "at_ms").unwrap_or_default() as i64,
                text: self.text(&item, "text"),
                withdrawn: self.flag(&item, "withdrawn"),
            };
            comments.push((self.text(&item, "order"), comment));
        }
        comments.sort_by(|(a, c), (b, d)| a.cmp(b).then_with(|| c.id.cmp(&d.id)));
        comments.into_iter().map(|(_, comment)| comment).collect()
    }

    /// A yes or no; nothing is no.
    fn flag(&mut self, at: &At, key: &str) -> bool {
        let found = match self.get(at, key) {
            Some((Value::Scalar(scalar), _)) => match scalar.as_ref() {
                ScalarValue::Boolean(flag) => Some(*flag),
                ScalarValue::Null => Some(false),
                _ => None,
            },
            Some(_) => None,
            None => Some(false),
        };
        if found.is_none() {
            self.problem(at, key, ProblemKind::WrongKind);
        }
        found.unwrap_or_default()
    }
}
