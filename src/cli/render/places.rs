//! What is in the bytes of the shared memory.

use std::ops::Range;

/// A row shows so many bytes.
const ROW: usize = 16;

/// The bytes that these words have, in rows, as a processor with the lowest byte first keeps them:
/// `0000  08 00 00 00 00 00 00 00`. Bytes of no word are dots; those of a word whose value is no
/// number, but a name (`header #2`), are `##`.
pub fn bytes(
    place: impl Fn(&str) -> Option<Range<usize>>,
    memory: &[(String, String)],
) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (name, value) in memory {
        let Some(place) = place(name).filter(|place| place.len() <= 16) else { continue };
        let number = value.parse::<u128>().ok().or_else(|| {
            let signed = value.parse::<i128>().ok()?;
            Some(signed as u128)
        });
        if all.len() < place.end {
            all.resize(place.end, "..".to_string());
        }
        for (at, byte) in all[place].iter_mut().enumerate() {
            *byte = match (number, value.as_str()) {
                (Some(number), _) => format!("{:02x}", number >> (8 * at) & 0xff),
                (None, "true" | "false") => format!("{:02x}", u8::from(value == "true")),
                (None, _) => "##".to_string(),
            };
        }
    }
    let rows = all.chunks(ROW).enumerate();
    let filled = rows.filter(|(_, row)| row.iter().any(|byte| byte != ".."));
    filled.map(|(at, row)| format!("{:04x}  {}", at * ROW, row.join(" "))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::layout::{FieldLayout, Places, TypeLayout};

    fn places() -> Places {
        let field = |name, place| FieldLayout::new(name, "u64", place);
        let fields = vec![field("count", 0..8), field("key", 8..12), field("tag", 20..21)];
        let types = [TypeLayout { size: 24, fields, ..TypeLayout::default() }];
        Places::new(&types, ["count", "key", "tag"].into_iter())
    }

    #[test]
    fn bytes_come_lowest_first_and_a_name_has_none() {
        let word = |name: &str, value: &str| (name.to_string(), value.to_string());
        let memory = [word("count", "258"), word("key", "header #2"), word("tag", "7")];
        assert_eq!(
            bytes(|word| places().of(word), &memory),
            ["0000  02 01 00 00 00 00 00 00 ## ## ## ## .. .. .. ..", "0010  .. .. .. .. 07",]
        );
    }
}
