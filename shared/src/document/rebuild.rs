//! The same content in a new document without its history: what erasure and replacement start from.
//!
//! What is copied is what is seen: of concurrent values the winner, of a counter its sum, of a deleted
//! item nothing. The walk keeps its own queue, so that no nesting, however deep, uses up the stack.

use super::create::{Writer, one_change};
use automerge::iter::Span;
use automerge::marks::{ExpandMark, UpdateSpansConfig};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use std::collections::VecDeque;

/// A document with the content of this one, in one change by `actor`.
pub fn rebuild(old: &Automerge, actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |writer| {
        let mut waiting = VecDeque::from([Copied {
            from: ROOT,
            to: ROOT,
            kind: ObjType::Map,
        }]);
        while let Some(container) = waiting.pop_front() {
            match container.kind {
                ObjType::Map | ObjType::Table => copy_map(old, writer, &container, &mut waiting)?,
                ObjType::List => copy_list(old, writer, &container, &mut waiting)?,
                ObjType::Text => copy_text(old, writer, &container)?,
            }
        }
        Ok(())
    })
}

/// A container that stands in both documents and whose content is still to be copied.
struct Copied {
    from: ObjId,
    to: ObjId,
    kind: ObjType,
}

type Waiting = VecDeque<Copied>;

fn copy_map(
    old: &Automerge,
    w: &mut Writer,
    map: &Copied,
    waiting: &mut Waiting,
) -> Result<(), AutomergeError> {
    for key in old.keys(&map.from) {
        match old.get(&map.from, key.as_str())? {
            Some((Value::Object(kind), from)) => {
                let to = w.transaction.put_object(&map.to, key, kind)?;
                waiting.push_back(Copied { from, to, kind });
            }
            Some((Value::Scalar(scalar), _)) => w.transaction.put(&map.to, key, seen(&scalar))?,
            None => {}
        }
    }
    Ok(())
}

fn copy_list(
    old: &Automerge,
    w: &mut Writer,
    list: &Copied,
    waiting: &mut Waiting,
) -> Result<(), AutomergeError> {
    for index in 0..old.length(&list.from) {
        match old.get(&list.from, index)? {
            Some((Value::Object(kind), from)) => {
                let to = w.transaction.insert_object(&list.to, index, kind)?;
                waiting.push_back(Copied { from, to, kind });
            }
            Some((Value::Scalar(scalar), _)) => w.transaction.insert(&list.to, index, seen(&scalar))?,
            None => {}
        }
    }
    Ok(())
}

fn copy_text(old: &Automerge, w: &mut Writer, text: &Copied) -> Result<(), AutomergeError> {
    let plain = old.text(&text.from)?;
    if plain.is_empty() {
        return Ok(());
    }
    let spans: Vec<Span> = old.spans(&text.from)?.collect();
    let is_plain =
        |span: &Span| matches!(span, Span::Text { marks, .. } if marks.as_ref().is_none_or(|m| m.is_empty()));
    if spans.iter().all(is_plain) {
        return w.transaction.splice_text(&text.to, 0, 0, &plain);
    }
    let config = UpdateSpansConfig::default().with_default_expand(ExpandMark::After);
    w.transaction.update_spans(&text.to, config, spans)
}

/// A scalar as it is seen: a counter starts at its sum.
fn seen(scalar: &ScalarValue) -> ScalarValue {
    match scalar {
        ScalarValue::Counter(counter) => ScalarValue::counter(i64::from(counter)),
        other => other.clone(),
    }
}
