//! Where objects of a type can start: what its alignment allows, or what an allocator really does.

use crate::phase::{LONGEST_LINE, phases};
use crate::{FieldLayout, TypeLayout};

/// Who decides where an object starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Placement {
    /// Anywhere that its alignment allows.
    #[default]
    Aligned,
    /// `malloc` of glibc: multiples of 16 bytes.
    Glibc,
    /// Go's allocator: multiples of its size classes.
    Go,
    /// One object, at this address; programs are loaded at whole pages.
    At(u64),
}

/// Go's classes of small objects, in bytes (`internal/runtime/gc`, the same since Go 1.16).
const GO_CLASSES: [usize; 66] = [
    8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320, 352,
    384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728,
    10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672,
];
/// The last class; larger objects have pages of their own.
const GO_LARGEST: usize = 32768;
/// Above this size an object with pointers has its type before it, since Go 1.22.
const GO_HEADER_ABOVE: usize = 512;
const GO_HEADER: usize = 8;
/// Smaller objects without pointers share a block.
const GO_TINY: usize = 16;

/// What glibc's objects start at multiples of, on machines of 64 bits.
const GLIBC_STEP: usize = 16;

impl Placement {
    /// The places in a line of `line` bytes where an object of this type may start, ascending.
    pub fn starts(self, layout: &TypeLayout, line: usize) -> Vec<usize> {
        let aligned = phases(layout.align, line);
        let starts = match self {
            Placement::Aligned => return aligned,
            Placement::At(address) => return vec![(address % line as u64) as usize],
            Placement::Glibc => phases(layout.align.max(GLIBC_STEP), line),
            Placement::Go => go(layout, line),
        };
        // An aligned allocation is at one of both; what has no start in common is not allocated so.
        let common: Vec<usize> = starts.into_iter().filter(|at| aligned.contains(at)).collect();
        if common.is_empty() { aligned } else { common }
    }
}

fn go(layout: &TypeLayout, line: usize) -> Vec<usize> {
    let pointers = has_pointers(layout);
    if layout.size < GO_TINY && !pointers {
        let size = layout.size.max(1);
        let step = [8, 4, 2].into_iter().find(|step| size.is_multiple_of(*step)).unwrap_or(1);
        return phases(step, line);
    }
    let mut starts = classes(layout.size, 0, line);
    if pointers && layout.size > GO_HEADER_ABOVE {
        starts.extend(classes(layout.size, GO_HEADER, line));
    }
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Where objects of `size` bytes behind a header start in a line.
fn classes(size: usize, header: usize, line: usize) -> Vec<usize> {
    let needed = size + header;
    if needed > GO_LARGEST {
        return vec![0];
    }
    let class = GO_CLASSES.into_iter().find(|&class| class >= needed).unwrap_or(GO_LARGEST);
    (0..LONGEST_LINE).map(|number| (number * class + header) % line).collect()
}

/// Whether Go's collector looks into values of this type.
fn has_pointers(layout: &TypeLayout) -> bool {
    layout.fields.iter().any(points)
}

fn points(field: &FieldLayout) -> bool {
    let name = field.type_name.trim_start_matches(|c: char| c == '[' || c == ']' || c.is_numeric());
    let pointing =
        ["*", "map[", "chan ", "func(", "interface", "unsafe.Pointer", "string", "error"];
    let slice = field.type_name.contains("[]");
    slice
        || pointing.iter().any(|start| name.starts_with(start))
        || field.inner.as_deref().is_some_and(has_pointers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(size: usize, align: usize) -> TypeLayout {
        TypeLayout { size, align, ..TypeLayout::default() }
    }

    /// As ten thousand objects each of a running Go program started.
    #[test]
    fn go_starts_at_multiples_of_its_classes() {
        let go = |size| Placement::Go.starts(&of(size, 8), 64);
        assert_eq!(go(64), [0]);
        assert_eq!(go(72), [0, 16, 32, 48]);
        assert_eq!(go(24), [0, 8, 16, 24, 32, 40, 48, 56]);
        assert_eq!(go(1 << 20), [0]);
        let mut large = of(1024, 8);
        assert_eq!(Placement::Go.starts(&large, 64), [0]);
        large.fields.push(FieldLayout::new("next", "*main.T", 0..8));
        assert_eq!(Placement::Go.starts(&large, 64), [0, 8]);
    }

    #[test]
    fn glibc_and_an_address_leave_fewer_starts() {
        assert_eq!(Placement::Glibc.starts(&of(56, 8), 64), [0, 16, 32, 48]);
        assert_eq!(Placement::Glibc.starts(&of(64, 64), 64), [0]);
        assert_eq!(Placement::At(0x4050).starts(&of(8, 8), 64), [16]);
        assert_eq!(Placement::Aligned.starts(&of(8, 32), 64), [0, 32]);
    }
}
