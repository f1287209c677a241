//! What the operations of one change are, as far as automerge takes what it should not: how deep they nest, how
//! long keys and values are, whether marks come in pairs. Read from the columns; nothing is unrolled for a change
//! that makes no object and no mark.

use super::chunk::body;
use super::columns::{self, Cell, Rows, Runs, Unreadable};
use super::contain;
use automerge::{ActorId, Automerge, Change, ObjId, ReadDoc};
use samverk_shared::limits::{
    ACTOR_BYTES_MAX, CHANGE_DEPS_MAX, CHANGE_MESSAGE_BYTES_MAX, CHANGE_OPS_MAX, DOCUMENT_DEPTH_MAX,
    KEY_BYTES_MAX, SCALAR_BYTES_MAX,
};
use std::collections::BTreeMap;

/// How deep an object lies that no document holds yet, by who made it and in which operation.
pub(super) type Depths = BTreeMap<(ActorId, u64), usize>;

/// What was found of a change that may be applied.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footprint {
    /// The objects it makes.
    pub(super) depths: Depths,
    /// Numbers it uses: those of its operations, and those it skips after what it builds on.
    pub(super) numbers: u64,
    /// Whether it can be stored is known only when it was applied, saved and loaded.
    pub(super) doubtful: bool,
}

/// Why a change is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is larger than a change may be, in one way or another.
    TooLarge,
    /// No client writes this.
    Malformed(&'static str),
}

impl From<Unreadable> for Fault {
    fn from(_: Unreadable) -> Self {
        Fault::Malformed("its columns cannot be read")
    }
}

/// Checks the sizes and the footprint of a change that builds on operations up to `last_dep`; `pending` has the objects
/// of changes that come before it and are not in the document yet.
pub(super) fn check(
    document: &Automerge,
    pending: &Depths,
    change: &Change,
    last_dep: u64,
) -> Result<Footprint, Fault> {
    check_head(change)?;
    let columns = Columns::of(change)?;
    columns.check_sizes()?;
    let marks = columns.has(|action| action == Action::MARK)?;
    let mut footprint = Footprint {
        depths: Depths::new(),
        // A change without operations takes memory too.
        numbers: change.max_op().saturating_sub(last_dep).max(1),
        // Where a mark ends is known only when it is applied. A change that skips numbers is written by somebody
        // who edits an earlier version; automerge loads most of them.
        doubtful: marks || change.start_op().get() != last_dep + 1,
    };
    if !marks && !columns.has(Action::is_make)? {
        return Ok(footprint);
    }
    columns.check_marks()?;
    let mut tree = Tree {
        document,
        pending,
        change,
        made: Depths::new(),
        found: Depths::new(),
    };
    columns.each(|number, operation| tree.add(number, operation))?;
    footprint.depths = tree.made;
    Ok(footprint)
}

fn check_head(change: &Change) -> Result<(), Fault> {
    let actors = change
        .actors()
        .all(|actor| actor.to_bytes().len() <= ACTOR_BYTES_MAX);
    let message = change.message().map_or(0, str::len);
    let fits = actors
        && change.len() as u64 <= CHANGE_OPS_MAX
        && change.deps().len() <= CHANGE_DEPS_MAX
        && message <= CHANGE_MESSAGE_BYTES_MAX
        && change.extra_bytes().len() <= CHANGE_MESSAGE_BYTES_MAX;
    if fits { Ok(()) } else { Err(Fault::TooLarge) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Action(u64);

impl Action {
    const MARK: Action = Action(7);

    /// Makes a map, a list, a text or a table.
    fn is_make(self) -> bool {
        matches!(self.0, 0 | 2 | 4 | 6)
    }
}

/// One operation, as far as it is looked at.
#[derive(Clone, Copy)]
struct Operation {
    action: Action,
    /// The object it is in, by the change's own number for the actor; `None` for the root.
    object: Option<(u64, u64)>,
    names_a_mark: bool,
}

/// The columns that are looked at.
#[derive(Default)]
struct Columns<'a> {
    object_actor: &'a [u8],
    object_counter: &'a [u8],
    key: &'a [u8],
    action: &'a [u8],
    value: &'a [u8],
    mark: &'a [u8],
}

impl<'a> Columns<'a> {
    fn of(change: &'a Change) -> Result<Columns<'a>, Unreadable> {
        let (table, mut data) = columns::of_change(body(change.raw_bytes())?)?;
        let mut columns = Columns::default();
        for column in table {
            let data = data.take(column.length)?;
            // The format's numbers: column times sixteen, and the kind of its values.
            match column.specification {
                0x01 => columns.object_actor = data,
                0x02 => columns.object_counter = data,
                0x15 => columns.key = data,
                0x42 => columns.action = data,
                0x56 => columns.value = data,
                0xa5 => columns.mark = data,
                _ if column.is_deflated() => return Err(Unreadable),
                _ => {}
            }
        }
        Ok(columns)
    }

    fn check_sizes(&self) -> Result<(), Fault> {
        let name = |name: &[u8]| name.len() <= KEY_BYTES_MAX;
        // The low four bits say of which type the value is.
        let value = |meta: u64| meta >> 4 <= SCALAR_BYTES_MAX;
        let fits = all(self.key, name)? && all(self.mark, name)? && all(self.value, value)?;
        if fits { Ok(()) } else { Err(Fault::TooLarge) }
    }

    fn has(&self, wanted: impl Fn(Action) -> bool) -> Result<bool, Unreadable> {
        Ok(!all(self.action, |action| !wanted(Action(action)))?)
    }

    /// automerge takes the operation before the end of a mark for its beginning, and cannot load what it saved
    /// where that is something else.
    fn check_marks(&self) -> Result<(), Fault> {
        let mut open: Option<Operation> = None;
        self.each(|_, operation| {
            let before = open.take();
            match (before, operation.action == Action::MARK, operation.names_a_mark) {
                (None, true, true) => open = Some(operation),
                (Some(begin), true, false) if begin.object == operation.object => {}
                (None, false, _) => {}
                _ => return Err(Fault::Malformed("its marks do not come in pairs")),
            }
            Ok(())
        })?;
        match open {
            None => Ok(()),
            Some(_) => Err(Fault::Malformed("a mark in it has no end")),
        }
    }

    fn each(&self, mut visit: impl FnMut(u64, Operation) -> Result<(), Fault>) -> Result<(), Fault> {
        let mut actors = Rows::<u64>::of(self.object_actor);
        let mut counters = Rows::<u64>::of(self.object_counter);
        let mut marks = Rows::<&[u8]>::of(self.mark);
        let mut actions = Rows::<u64>::of(self.action);
        let mut number = 0;
        while let Some(action) = actions.row()? {
            let object = actors.row()?.flatten().zip(counters.row()?.flatten());
            let operation = Operation {
                action: Action(action.ok_or(Unreadable)?),
                object: object.filter(|(_, counter)| *counter != 0),
                names_a_mark: marks.row()?.flatten().is_some(),
            };
            visit(number, operation)?;
            number += 1;
        }
        Ok(())
    }
}

fn all<'a, T: Cell<'a>>(column: &'a [u8], fits: impl Fn(T) -> bool) -> Result<bool, Unreadable> {
    for run in Runs::<T>::of(column) {
        if run?.1.is_some_and(|value| !fits(value)) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Which object lies in which.
struct Tree<'a> {
    document: &'a Automerge,
    pending: &'a Depths,
    change: &'a Change,
    made: Depths,
    /// What was looked up in the document.
    found: Depths,
}

impl Tree<'_> {
    fn add(&mut self, number: u64, operation: Operation) -> Result<(), Fault> {
        if !operation.action.is_make() {
            return Ok(());
        }
        let depth = match operation.object {
            None => 1,
            Some(object) => self.depth(object)? + 1,
        };
        if depth > DOCUMENT_DEPTH_MAX {
            return Err(Fault::TooLarge);
        }
        let id = self.change.start_op().get() + number;
        self.made.insert((self.change.actor_id().clone(), id), depth);
        Ok(())
    }

    fn depth(&mut self, (actor, counter): (u64, u64)) -> Result<usize, Fault> {
        let unknown = Fault::Malformed("it makes an object in one nobody has made");
        let actor = usize::try_from(actor).ok();
        let Some(actor) = actor.and_then(|actor| self.change.actors().nth(actor)) else {
            return Err(unknown);
        };
        let id = (actor.clone(), counter);
        let places = [&self.made, self.pending, &self.found];
        if let Some(depth) = places.iter().find_map(|depths| depths.get(&id)) {
            return Ok(*depth);
        }
        let object = ObjId::Id(counter, id.0.clone(), 0);
        // What is as deep as may be is deep enough.
        let depth = contain(|| {
            Some(
                self.document
                    .parents(object)
                    .ok()?
                    .take(DOCUMENT_DEPTH_MAX)
                    .count(),
            )
        });
        let depth = depth.ok().flatten().ok_or(unknown)?;
        self.found.insert(id, depth);
        Ok(depth)
    }
}
