//! Reading what a case got after the first documents were born: that it is not there is no problem.

use super::{At, ProblemKind, Reader, join};
use crate::case::{Eligibility, Eligible};
use crate::need::{Need, NeedStatus, Way, is_day};
use crate::source::{Reference, Source, SourceKind};

impl Reader<'_> {
    pub(super) fn eligibility(&mut self, root: &At) -> Eligibility {
        let item = self.later(root, "eligibility");
        Eligibility {
            answer: self.choice(&item, "answer", Eligible::parse),
            reason: self.text(&item, "reason"),
            by: self.text(&item, "by"),
        }
    }

    pub(super) fn needs(&mut self, root: &At) -> Vec<Need> {
        self.ordered(root, "needs", |reader, id, item| Need {
            id,
            about: reader.text(item, "about"),
            question: reader.text(item, "question"),
            way: reader.choice(item, "way", Way::parse),
            responsible: reader.text(item, "responsible"),
            due: reader.day(item, "due"),
            status: reader.choice(item, "status", NeedStatus::parse),
            answer: reader.text(item, "answer"),
            source: reader.text(item, "source"),
        })
    }

    pub(super) fn sources(&mut self, root: &At) -> Vec<Source> {
        self.ordered(root, "sources", |reader, id, item| Source {
            id,
            title: reader.text(item, "title"),
            publisher: reader.text(item, "publisher"),
            address: reader.text(item, "address"),
            year: reader.year(item, "year"),
            read: reader.day(item, "read"),
            kind: reader.choice(item, "kind", SourceKind::parse),
        })
    }

    pub(super) fn references(&mut self, root: &At) -> Vec<Reference> {
        self.ordered(root, "references", |reader, id, item| Reference {
            id,
            field: reader.text(item, "field"),
            source: reader.text(item, "source"),
            page: reader.text(item, "page"),
            quote: reader.text(item, "quote"),
        })
    }

    /// The items of a list, in their order; equal keys by id.
    pub(super) fn ordered<T>(
        &mut self,
        root: &At,
        key: &str,
        read: impl Fn(&mut Self, String, &At) -> T,
    ) -> Vec<T> {
        if self.later(root, key).id.is_none() {
            return Vec::new();
        }
        let mut items = Vec::new();
        for (id, item) in self.items(root, key) {
            let order = (self.text(&item, "order"), id.clone());
            items.push((order, read(self, id, &item)));
        }
        items.sort_by(|(a, _), (b, _)| a.cmp(b));
        items.into_iter().map(|(_, item)| item).collect()
    }

    /// A map that an older document does not have.
    fn later(&mut self, root: &At, key: &str) -> At {
        if self.get(root, key).is_some() {
            return self.child(root, key);
        }
        At {
            id: None,
            path: join(&root.path, key),
        }
    }

    /// A day, or nothing.
    fn day(&mut self, at: &At, key: &str) -> String {
        let text = self.text(at, key);
        if text.is_empty() || is_day(&text) {
            return text;
        }
        self.problem(at, key, ProblemKind::OutOfRange);
        String::new()
    }
}
