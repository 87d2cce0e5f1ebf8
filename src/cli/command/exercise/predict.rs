//! Predict first: which outcomes can happen? Asked once an exercise, of a person at a terminal.

use racelab_exercise::found::Found;
use std::collections::HashSet;
use std::io::{BufRead, stdin};

use racelab::explore::conduct::Conduct;
use racelab::foreign;
use racelab::words::Page;

use super::super::out::aside;

/// The outcomes that somebody thinks can happen; `None` where they passed it over.
pub type Prediction = Option<HashSet<String>>;

/// Reads a line that somebody types; `None` where nobody can.
pub type ReadLine<'a> = &'a (dyn Fn() -> Option<String> + Sync);

/// A line from stdin.
pub fn line() -> Option<String> {
    let mut line = String::new();
    match stdin().lock().read_line(&mut line) {
        Ok(0) | Err(_) => None,
        Ok(_) => Some(line),
    }
}

/// Asks on stderr, and reads a line of numbers.
pub fn ask(conduct: &Conduct, page: &Page, read: ReadLine<'_>) -> Prediction {
    let mut text = String::from("Predict first: which of these can happen with this code?\n");
    for (index, row) in conduct.outcomes.iter().enumerate() {
        let says = format!("{}: {}", row.id, row.reason);
        text += &page.paragraph(&format!("  {}  ", index + 1), "     ", &says);
    }
    text += "Their numbers, or Enter to pass: ";
    aside(&text);
    // What makes no sense is asked for again: there is one chance to predict.
    loop {
        let line = read()?;
        match chosen(&line, conduct.outcomes.len()) {
            Ok(numbers) if numbers.is_empty() => return None,
            Ok(numbers) => {
                let ids = numbers.into_iter().map(|number| conduct.outcomes[number - 1].id.clone());
                return Some(ids.collect());
            }
            Err(why) => aside(&format!("{why}. Their numbers, or Enter to pass: ")),
        }
    }
}

/// The numbers in a line, from 1; or what makes no sense in it.
fn chosen(line: &str, count: usize) -> Result<Vec<usize>, String> {
    let words = line.split([' ', ',', ';', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    let number = |word: &str| match word.parse() {
        Ok(number) if (1..=count).contains(&number) => Ok(number),
        _ => Err(format!("{:?} is none of 1 to {count}", foreign::line(word))),
    };
    words.map(number).collect()
}

/// What was missed, and what cannot happen after all.
pub fn compare(prediction: &Prediction, found: &Found, page: &Page) -> String {
    let Some(chosen) = prediction else { return String::new() };
    let rows = found.reports.iter().flat_map(|report| &report.outcomes);
    let seen: HashSet<&str> = rows.filter(|row| row.count > 0).map(|row| row.id.as_str()).collect();
    let Some(Ok(conduct)) = &found.conduct else { return String::new() };
    let mut text = String::new();
    for row in &conduct.outcomes {
        let says = match (chosen.contains(&row.id), seen.contains(row.id.as_str())) {
            (true, true) => "happens, as you said",
            (false, true) => "HAPPENS, and you did not expect it",
            (true, false) => "was not found, though you expected it",
            (false, false) => continue,
        };
        text += &page.paragraph("  ", "    ", &format!("{} {says}", row.id));
    }
    format!("Your prediction:\n{text}\n")
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn what_makes_no_sense_costs_no_chance() {
        assert_eq!(chosen("1, 3\n", 4), Ok(vec![1, 3]));
        assert_eq!(chosen("\n", 4), Ok(vec![]));
        for wrong in ["foo 99\n", "5\n", "0\n", "1 x\n", "-1\n"] {
            assert!(chosen(wrong, 4).is_err(), "{wrong}");
        }
    }
}
