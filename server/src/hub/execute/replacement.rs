//! Replacing subjects' documents by new ones, without the history of the old.

use super::{Done, Given, Step, seconds};
use crate::firewall::contain;
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::CatalogueRow;
use crate::hub::{Hub, Output};
use crate::store::Write;
use automerge::{Automerge, LoadOptions};
use samverk_shared::document::{TEXT_ENCODING, rebuild};
use samverk_shared::ids::{DocumentId, SubjectId};

impl Hub {
    /// Rebuilds a subject's document and, where no other content is given, the talk about it: what was taken back there
    /// goes too.
    pub(super) fn replace(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        content: Option<&[u8]>,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let row = self.commanded(given, subject)?.clone();
        let talks = if content.is_none() {
            self.talks(given, subject)
        } else {
            Vec::new()
        };
        let mut ready = true;
        for row in [&row].into_iter().chain(&talks) {
            ready &= self.is_ready(row.document, given.now, out)?;
        }
        if !ready {
            return Ok(Step::Defer);
        }
        // Nothing is done before all of it can be.
        let document = self.rebuilt(given, &row, content)?;
        let words: Result<Vec<_>, _> = talks.iter().map(|talk| self.rebuilt(given, talk, None)).collect();
        let words = words?;
        let mut done = Done::default();
        // What another store held may be older.
        let shape = if content.is_none() { row.shape } else { 0 };
        let row = CatalogueRow { shape, ..row };
        let document = self.put_in_its_place(given, row, &document, &mut done)?;
        for (talk, words) in talks.into_iter().zip(&words) {
            self.put_in_its_place(given, talk, words, &mut done)?;
        }
        done.answer = Some(Answer::Document { document });
        Ok(Step::done(done))
    }

    /// The content of a document that is ready, or other content, without its history.
    fn rebuilt(
        &self,
        given: &Given<'_>,
        row: &CatalogueRow,
        content: Option<&[u8]>,
    ) -> Result<Automerge, Refused> {
        let actor = self.server_actor(given)?;
        let loaded = self.content(row.document)?;
        let rebuilt = contain(|| match content {
            None => rebuild::rebuild(&loaded.automerge, actor, seconds(given.now)),
            Some(bytes) => {
                let options = LoadOptions::new().text_encoding(TEXT_ENCODING);
                let other = Automerge::load_with_options(bytes, options)?;
                rebuild::rebuild(&other, actor, seconds(given.now))
            }
        });
        match rebuilt {
            Ok(Ok(rebuilt)) => Ok(rebuilt),
            _ => Err(Refused::Unreadable),
        }
    }

    /// Puts a new document in the place of the one a subject has.
    fn put_in_its_place(
        &mut self,
        given: &Given<'_>,
        row: CatalogueRow,
        content: &Automerge,
        done: &mut Done,
    ) -> Result<DocumentId, Refused> {
        let (old, new) = (row.document, DocumentId::from_random(self.fresh_bytes()));
        self.store_new(given, new, content, done);
        self.put_place(given, old, &row.subject, true, done);
        done.transaction.push(Write::Remove { document: old });
        done.replaced.push(old);
        done.changed.push((new, row.kind));
        let earlier = row.earlier.iter().copied().chain([old]).collect();
        let row = CatalogueRow {
            document: new,
            earlier,
            ..row
        };
        self.put_row(given, row, done)?;
        Ok(new)
    }
}
