//! CBOR written by hand: also what no sane encoder writes.

pub const BREAK: u8 = 0xff;
pub const UNDEFINED: u8 = 0xf7;

/// The head of an item in the shortest form.
pub fn head(major: u8, argument: u64) -> Vec<u8> {
    match argument {
        0..=23 => vec![major << 5 | argument as u8],
        24..=0xff => wide(major, 1, argument),
        0x100..=0xffff => wide(major, 2, argument),
        0x1_0000..=0xffff_ffff => wide(major, 4, argument),
        _ => wide(major, 8, argument),
    }
}

/// The head of an item with an argument of 1, 2, 4 or 8 bytes, needed or not.
pub fn wide(major: u8, argument_bytes: usize, argument: u64) -> Vec<u8> {
    let minor = 24 + argument_bytes.trailing_zeros() as u8;
    let mut head = vec![major << 5 | minor];
    head.extend(&argument.to_be_bytes()[8 - argument_bytes..]);
    head
}

pub fn text(value: &str) -> Vec<u8> {
    [head(3, value.len() as u64), value.into()].concat()
}

pub fn bytes(value: &[u8]) -> Vec<u8> {
    [head(2, value.len() as u64), value.into()].concat()
}

pub fn number(value: u64) -> Vec<u8> {
    head(0, value)
}

pub fn double(value: f64) -> Vec<u8> {
    [vec![0xfb], value.to_be_bytes().to_vec()].concat()
}

/// Keys and encoded values, without the map's head.
pub type Pairs = Vec<(&'static str, Vec<u8>)>;

/// A map with the head that was given.
pub fn map_with(head: Vec<u8>, pairs: &Pairs) -> Vec<u8> {
    let body = pairs.iter().flat_map(|(key, value)| [text(key), value.clone()]);
    [head, body.collect::<Vec<_>>().concat()].concat()
}

pub fn map(pairs: &Pairs) -> Vec<u8> {
    map_with(head(5, pairs.len() as u64), pairs)
}
