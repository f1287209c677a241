//! Several frames in one body of HTTP, either way: a byte for the kind, four for the length (big-endian), the bytes.

use super::end::End;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use samverk_shared::limits::LINE_FRAMES_MAX;

const FRAME: u8 = 0;
/// The end of the line, always last: a close code in two bytes, the reason as text.
const END: u8 = 1;
/// Bytes in front of each item.
pub(super) const HEAD_BYTES: usize = 5;

/// The frames of a client's body, each at most so long.
pub(super) fn split(mut body: Bytes, frame_bytes_max: usize) -> Result<Vec<Bytes>, End> {
    let mut frames = Vec::new();
    while body.len() >= HEAD_BYTES && frames.len() < LINE_FRAMES_MAX {
        let (kind, bytes) = (body.get_u8(), body.get_u32() as usize);
        if bytes > frame_bytes_max {
            return Err(End::TOO_LONG);
        }
        if kind != FRAME || bytes == 0 || bytes > body.len() {
            return Err(End::PROTOCOL);
        }
        frames.push(body.split_to(bytes));
    }
    if body.is_empty() {
        Ok(frames)
    } else {
        Err(End::PROTOCOL)
    }
}

/// The body for frames, and for the end where there is one.
pub(super) fn join<'a>(frames: impl Iterator<Item = &'a Bytes> + Clone, end: Option<End>) -> Bytes {
    let bytes: usize = frames.clone().map(|frame| HEAD_BYTES + frame.len()).sum();
    let mut body = BytesMut::with_capacity(bytes + 64);
    for frame in frames {
        put(&mut body, FRAME, &[frame]);
    }
    if let Some(end) = end {
        put(&mut body, END, &[&end.code.to_be_bytes(), end.reason.as_bytes()]);
    }
    body.freeze()
}

fn put(body: &mut BytesMut, kind: u8, parts: &[&[u8]]) {
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    // A frame is far shorter than four gigabytes: documents are.
    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
    body.put_u8(kind);
    body.put_u32(bytes);
    for part in parts {
        body.extend_from_slice(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frames(lengths: &[usize]) -> Vec<Bytes> {
        lengths.iter().map(|length| vec![7; *length].into()).collect()
    }

    #[test]
    fn b2_frames_come_out_as_they_went_in() {
        for lengths in [&[][..], &[1], &[3, 100, 70_000, 1]] {
            let frames = frames(lengths);
            assert_eq!(split(join(frames.iter(), None), 70_000), Ok(frames));
        }
    }

    #[test]
    fn b6_a_frame_that_is_too_long_and_a_body_that_is_none_are_told_apart() {
        let body = join(frames(&[3, 101]).iter(), None);
        assert_eq!(split(body.clone(), 100), Err(End::TOO_LONG));
        for cut in 1..body.len() {
            if cut != HEAD_BYTES + 3 {
                assert_eq!(
                    split(body.slice(..cut), 1_000),
                    Err(End::PROTOCOL),
                    "cut at {cut}"
                );
            }
        }
        assert_eq!(
            split(join(frames(&[0]).iter(), None), 100),
            Err(End::PROTOCOL),
            "empty"
        );
        let end = join([].iter(), Some(End::GONE));
        assert_eq!(split(end, 100), Err(End::PROTOCOL), "only the server ends so");
        let many = join(frames(&vec![1; LINE_FRAMES_MAX + 1]).iter(), None);
        assert_eq!(split(many, 100), Err(End::PROTOCOL), "too many");
    }
}
