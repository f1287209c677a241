//! Bytes to letters: a byte order mark decides, then whether the bytes are UTF-8, then what they look like.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_8859_15, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Text read from bytes.
pub struct Letters {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of the encoding, as browsers know it.
    pub encoding: &'static str,
    /// Some bytes stood for no letter.
    pub replaced: bool,
    /// UTF-8 that somebody had saved as windows-1252 was set right.
    pub repaired: bool,
}

/// The letters of a text file.
pub fn read(bytes: &[u8]) -> Letters {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, encoding, replaced) = encoding.decode(bytes);
    let set_right = (encoding == UTF_8 && !replaced)
        .then(|| repaired(&text))
        .flatten();
    let repaired = set_right.is_some();
    Letters {
        text: set_right.unwrap_or_else(|| text.into_owned()),
        encoding: encoding.name(),
        replaced,
        repaired,
    }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(wide) = two_bytes_a_letter(bytes) {
        return wide;
    }
    if is_nearly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // Of encodings that fit, the one of Norwegian lists.
    let likely = detector.guess(Some(b"no"), Utf8Detection::Allow);
    if likely == WINDOWS_1252 {
        western(bytes)
    } else {
        likely
    }
}

/// UTF-16 without a mark: every other byte of European text is nought.
fn two_bytes_a_letter(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(4_000) & !1];
    let noughts = |first: usize| sample.iter().skip(first).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, pairs) = (noughts(0), noughts(1), sample.len() / 2);
    match pairs {
        0 => None,
        _ if odd * 10 > pairs * 6 && even * 20 < pairs => Some(UTF_16LE),
        _ if even * 10 > pairs * 6 && odd * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// UTF-8, or UTF-8 with a few broken letters among many that are whole: a file somebody cut or joined.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || whole > broken * 20
}

/// Which of the western encodings of one byte a letter, by how much the result looks like Nordic text. They differ
/// in few letters: the Macintosh has its own places for æøå, ISO-8859-15 the euro sign where others have «¤».
fn western(bytes: &[u8]) -> &'static Encoding {
    let likeness =
        |encoding: &'static Encoding| nordic_likeness(&encoding.decode_without_bom_handling(bytes).0);
    let (windows, mac) = (likeness(WINDOWS_1252), likeness(MACINTOSH));
    if mac > windows {
        return MACINTOSH;
    }
    let iso_only = !bytes.iter().any(|b| (0x80..0xa0).contains(b));
    if iso_only && bytes.contains(&0xa4) {
        ISO_8859_15
    } else {
        WINDOWS_1252
    }
}

fn nordic_likeness(text: &str) -> i64 {
    let mut likeness = 0;
    let mut before = ' ';
    for c in text.chars() {
        likeness += match c {
            'æ' | 'ø' | 'å' | 'ä' | 'ö' | 'é' => 3,
            // A capital within a word is rarely meant.
            'Æ' | 'Ø' | 'Å' | 'Ä' | 'Ö' | 'É' => {
                if before.is_lowercase() {
                    -2
                } else {
                    2
                }
            }
            '«' | '»' | '–' | '—' | '’' | '“' | '”' | '€' | '…' | 'ü' | 'è' | 'ó' | 'á' | 'ô' => {
                1
            }
            c if c.is_ascii() => 0,
            _ => -2,
        };
        before = c;
    }
    likeness
}

/// What was UTF-8, was read as windows-1252 and saved as UTF-8 again: «Ã¸» for «ø».
fn repaired(text: &str) -> Option<String> {
    if !["Ã¸", "Ã¥", "Ã¦", "Ã˜", "Ã…", "Ã†"]
        .iter()
        .any(|twice| text.contains(twice))
    {
        return None;
    }
    let (bytes, _, lost) = WINDOWS_1252.encode(text);
    if lost {
        None
    } else {
        String::from_utf8(bytes.into_owned()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "navn;land\nØyas blåskjell på nærmere hold;Norge\nÅse «æra»;Norge\n";

    #[test]
    fn r32_each_common_encoding_is_recognised_by_what_it_says() {
        for encoding in [UTF_8, WINDOWS_1252, MACINTOSH] {
            let (bytes, ..) = encoding.encode(TEXT);
            let letters = read(&bytes);
            assert_eq!((letters.text.as_str(), letters.encoding), (TEXT, encoding.name()));
        }
        let euro = "pris;på\n5 €;ø\n";
        let letters = read(&ISO_8859_15.encode(euro).0);
        assert_eq!((letters.text.as_str(), letters.encoding), (euro, "ISO-8859-15"));
        let wide: [Vec<u8>; 2] =
            [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| TEXT.encode_utf16().flat_map(bytes).collect());
        assert_eq!(wide.map(|bytes| read(&bytes).text), [TEXT, TEXT]);
    }

    #[test]
    fn r32_letters_read_wrong_once_before_are_set_right_and_a_broken_one_does_not_break_the_others() {
        let twice = WINDOWS_1252.decode(TEXT.as_bytes()).0.into_owned();
        let letters = read(twice.as_bytes());
        assert!(letters.repaired);
        assert_eq!(letters.text, TEXT);
        let mut bytes = "ø".repeat(100).into_bytes();
        bytes.pop();
        let letters = read(&bytes);
        assert!(letters.replaced && letters.text.starts_with("øøø"));
    }
}
