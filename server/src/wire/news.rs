//! What everybody who is in step is sent: new changes, encoded once for all (rule Y3).

use super::encode;
use automerge::ChangeHash;
use bytes::Bytes;
use samverk_shared::ids::DocumentId;

/// Changes that became durable, and the heads of their document with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The document, as frames name it.
    document: String,
    /// The document's heads with these changes.
    pub heads: Vec<ChangeHash>,
    changes: usize,
    /// Each change with its length before it.
    entries: Bytes,
}

/// A sync message whose changes are one blob each; its layout is described at `automerge::sync::Message`.
const V1: u8 = 0x42;
const HASH_BYTES: usize = 32;

impl News {
    /// Raw changes, in an order in which they apply.
    pub fn of<'a>(
        document: DocumentId,
        heads: Vec<ChangeHash>,
        changes: impl Iterator<Item = &'a Bytes>,
    ) -> News {
        let (mut entries, mut count) = (Vec::new(), 0);
        for change in changes {
            leb(&mut entries, change.len());
            entries.extend_from_slice(change);
            count += 1;
        }
        News {
            document: document.to_string(),
            heads,
            changes: count,
            entries: entries.into(),
        }
    }

    /// Bytes they take.
    pub fn len(&self) -> usize {
        self.entries.len() + 2 * HASH_BYTES * self.heads.len()
    }

    /// Whether they say nothing.
    pub fn is_empty(&self) -> bool {
        self.changes == 0
    }

    /// The frame that tells one peer of news of one document, which follow each other.
    pub fn frame(server_id: &str, client_id: &str, news: &[impl AsRef<News>]) -> Bytes {
        let document = news.first().map_or("", |news| &news.as_ref().document);
        encode::document_frame("sync", server_id, client_id, document, &News::message(news))
    }

    /// `have` names the new heads and no filter, so that the peer answers with what comes after them and nothing else.
    fn message(news: &[impl AsRef<News>]) -> Vec<u8> {
        let heads = news.last().map_or(&[][..], |last| &last.as_ref().heads);
        let bytes: usize = news.iter().map(|news| news.as_ref().len()).sum();
        let mut out = Vec::with_capacity(bytes + 16);
        out.push(V1);
        hashes(&mut out, heads);
        // It needs nothing, and has one summary, whose filter is empty.
        out.extend([0, 1]);
        hashes(&mut out, heads);
        out.push(0);
        leb(&mut out, news.iter().map(|news| news.as_ref().changes).sum());
        news.iter()
            .for_each(|news| out.extend_from_slice(&news.as_ref().entries));
        out
    }
}

fn hashes(out: &mut Vec<u8>, hashes: &[ChangeHash]) {
    leb(out, hashes.len());
    hashes.iter().for_each(|hash| out.extend_from_slice(&hash.0));
}

fn leb(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::sync::Message;
    use std::sync::Arc;

    #[test]
    fn y3_news_that_follow_each_other_read_as_one_message_of_the_last_heads() {
        let changes: Vec<Bytes> = (1..=3u8).map(|n| vec![n; 100 * usize::from(n)].into()).collect();
        let document = DocumentId::from_random([1; 16]);
        let heads = |n| vec![ChangeHash([n; 32]), ChangeHash([n + 1; 32])];
        let news = [
            Arc::new(News::of(document, heads(1), changes[..1].iter())),
            Arc::new(News::of(document, heads(5), changes[1..].iter())),
        ];
        let read = Message::decode(&News::message(&news)).expect("a message");
        assert_eq!(read.heads, heads(5));
        assert_eq!(read.have[0].last_sync, heads(5));
        assert!(read.need.is_empty() && read.flags.is_none());
        let blobs: Vec<&[u8]> = read.changes.iter().collect();
        assert_eq!(blobs, changes);
        assert_eq!(news[1].len(), 200 + 300 + 2 * 2 + 4 * 32);
    }
}
