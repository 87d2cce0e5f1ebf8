//! Where the words of an execution lie in the shared memory, and what is in its bytes.

use std::ops::Range;

use racelab::layout::TypeLayout;

/// A row shows so many bytes.
const ROW: usize = 16;

/// The bytes of the word of this name in a value of the first of these types; none where it is not in
/// it, but behind a pointer, or where its type is not known.
pub fn place(types: &[TypeLayout], name: &str) -> Option<Range<usize>> {
    within(types, types.first()?, name)
}

fn within(types: &[TypeLayout], of: &TypeLayout, name: &str) -> Option<Range<usize>> {
    let end = name.find(['.', '[']).unwrap_or(name.len());
    let (own, mut rest) = name.split_at(end);
    let field = of.fields.iter().find(|field| field.name == own)?;
    let (mut at, mut size) = (field.offset, field.size);
    if let Some(index) = rest.strip_prefix('[') {
        let (index, after) = index.split_once(']')?;
        let repeat = field.repeat.filter(|repeat| repeat.stride > 0)?;
        let index: usize = index.parse().ok().filter(|index| *index < repeat.count)?;
        (at, size, rest) = (at + index * repeat.stride, repeat.stride, after);
    }
    let Some(rest) = rest.strip_prefix('.') else { return rest.is_empty().then(|| at..at + size) };
    let known = || types.iter().find(|known| known.path == field.type_name);
    let inner = field.inner.as_deref().or_else(known)?;
    let inside = within(types, inner, rest)?;
    Some(at + inside.start..at + inside.end)
}

/// The bytes that these words have, in rows, as a processor with the lowest byte first keeps them:
/// `0000  08 00 00 00 00 00 00 00`. Bytes of no word are dots; those of a word whose value is no
/// number, but a name (`header #2`), are `##`.
pub fn bytes(types: &[TypeLayout], memory: &[(String, String)]) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for (name, value) in memory {
        let Some(place) = place(types, name).filter(|place| place.len() <= 16) else { continue };
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
    use racelab::layout::{FieldLayout, Repeat};
    use std::sync::Arc;

    fn types() -> Vec<TypeLayout> {
        let slot = TypeLayout {
            name: "Slot".into(),
            size: 8,
            fields: vec![FieldLayout::new("key", "u32", 0..4), FieldLayout::new("tag", "u8", 4..5)],
            ..TypeLayout::default()
        };
        let mut slots = FieldLayout::new("slots", "[Slot; 2]", 8..24);
        slots.repeat = Some(Repeat { count: 2, stride: 8 });
        slots.inner = Some(Arc::new(slot));
        let fields = vec![FieldLayout::new("count", "u64", 0..8), slots];
        vec![TypeLayout { name: "Map".into(), size: 24, fields, ..TypeLayout::default() }]
    }

    #[test]
    fn a_word_lies_where_its_path_leads() {
        let types = types();
        assert_eq!(place(&types, "count"), Some(0..8));
        assert_eq!(place(&types, "slots[1].tag"), Some(20..21));
        for nothing in ["slots[2].tag", "slots[1].x", "other", "count.low", "slots[x].tag"] {
            assert_eq!(place(&types, nothing), None, "{nothing}");
        }
    }

    #[test]
    fn bytes_come_lowest_first_and_a_name_has_none() {
        let word = |name: &str, value: &str| (name.to_string(), value.to_string());
        let memory =
            [word("count", "258"), word("slots[0].key", "header #2"), word("slots[1].tag", "7")];
        assert_eq!(
            bytes(&types(), &memory),
            ["0000  02 01 00 00 00 00 00 00 ## ## ## ## .. .. .. ..", "0010  .. .. .. .. 07",]
        );
    }
}
