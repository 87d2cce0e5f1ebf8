//! The look of the picture: sizes, and colours for light and dark pages.

use crate::words::ink::Ink;

/// Pixels of a whole cache line.
pub(super) const WIDTH: usize = 1024;
/// Pixels around everything.
pub(super) const MARGIN: usize = 20;

/// The style sheet, and the hatching of padding. Text on a box keeps a contrast of at least 4.5.
pub(super) const STYLE: &str = "<style>\n\
svg { font: 13px system-ui, sans-serif; --page: #fff; --ink: #1b1f24; --faint: #59636e; --edge: #8c959f; --alarm: #cf222e }\n\
.w0 { --fill: #ffcecb } .w1 { --fill: #b6dcff } .w2 { --fill: #aceebb } .w3 { --fill: #b3f0ff } .w4 { --fill: #fae17d }\n\
.several { --fill: #ecd8ff } .unknown { --fill: #ffd8b5 } .lock { --fill: #f5c2d8 } .quiet { --fill: #eaeef2 }\n\
@media (prefers-color-scheme: dark) {\n\
svg { --page: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --edge: #656c76; --alarm: #ff7b72 }\n\
.w0 { --fill: #8e1519 } .w1 { --fill: #0a4a9e } .w2 { --fill: #0f5323 } .w3 { --fill: #0b5a66 } .w4 { --fill: #6b4a00 }\n\
.several { --fill: #5e2ca5 } .unknown { --fill: #7a3a0c } .lock { --fill: #7d1f52 } .quiet { --fill: #2d333b }\n\
}\n\
.page { fill: var(--page) } text { fill: var(--ink) }\n\
.name { font-size: 17px; font-weight: 600 } .about { fill: var(--faint) } .offset { font-size: 11px; opacity: .8 }\n\
.alarm { fill: var(--alarm); font-weight: 600 } .frame { fill: none; stroke: var(--alarm); stroke-width: 4 } .perhaps { stroke-dasharray: 10 6 }\n\
.box { fill: var(--fill); stroke: var(--edge) } .hole { fill: url(#hatch) } .leader { stroke: var(--edge); fill: none }\n\
.hatch { stroke: var(--edge); stroke-width: 1.5 }\n\
</style>\n\
<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
<line class=\"hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/></pattern></defs>\n";

/// The class of what is drawn in this colour.
pub(super) fn class(ink: Ink) -> &'static str {
    match ink {
        Ink::Writer(number) => ["w0", "w1", "w2", "w3", "w4"][number % 5],
        Ink::Several => "several",
        Ink::Unknown => "unknown",
        Ink::Lock => "lock",
        Ink::Hole => "hole",
        Ink::Quiet | Ink::Alarm | Ink::Heading => "quiet",
    }
}
