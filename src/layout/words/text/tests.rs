//! Pages of layouts, to the letter.

use std::sync::Arc;

use super::*;
use crate::{FieldLayout, TypeLayout};

/// The page of `layout` in lines of 64 bytes, without colour.
fn page(layout: TypeLayout, width: usize) -> String {
    colored::control::set_override(false);
    text(&Judged::new(layout, 64), 1, width)
}

fn word(name: &str, offset: usize) -> FieldLayout {
    FieldLayout::new(name, "core::sync::atomic::AtomicU64", offset..offset + 8)
}

fn map() -> TypeLayout {
    let lock = FieldLayout::new("writer", "std::sync::poison::mutex::Mutex<()>", 24..32);
    TypeLayout {
        name: "SafeMap<u64, u64>".to_owned(),
        size: 56,
        align: 8,
        fields: vec![
            FieldLayout::new(
                "current",
                "core::sync::atomic::AtomicPtr<std::collections::hash::map::HashMap<u64, u64>>",
                0..8,
            )
            .written_by(&["writer"])
            .read_by(&["reader"]),
            word("epoch", 8).written_by(&["writer"]),
            word("readers", 16).written_by(&["reader"]),
            lock.written_by(&["writer", "admin"]),
            word("hits", 32).written_by(&["reader"]),
            FieldLayout::new("flag", "bool", 48..49),
            FieldLayout::new("seed", "u32", 52..56),
        ],
        ..TypeLayout::default()
    }
}

fn padded() -> TypeLayout {
    let field = |name, at| {
        FieldLayout::new(name, "demo::Padded<core::sync::atomic::AtomicU64>", at..at + 128)
    };
    let mut fields =
        vec![field("left", 0).written_by(&["left"]), field("right", 128).written_by(&["right"])];
    for field in &mut fields {
        let inner = TypeLayout { size: 128, fields: vec![word("0", 0)], ..TypeLayout::default() };
        field.inner = Some(Arc::new(inner));
    }
    TypeLayout {
        name: "Counters".to_owned(),
        size: 256,
        align: 128,
        fields,
        ..TypeLayout::default()
    }
}

#[test]
fn a_page_shows_bytes_fields_and_verdicts_in_80_columns() {
    let expected = "\
SafeMap<u64, u64>
56 bytes, alignment 8, 1 or 2 lines of 64 bytes

 line 0  ! false sharing (likely)
    0  |W W W W W W W W|W W W W W W W W|  current, epoch
   16  |R R R R R R R R|* * * * * * * *|  readers, writer
   32  |R R R R R R R R|. . . . . . . .|  hits, (8 free)
   48  |-|. . .|- - - -|                  flag, (3 free), seed
       W writer   R reader   * several writers   - no declared writer
       . padding

 off size   field    type                          written by     read by
   0    8 ! current  AtomicPtr<HashMap<u64, u64>>  writer         reader
   8    8 ! epoch    AtomicU64                     writer
  16    8 ! readers  AtomicU64                     reader
  24    8 ! writer   Mutex<()>                     writer, admin
  32    8 ! hits     AtomicU64                     reader
  40    8   (hole)
  48    1   flag     bool
  49    3   (hole)
  52    4   seed     u32

lines of 64 bytes: CERTAIN - false sharing, at every start of some pair
  epoch (written by writer) + readers (written by reader): 7 of 8 starts
  readers (written by reader) + writer (written by writer): 7 of 8 starts
  writer (written by writer) + hits (written by reader): 7 of 8 starts
  epoch (written by writer) + current (read by reader): 7 of 8 starts
  and 5 more pairs, of current, epoch, readers, writer, hits
lines of 128 bytes: CERTAIN - false sharing, at every start of some pair
Drawn at the start of a line; alignment 8 lets it start at byte 0, 8 .. 56.
";
    assert_eq!(page(map(), 80), expected);
}

#[test]
fn padding_is_told_in_a_sentence_and_separates() {
    let expected = "\
Counters
256 bytes, alignment 128, 4 lines of 64 bytes

 line 0
    0  |L L L L L L L L|. . . . . . . .|  left, (120 free)
    :  112 more of padding, to byte 128
 line 2
  128  |R R R R R R R R|. . . . . . . .|  right, (120 free)
    :  112 more of padding, to byte 256
       L left   R right   . padding

 off size   field        type               written by  note
   0  128   left         Padded<AtomicU64>  left        120 free inside
   0    8     0          AtomicU64
   8  120     (padding)
 128  128   right        Padded<AtomicU64>  right       120 free inside
 128    8     0          AtomicU64
 136  120     (padding)

lines of 64 and 128 bytes: no false sharing found within one object
";
    assert_eq!(page(padded(), 80), expected);
}

#[test]
fn a_huge_buffer_costs_a_line_and_a_type_of_nothing_none() {
    let fields = vec![FieldLayout::new("buffer", "[u8; 1000000]", 4..1_000_004)];
    let layout = TypeLayout { size: 1_000_004, align: 4, fields, ..TypeLayout::default() };
    let expected = "\
 line 0
    0  |. . . .|- - - - - - - - - - - -|  (4 free), buffer
    :  999984 more of buffer, to byte 1000000
 line 15625
1000000  |- - - -|
";
    let text = page(layout, 80);
    assert!(text.contains(expected), "{text}");
    assert!(page(TypeLayout { align: 1, ..TypeLayout::default() }, 80).starts_with("\n0 bytes"));
}

#[test]
fn no_line_is_wider_than_asked() {
    for width in [40, 50, 60, 72, 80, 120] {
        for text in [page(map(), width), page(padded(), width)] {
            let widest = text.lines().map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{width}: {widest:?}\n{text}");
        }
    }
}

#[test]
fn a_narrow_terminal_gets_a_sentence_a_field() {
    let text = page(map(), 50);
    let expected = "\
! 24..32 writer: Mutex<()>, written by writer,
    admin
! 32..40 hits: AtomicU64, written by reader
  40..48 (hole)
  48..49 flag: bool
";
    assert!(text.contains(expected), "{text}");
}
