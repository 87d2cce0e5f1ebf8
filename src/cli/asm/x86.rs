//! x86-64, and which of its instructions order others.

use iced_x86::{
    Code, Decoder, DecoderOptions, Formatter, IntelFormatter, Mnemonic, OpKind, Register,
};

use super::binary::PLACE;
use super::slots::{Slot, Slots};
use super::{ELSEWHERE, Instruction};

const LOCKED: &str = "read and written in one step, and ordered with everything before and after";

const FENCE: &str = "a fence: waits until all see the stores before it";

/// The instructions in these bytes, which lie at this address. What goes through one of the slots goes
/// to what is in it.
pub(super) fn decode(bytes: &[u8], address: u64, slots: &Slots) -> Vec<Instruction> {
    let mut formatter = IntelFormatter::new();
    let options = formatter.options_mut();
    options.set_hex_prefix("0x");
    options.set_hex_suffix("");
    options.set_uppercase_hex(false);
    options.set_space_after_operand_separator(true);
    options.set_branch_leading_zeros(false);
    let end = address + bytes.len() as u64;
    let mut decoder = Decoder::with_ip(64, bytes, address, DecoderOptions::NONE);
    let mut instructions = Vec::new();
    while decoder.can_decode() {
        let instruction = decoder.decode();
        let mut text = String::new();
        let branch = matches!(
            instruction.op0_kind(),
            OpKind::NearBranch16 | OpKind::NearBranch32 | OpKind::NearBranch64
        );
        let target = instruction.near_branch_target();
        let inside = (address..end).contains(&target);
        if branch {
            formatter.format_mnemonic(&instruction, &mut text);
            text.push(' ');
            text += &if inside { format!("+{:#x}", target - address) } else { PLACE.to_string() };
        } else {
            formatter.format(&instruction, &mut text);
        }
        let mut call = (branch && !inside).then_some(target);
        if instruction.is_ip_rel_memory_operand() {
            // `lea` makes an address, and reads nothing there.
            let read = instruction.mnemonic() != Mnemonic::Lea;
            let slot = slots.get(instruction.ip_rel_memory_address()).filter(|_| read);
            let place = match slot {
                Some(Slot::Own(function)) => {
                    call = Some(*function);
                    Some(PLACE)
                }
                Some(Slot::Named(name)) => Some(name.as_str()),
                None => None,
            };
            if matches!(instruction.mnemonic(), Mnemonic::Call | Mnemonic::Jmp) {
                text.clear();
                formatter.format_mnemonic(&instruction, &mut text);
                text = format!("{text} {}", place.unwrap_or(ELSEWHERE));
            } else if let (Some(from), Some(to)) = (text.find('['), text.find(']')) {
                // Where a constant lies differs from function to function, and says nothing.
                text.replace_range(from + 1..to, place.unwrap_or("constant"));
            }
        }
        let stack = [Register::RSP, Register::RBP].contains(&instruction.memory_base());
        let memory = (0..instruction.op_count())
            .any(|operand| instruction.op_kind(operand) == OpKind::Memory)
            && !stack
            && !matches!(instruction.mnemonic(), Mnemonic::Lea | Mnemonic::Nop)
            && !instruction.is_ip_rel_memory_operand();
        instructions.push(Instruction {
            offset: instruction.ip() - address,
            text,
            order: order(&instruction),
            memory,
            call,
        });
    }
    // Behind the end of a function the linker fills up with instructions that do nothing.
    let filling = |text: &str| text.starts_with("nop") || text == "int3";
    while instructions.last().is_some_and(|last| filling(&last.text)) {
        instructions.pop();
    }
    instructions
}

fn order(instruction: &iced_x86::Instruction) -> Option<&'static str> {
    let exchange = instruction.mnemonic() == Mnemonic::Xchg
        && (0..2).any(|operand| instruction.op_kind(operand) == OpKind::Memory);
    // A change of the stack by nothing: what compilers write for a fence.
    if instruction.has_lock_prefix() && instruction.memory_base() == Register::RSP {
        return Some(FENCE);
    }
    if instruction.has_lock_prefix() || exchange {
        return Some(LOCKED);
    }
    match instruction.mnemonic() {
        Mnemonic::Mfence => Some(FENCE),
        Mnemonic::Sfence => Some("waits until all see what was stored past the caches"),
        Mnemonic::Movnti | Mnemonic::Movntdq | Mnemonic::Movntps | Mnemonic::Movntpd => {
            Some("a store past the caches: ordered with no other store")
        }
        Mnemonic::Pause => Some("a hint that this is a loop that waits"),
        _ if instruction.code() == Code::INVALID => Some("no instruction"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<String> {
        decode(bytes, 0x1000, &Slots::default())
            .into_iter()
            .map(|instruction| instruction.text)
            .collect()
    }

    #[test]
    fn a_store_and_a_streaming_store() {
        // movnti [rdi], rsi; mov byte [rdi+0x80], 1; sfence; ret; nop
        let bytes =
            [0x48, 0x0f, 0xc3, 0x37, 0xc6, 0x87, 0x80, 0, 0, 0, 1, 0x0f, 0xae, 0xf8, 0xc3, 0x90];
        let code = decode(&bytes, 0x1000, &Slots::default());
        let expected = ["movnti [rdi], rsi", "mov byte ptr [rdi+0x80], 1", "sfence", "ret"];
        assert_eq!(texts(&bytes), expected);
        let order: Vec<bool> = code.iter().map(|instruction| instruction.order.is_some()).collect();
        assert_eq!(order, [true, false, true, false]);
        let memory: Vec<bool> = code.iter().map(|instruction| instruction.memory).collect();
        assert_eq!(memory, [true, true, false, false]);
    }

    #[test]
    fn jumps_stay_and_calls_leave() {
        // jne +0; call 0x2000; lock inc dword [rdi]; xchg [rdi], eax
        let bytes = [0x75, 0xfe, 0xe8, 0xf9, 0x0f, 0, 0, 0xf0, 0xff, 0x07, 0x87, 0x07];
        let code = decode(&bytes, 0x1000, &Slots::default());
        assert_eq!(
            texts(&bytes),
            ["jne +0x0", "call @", "lock inc dword ptr [rdi]", "xchg [rdi], eax"]
        );
        assert_eq!(code[1].call, Some(0x2000));
        assert_eq!((code[2].order, code[3].order), (Some(LOCKED), Some(LOCKED)));
    }

    #[test]
    fn what_goes_through_a_slot_goes_to_what_is_in_it() {
        let slots = [(0x2000, Slot::Own(0x3000)), (0x2008, Slot::Named("memcpy".to_string()))];
        let slots = Slots::of(slots);
        // call [0x2000]; jmp [0x2000]; mov rax, [0x2000]; call [0x2008]; call [0x2010];
        // mov rax, [0x2010]; lea rax, [0x2000]
        let bytes = [
            0xff, 0x15, 0xfa, 0x0f, 0, 0, 0xff, 0x25, 0xf4, 0x0f, 0, 0, 0x48, 0x8b, 0x05, 0xed,
            0x0f, 0, 0, 0xff, 0x15, 0xef, 0x0f, 0, 0, 0xff, 0x15, 0xf1, 0x0f, 0, 0, 0x48, 0x8b,
            0x05, 0xea, 0x0f, 0, 0, 0x48, 0x8d, 0x05, 0xd3, 0x0f, 0, 0,
        ];
        let code = decode(&bytes, 0x1000, &slots);
        let texts: Vec<&str> = code.iter().map(|instruction| instruction.text.as_str()).collect();
        let expected = [
            "call @",
            "jmp @",
            "mov rax, [@]",
            "call memcpy",
            "call elsewhere",
            "mov rax, [constant]",
            "lea rax, [constant]",
        ];
        assert_eq!(texts, expected);
        let calls: Vec<_> = code.iter().map(|instruction| instruction.call).collect();
        let own = Some(0x3000);
        assert_eq!(calls, [own, own, own, None, None, None, None]);
    }
}
