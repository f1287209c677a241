//! Who wrote what, as the server saw it arrive: runs of an actor's changes, and whose the actor is (P2; rules X5, X6).

use super::rows::{self, ActorRow, RunRow, key};
use super::{ConnectionId, Hub, Millis};
use crate::store::{Table, Transaction};
use automerge::Change;
use samverk_shared::ids::{DocumentId, ParticipantId};
use samverk_shared::limits::RUN_MS_MAX;

/// A run that the actor's next change may extend.
#[derive(Debug, Clone)]
pub(super) struct Run {
    from: u64,
    row: RunRow,
}

/// Whose a change is, as far as is known.
struct Author {
    author: Option<ParticipantId>,
    brought_by: Option<ParticipantId>,
    /// The actor becomes the participant's with this change.
    binds: bool,
}

impl Hub {
    /// The rows that record who wrote these changes. In open mode nobody is known and nothing recorded.
    pub(super) fn authorship_of(
        &mut self,
        id: DocumentId,
        changes: &[(ConnectionId, Change)],
        now: Millis,
    ) -> Transaction {
        let Some(workshop) = self.places.get(&id).map(|place| place.workshop.clone()) else {
            return Transaction::new();
        };
        let mut transaction = Transaction::new();
        for (connection, change) in changes {
            let actor = change.actor_id().to_hex_string();
            let Some(author) = self.author(*connection, id, &actor) else {
                continue;
            };
            if author.binds
                && let (Some(workshop_rows), Some(participant)) =
                    (self.workshops.get_mut(&workshop), author.author.clone())
            {
                workshop_rows.actors.insert(actor.clone(), participant.clone());
                let key = key(&[workshop.as_str(), &actor]);
                transaction.push(rows::put(Table::Actors, key, &ActorRow { participant }));
            }
            let Some(document) = self.documents.get_mut(&id) else {
                continue;
            };
            let run = extend(document.runs.remove(&actor), change.seq(), author, now);
            let key = key(&[&id.to_string(), &actor, &format!("{:010}", run.from)]);
            transaction.push(rows::put(Table::Authorship, key, &run.row));
            document.runs.insert(actor, run);
        }
        keep_last(transaction)
    }

    fn author(&self, connection: ConnectionId, id: DocumentId, actor: &str) -> Option<Author> {
        let connection = self.connections.get(&connection)?;
        let sender = connection.hello.participant.clone()?;
        let workshop = self.workshops.get(connection.hello.workshop.as_ref()?)?;
        if workshop.actors.get(actor) == Some(&sender) {
            return Some(Author {
                author: Some(sender),
                brought_by: None,
                binds: false,
            });
        }
        let claimed = connection
            .claims
            .get(&id)
            .is_some_and(|claims| claims.contains(actor));
        if claimed || !connection.hello.samverk {
            return Some(Author {
                author: Some(sender),
                brought_by: None,
                binds: true,
            });
        }
        Some(Author {
            author: None,
            brought_by: Some(sender),
            binds: false,
        })
    }
}

fn extend(run: Option<Run>, seq: u64, author: Author, now: Millis) -> Run {
    match run {
        Some(mut run)
            if run.row.to + 1 == seq
                && run.row.author == author.author
                && run.row.brought_by == author.brought_by
                && now.saturating_sub(run.row.from_ms) < RUN_MS_MAX =>
        {
            (run.row.to, run.row.to_ms) = (seq, now);
            run
        }
        _ => Run {
            from: seq,
            row: RunRow {
                to: seq,
                author: author.author,
                brought_by: author.brought_by,
                on_behalf_of: None,
                from_ms: now,
                to_ms: now,
            },
        },
    }
}

/// Of several writes to one key only the last counts: a batch of one person's typing writes its run once.
fn keep_last(transaction: Transaction) -> Transaction {
    use crate::store::Write;
    let mut kept: Transaction = Vec::new();
    for write in transaction {
        if let (
            Some(Write::Put {
                table: t1, key: k1, ..
            }),
            Write::Put { table, key, .. },
        ) = (kept.last(), &write)
            && t1 == table
            && k1 == key
        {
            kept.pop();
        }
        kept.push(write);
    }
    kept
}
