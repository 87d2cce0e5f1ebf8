//! The colours of a layout: one for each writer, and each doubled by a letter in the text.

/// What a colour stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// The writer of this number, in the order of the legend.
    Writer(usize),
    /// A field that several actors write.
    Several,
    /// A synchronised word of which nobody said who writes it.
    Unknown,
    /// A lock of which nobody said who uses it.
    Lock,
    /// Data that nobody is declared to write.
    Quiet,
    /// Padding, which holds no data.
    Hole,
    /// Something to look at.
    Alarm,
    /// A heading of a drawing or a table.
    Heading,
}

/// `text` in its colour, or as it is where colour is turned off (`colored::control`).
pub(crate) fn paint(text: &str, ink: Ink) -> String {
    use colored::{Color, Colorize};
    const WRITERS: [Color; 5] =
        [Color::Red, Color::Blue, Color::Green, Color::Cyan, Color::BrightYellow];
    if text.is_empty() {
        return String::new();
    }
    match ink {
        Ink::Writer(number) => text.color(WRITERS[number % WRITERS.len()]).to_string(),
        Ink::Several => text.magenta().bold().to_string(),
        Ink::Unknown => text.yellow().to_string(),
        Ink::Lock => text.bright_magenta().to_string(),
        Ink::Quiet => text.to_owned(),
        Ink::Hole => text.bright_black().to_string(),
        Ink::Alarm => text.red().bold().to_string(),
        Ink::Heading => text.bold().to_string(),
    }
}
