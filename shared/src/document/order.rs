//! Order keys: text that sorts as the items of a list stand. The format is that of the npm package
//! `fractional-indexing`, by which the web client finds a key between two others.

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The key of the item at this place in a list that is made whole: a0, a1, …, az, b00, b01, ….
pub fn order_key(place: usize) -> String {
    let (mut rest, mut digits, mut head) = (place, 1_u32, b'a');
    while head < b'z' && rest >= DIGITS.len().pow(digits) {
        rest -= DIGITS.len().pow(digits);
        digits += 1;
        head += 1;
    }
    let digit = |power: u32| DIGITS[rest / DIGITS.len().pow(power) % DIGITS.len()] as char;
    std::iter::once(head as char)
        .chain((0..digits).rev().map(digit))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_as_the_places_they_stand_for() {
        let keys: Vec<String> = (0..5_000).map(order_key).collect();
        assert!(keys.is_sorted());
        assert_eq!(
            [0, 61, 62, 63, 62 + 62 * 62].map(order_key),
            ["a0", "az", "b00", "b01", "c000"]
        );
    }
}
