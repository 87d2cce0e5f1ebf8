//! Lines as `perf script` writes them, and where they fall.

use std::sync::Arc;

use super::*;
use crate::{FieldLayout, Repeat};

#[test]
fn lines_of_perf_script_are_read_with_few_fields_and_with_many() {
    let lines = [
        "  server  4242 [002] 17.250001:  cpu/mem-loads,ldlat=30/P:     7f1c2c0010 68100142 |OP LOAD|LVL L3 or L3 hit|SNP HitM|TLB L1 hit|LCK No|BLK  N/A  55d0c4 worker+0x20 (/bin/server)",
        "  worker 3 4242/4243 [001]  17.3: cpu/mem-stores/P: 7f1c2c0018 5080144 |OP STORE|LVL L1 hit|",
        " 4244 cpu/mem-stores/P:     7f1c2c0020",
        "mem 4245 17.4: 1 cpu/mem-loads/: 7f1c2c0028 68 |OP LOAD|LVL L1 miss|",
        "mem 4246 17.5: 1 cpu/mem-loads/: 7f1c2c0030 68 |OP LOAD|LVL L1 hit|SNP None|LCK Yes|BLK N/A",
    ];
    let found: Vec<_> = accesses(&lines.join("\n"))
        .into_iter()
        .map(|access| (access.address - 0x7f_1c2c_0000, access.thread, access.store))
        .collect();
    let expected = [
        (0x10, 4242, false),
        (0x18, 4243, true),
        (0x20, 4244, true),
        (0x28, 4245, false),
        (0x30, 4246, true),
    ];
    assert_eq!(found, expected);
    for nothing in ["", "# captured on: Mon", "server 4242 cpu-clock: not-an-address", "a b: c"] {
        assert_eq!(accesses(nothing), [], "{nothing}");
    }
}

#[test]
fn an_access_falls_on_the_innermost_field() {
    let n = FieldLayout::new("n", "long", 8..16);
    let slot = TypeLayout { size: 16, fields: vec![n], ..TypeLayout::default() };
    let mut slots = FieldLayout::new("slots", "slot[2][3]", 8..104);
    slots.repeat = Some(Repeat { count: 6, stride: 16 });
    (slots.shape, slots.inner) = (vec![2, 3], Some(Arc::new(slot)));
    let fields = vec![FieldLayout::new("head", "int", 0..4), slots];
    let layout = TypeLayout { size: 104, fields, ..TypeLayout::default() };
    let at = |address: u64, store| Access { address: 0x1000 + address, thread: 7, store };
    let accesses = [at(0, true), at(5, false), at(8 + 16 * 4 + 9, true), at(8 + 16 * 4 + 8, false)];
    let joined = join(&layout, &[0x9000, 0x1000], &accesses);
    let told: Vec<_> =
        joined.hits.iter().map(|h| (h.path.as_str(), h.offset, h.threads[&7])).collect();
    assert_eq!(told, [("head", 0, (0, 1)), ("", 5, (1, 0)), ("slots[1][1].n", 80, (1, 1))]);
    let outside = [at(104, true), Access { address: 0xfff, ..at(0, true) }];
    let joined = join(&layout, &[0x1000], &outside);
    assert_eq!((joined.within, joined.recorded, joined.hits.len()), (0, 2, 0));
}
