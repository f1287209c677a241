//! How deep a document is nested. Documents from before there was a limit may be stored.

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ValueRef};
use samverk_shared::limits::DOCUMENT_DEPTH_MAX;

/// Whether objects lie deeper in a document than they may. Not by recursion: that is what the limit is against.
pub fn is_too_deep(document: &Automerge) -> bool {
    let mut objects = vec![(ROOT, ObjType::Map, 0)];
    while let Some((object, kind, depth)) = objects.pop() {
        if depth > DOCUMENT_DEPTH_MAX {
            return true;
        }
        let inner: Vec<(ObjId, ObjType)> = match kind {
            ObjType::Map | ObjType::Table => {
                let values = document.map_range(&object, ..);
                values
                    .filter_map(|item| inner(&item.value, || item.id()))
                    .collect()
            }
            ObjType::List => {
                let values = document.list_range(&object, ..);
                values
                    .filter_map(|item| inner(&item.value, || item.id()))
                    .collect()
            }
            ObjType::Text => Vec::new(),
        };
        objects.extend(inner.into_iter().map(|(object, kind)| (object, kind, depth + 1)));
    }
    false
}

fn inner(value: &ValueRef<'_>, id: impl Fn() -> ObjId) -> Option<(ObjId, ObjType)> {
    match value {
        ValueRef::Object(kind) => Some((id(), *kind)),
        ValueRef::Scalar(_) => None,
    }
}
