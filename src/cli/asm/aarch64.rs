//! AArch64, and which of its instructions order others.

use yaxpeax_arch::{Decoder, U8Reader};
use yaxpeax_arm::armv8::a64::{InstDecoder, Operand};

use super::Instruction;
use super::binary::PLACE;

/// The instructions in these bytes, which lie at this address.
pub(super) fn decode(bytes: &[u8], address: u64) -> Vec<Instruction> {
    let words = bytes.chunks_exact(4).enumerate();
    let mut instructions: Vec<Instruction> =
        words.map(|(index, word)| one(word, 4 * index as u64, address, bytes.len())).collect();
    while instructions.last().is_some_and(|last| last.text == "nop") {
        instructions.pop();
    }
    instructions
}

fn one(word: &[u8], offset: u64, address: u64, length: usize) -> Instruction {
    let Ok(decoded) = InstDecoder::default().decode(&mut U8Reader::new(word)) else {
        let bytes = u32::from_le_bytes(word.try_into().expect("a chunk of four bytes"));
        let text = format!(".word {bytes:#010x}");
        return Instruction { offset, text, order: None, memory: false, call: None };
    };
    let mut text = decoded.to_string();
    let mnemonic = text.split(' ').next().unwrap_or_default().to_string();
    let away = decoded.operands.iter().find_map(|operand| match operand {
        Operand::PCOffset(away) => Some(*away),
        _ => None,
    });
    let mut call = None;
    let jumps =
        mnemonic.starts_with('b') || mnemonic.starts_with("cb") || mnemonic.starts_with("tb");
    if let Some(away) = away
        && let Some(from) = text.find('$')
    {
        let target = (address + offset).wrapping_add_signed(away);
        let inside = (address..address + length as u64).contains(&target);
        let place = match inside {
            true => format!("+{:#x}", target - address),
            false if jumps => PLACE.to_string(),
            // The address of a constant.
            false => "constant".to_string(),
        };
        text.replace_range(from.., &place);
        call = (jumps && !inside).then_some(target);
    }
    let memory = text.contains('[') && !text.contains("[sp") && !text.contains("[x29");
    Instruction { offset, text, order: order(&mnemonic), memory, call }
}

/// Each kind of access by the letters that its mnemonic begins with.
fn order(mnemonic: &str) -> Option<&'static str> {
    let one_step =
        ["cas", "swp", "ldadd", "ldclr", "ldeor", "ldset", "ldsmax", "ldsmin", "ldumax", "ldumin"];
    if let Some(kind) = one_step.iter().find(|kind| mnemonic.starts_with(**kind)) {
        let rest = mnemonic[kind.len()..].trim_end_matches(['b', 'h']);
        return Some(match rest {
            "al" => "read and written in one step, with acquire and release",
            "a" => "read and written in one step, with acquire",
            "l" => "read and written in one step, with release",
            _ => "read and written in one step",
        });
    }
    let kinds = [
        ("stlxr", "stores with release, if nobody came between"),
        ("stxr", "stores if nobody came between"),
        ("ldaxr", "loads with acquire, and watches"),
        ("ldxr", "loads, and watches"),
        ("stlr", "stores with release: after all accesses before it"),
        ("ldar", "loads with acquire: before all accesses after it"),
        ("ldapr", "loads with acquire: before all accesses after it"),
        ("dmb", "a fence"),
        ("stnp", "a pair of stores past the caches"),
        ("yield", "a hint that this is a loop that waits"),
        ("isb", "waits for the instructions before it"),
    ];
    kinds.iter().find(|(kind, _)| mnemonic.starts_with(kind)).map(|(_, order)| *order)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(words: &[u32]) -> Vec<Instruction> {
        let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        decode(&bytes, 0x1000)
    }

    #[test]
    fn a_relaxed_store_is_not_a_release_store() {
        // str x1, [x0]; stlr x1, [x0]; ldr x1, [x0]; ldar x1, [x0]; ret; nop
        let code =
            code(&[0xf900_0001, 0xc89f_fc01, 0xf940_0001, 0xc8df_fc01, 0xd65f_03c0, 0xd503_201f]);
        let first: Vec<&str> =
            code.iter().map(|instruction| instruction.text.split(' ').next().unwrap()).collect();
        assert_eq!(first, ["str", "stlr", "ldr", "ldar", "ret"]);
        let order: Vec<bool> = code.iter().map(|instruction| instruction.order.is_some()).collect();
        assert_eq!(order, [false, true, false, true, false]);
        assert!(code[..4].iter().all(|instruction| instruction.memory));
    }

    #[test]
    fn jumps_stay_and_calls_leave() {
        // b +0; bl 0x2000; dmb ish; ldaddal x1, x2, [x0]
        let code = code(&[0x1400_0000, 0x9400_03ff, 0xd503_3bbf, 0xf8e1_0002]);
        assert_eq!((code[0].text.as_str(), code[1].text.as_str()), ("b +0x0", "bl @"));
        assert_eq!(code[1].call, Some(0x2000));
        assert_eq!(code[2].order, Some("a fence"));
        assert!(code[3].order.is_some_and(|order| order.contains("acquire and release")));
    }
}
