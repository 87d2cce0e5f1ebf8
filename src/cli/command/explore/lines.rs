//! The game line by line: for pipes, screen readers and small terminals.

use std::io::{BufRead, IsTerminal, Write, stderr, stdin};

use racelab::explore::hand::{How, moves};
use racelab::words::Page;

use super::play::Play;
use super::screen::{self, For, Line};
use crate::command::{Ending, Out};

/// Reads a command a line until there is no more, and ends with the token.
pub fn run(mut game: Play, out: &mut Out) -> anyhow::Result<Ending> {
    show(&game, out)?;
    let asks = stdin().is_terminal();
    if asks {
        out.text(&text(&screen::keys(&game, false), &out.page))?;
    }
    loop {
        out.flush()?;
        if asks {
            eprint!("> ");
            stderr().flush()?;
        }
        let mut line = String::new();
        if stdin().lock().read_line(&mut line)? == 0 {
            break;
        }
        let line = line.trim();
        if line == "q" {
            break;
        }
        if line == "?" {
            out.text(&text(&screen::help(&game), &out.page))?;
            continue;
        }
        if !command(&mut game, line) {
            game.says = format!("{line} is no move here: ? says what can be typed");
        }
        show(&game, out)?;
    }
    out.text(&format!("token {}\n", game.token()))?;
    Ok(Ending::Promised)
}

/// Does what a line says; whether it says anything.
fn command(game: &mut Play, line: &str) -> bool {
    match line {
        "" => {}
        "u" => game.undo(),
        "U" => game.redo(),
        "j" => game.begin(),
        "h" => game.hint(),
        "p" => game.play(),
        "#" => game.turn(),
        "s" => game.says = game.token(),
        _ => return moved(game, line),
    }
    true
}

/// A step, a run, a way by its number (`r 2`), or moves as a token has them.
fn moved(game: &mut Play, line: &str) -> bool {
    let mut letters = line.chars();
    let Some(first) = letters.next() else { return false };
    let thread = game.thread(first.to_ascii_lowercase());
    match (thread, letters.as_str().trim()) {
        (Some(thread), "") if first.is_ascii_uppercase() => game.run(thread),
        (Some(thread), "") => game.step(thread),
        (Some(thread), number) if line.contains(' ') => {
            let way = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            let ways = game.ways(thread);
            let Some(how) = way.and_then(|way| ways.get(way)) else { return false };
            return game.choose(thread, *how);
        }
        _ => {
            let Some(all) = moves::read(line, &game.table.actors()) else { return false };
            for next in all {
                if !game.go(next.thread.into(), next.how) {
                    let left = if next.how == How::Step { "" } else { " in this way" };
                    let name = game.name(next.thread.into());
                    game.says = format!("{name} cannot go on{left} from here");
                    return true;
                }
            }
        }
    }
    true
}

fn show(game: &Play, out: &mut Out) -> anyhow::Result<()> {
    let columns = out.page.width;
    let mut lines =
        screen::screen(game, (columns, 0), if out.page.plain { For::Ears } else { For::One });
    lines.extend(screen::says(game, columns));
    let page = out.page;
    out.text(&(text(&lines, &page) + "\n"))
}

fn text(lines: &[Line], page: &Page) -> String {
    let piece = |piece: &(Option<_>, String)| match piece.0 {
        Some(ink) => page.paint(ink, &piece.1),
        None => piece.1.clone(),
    };
    let line = |line: &Line| {
        let text: String = line.iter().map(piece).collect();
        format!("{}\n", text.trim_end())
    };
    lines.iter().map(line).collect()
}
