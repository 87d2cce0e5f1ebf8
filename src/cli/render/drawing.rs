//! The parts of a picture: a page for light and dark, lines and text.

/// Text keeps a contrast of 4.5 on either page; lines differ by their dashes and letters too.
const STYLE: &str = "<style>\n\
svg { font: 13px system-ui, sans-serif; --page: #fff; --ink: #1b1f24; --faint: #59636e; --edge: #d1d9e0; --bad: #cf222e }\n\
.l0 { --line: #cf222e } .l1 { --line: #1a7f37 } .l2 { --line: #0969da } .l3 { --line: #9a6700 } .l4 { --line: #8250df }\n\
@media (prefers-color-scheme: dark) {\n\
svg { --page: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --edge: #30363d; --bad: #ff7b72 }\n\
.l0 { --line: #ff7b72 } .l1 { --line: #3fb950 } .l2 { --line: #58a6ff } .l3 { --line: #d29922 } .l4 { --line: #bc8cff }\n\
}\n\
.page { fill: var(--page) } text { fill: var(--ink) } .name { font-size: 17px; font-weight: 600 }\n\
.about { fill: var(--faint) } .grid { stroke: var(--edge) }\n\
.line { fill: none; stroke: var(--line); stroke-width: 2.5 } .band { fill: var(--line); opacity: .16 }\n\
.dot { fill: var(--line) } .key { fill: var(--line); font-weight: 700 }\n\
.l1.line { stroke-dasharray: 9 4 } .l2.line { stroke-dasharray: 2 4 } .l3.line { stroke-dasharray: 12 4 2 4 } .l4.line { stroke-dasharray: 5 5 }\n\
.mono { font-family: ui-monospace, monospace; font-size: 12.5px } .step { fill: var(--page); stroke: var(--line); stroke-width: 1.5 } .bad { fill: var(--bad); font-weight: 600 }\n\
.order, .value, .weak, .missing, .waits { fill: none; stroke-width: 2 } .order { stroke: var(--ink) } .value { stroke: var(--faint); stroke-dasharray: 2 4 } .weak { stroke: var(--bad); stroke-dasharray: 2 4 } .missing, .waits { stroke: var(--bad); stroke-dasharray: 8 4 }\n\
.mark { fill: var(--ink) } .whisker { stroke: var(--ink); stroke-width: 1.5 }\n\
</style>\n";

/// A whole picture. Colours follow the reader's light or dark scheme.
pub(super) fn page(label: &str, width: f64, height: f64, body: &str) -> String {
    let label = escape(label);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{label}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n{STYLE}\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n"
    )
}

/// A line of the grid.
pub(super) fn line(x1: f64, y1: f64, x2: f64, y2: f64) -> String {
    format!("<line class=\"grid\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>\n")
}

/// Words: `anchor` is the end that stays at `x`.
pub(super) fn text(x: f64, y: f64, class: &str, anchor: &str, text: &str) -> String {
    let text = escape(text);
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>\n"
    )
}

/// Text that may stand between tags and in attributes.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
