//! Bytes to letters: a byte order mark decides, then whether the bytes are UTF-8, then what they look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Text read from bytes.
pub struct Letters {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding, as browsers know it.
    pub encoding: &'static str,
    /// Some bytes stood for no letter.
    pub replaced: bool,
}

/// The letters of a text file.
pub fn read(bytes: &[u8]) -> Letters {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, encoding, replaced) = encoding.decode(bytes);
    Letters {
        text: text.into_owned(),
        encoding: encoding.name(),
        replaced,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Of encodings that fit, the one of Norwegian lists.
    detector.guess(Some(b"no"), Utf8Detection::Allow)
}
