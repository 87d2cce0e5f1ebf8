//! The game on a whole screen.

use std::io::{Write, stdout};
use std::time::Duration;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::execute;
use crossterm::terminal::{Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen};
use racelab::words::Ink;
use ratatui_core::buffer::Buffer;
use ratatui_core::layout::Rect;
use ratatui_core::style::{Color, Modifier, Style};
use ratatui_core::terminal::{Terminal, TerminalOptions, Viewport};
use ratatui_core::text::{Line as Row, Span};
use ratatui_crossterm::CrosstermBackend;

use super::play::Play;
use super::screen::{self, For, Line};
use super::subject;
use crate::command::{Ending, Out, signals};

/// Plays until somebody quits, and prints the token.
pub fn run(mut game: Play, large: bool, out: &mut Out) -> anyhow::Result<Ending> {
    let ended = {
        let _screen = Screen;
        turns(&mut game, large, out.page.colour)?
    };
    out.text(&format!("token {}\n", game.token()))?;
    Ok(ended)
}

type Tty = Terminal<CrosstermBackend<std::io::Stdout>>;

/// An empty screen of this size. To clear the one that is there, or to let it follow the size, would
/// ask the terminal where its cursor is, and not every terminal answers.
fn empty((width, height): (u16, u16)) -> anyhow::Result<Tty> {
    execute!(stdout(), Clear(ClearType::All))?;
    let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
    Ok(Terminal::with_options(CrosstermBackend::new(stdout()), TerminalOptions { viewport })?)
}

fn turns(game: &mut Play, large: bool, colour: bool) -> anyhow::Result<Ending> {
    let mut help = false;
    let mut shown: Option<((u16, u16), Tty)> = None;
    loop {
        // At first, where the process was stopped and goes on, and where the size is another.
        let size = crossterm::terminal::size()?;
        if !signals::is_raw() {
            Screen::enter()?;
            shown = None;
        }
        let (_, terminal) = match shown.take().filter(|(known, _)| *known == size) {
            Some(known) => shown.insert(known),
            None => shown.insert((size, empty(size)?)),
        };
        terminal.draw(|frame| {
            let area = frame.area();
            draw(game, (large, help), colour, frame.buffer_mut(), area.width, area.height);
        })?;
        if !event::poll(Duration::from_millis(500))? {
            continue;
        }
        let Event::Key(key) = event::read()? else { continue };
        if key.kind != KeyEventKind::Press {
            continue;
        }
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let asked = std::mem::take(&mut help);
        match key.code {
            KeyCode::Char('c') if control => return Ok(Ending::Interrupted),
            KeyCode::Char(_) if control => {}
            KeyCode::Char('q') | KeyCode::Esc => return Ok(Ending::Promised),
            KeyCode::Enter if game.won() => {
                if let Some(next) = subject::next(game) {
                    *game = next;
                }
            }
            KeyCode::Char('?') => help = !asked,
            KeyCode::Char('u') | KeyCode::Left | KeyCode::Backspace => game.undo(),
            KeyCode::Char('U') | KeyCode::Right => game.redo(),
            KeyCode::Char('j') | KeyCode::Home => game.begin(),
            KeyCode::Char('h') => game.hint(),
            KeyCode::Char('p') => game.play(),
            KeyCode::Char('#') => game.turn(),
            KeyCode::Char('s') => game.says = game.token(),
            KeyCode::Char(digit @ '2'..='9') => choose(game, digit),
            KeyCode::Char(letter) => match game.thread(letter.to_ascii_lowercase()) {
                Some(thread) if letter.is_ascii_uppercase() => game.run(thread),
                Some(thread) => game.step(thread),
                None => game.says = format!("{letter} is no key here: ? says which there are"),
            },
            _ => {}
        }
    }
}

/// The way of this number, of the only thread that has so many.
fn choose(game: &mut Play, digit: char) {
    let at = digit as usize - '1' as usize;
    let with: Vec<usize> =
        (1..=game.position.threads.len()).filter(|thread| game.ways(*thread).len() > at).collect();
    match with[..] {
        [thread] => {
            let how = game.ways(thread)[at];
            game.choose(thread, how);
        }
        [] => game.says = format!("nobody has a way [{digit}]"),
        _ => {
            let names: Vec<String> = with.iter().map(|thread| game.name(*thread)).collect();
            game.says =
                format!("whose [{digit}]? {} have one: step the others first", names.join(", "));
        }
    }
}

fn draw(
    game: &Play,
    (large, help): (bool, bool),
    colour: bool,
    buffer: &mut Buffer,
    width: u16,
    height: u16,
) {
    let columns = usize::from(width);
    let mut below = screen::says(game, columns);
    below.extend(screen::keys(game, large));
    let room = usize::from(height).saturating_sub(below.len());
    let mut lines = match help {
        true => screen::help(game),
        false => screen::screen(game, (columns, room), if large { For::Many } else { For::One }),
    };
    lines.truncate(room);
    lines.resize(room, Line::new());
    for (y, line) in lines.iter().chain(&below).take(height.into()).enumerate() {
        let spans = line.iter().map(|(ink, text)| Span::styled(text.clone(), style(*ink, colour)));
        buffer.set_line(0, y as u16, &Row::from_iter(spans), width);
    }
}

fn style(ink: Option<Ink>, colour: bool) -> Style {
    const ACTORS: [Color; 5] =
        [Color::Cyan, Color::Magenta, Color::Blue, Color::Yellow, Color::Green];
    let style = Style::new();
    match ink {
        None => style,
        Some(Ink::Strong) => style.add_modifier(Modifier::BOLD),
        Some(Ink::Good) if !colour => style.add_modifier(Modifier::BOLD),
        Some(_) if !colour => style,
        Some(Ink::Good) => style.fg(Color::Green).add_modifier(Modifier::BOLD),
        Some(Ink::Bad) => style.fg(Color::Red).add_modifier(Modifier::BOLD),
        Some(Ink::Notable) => style.fg(Color::Yellow),
        Some(Ink::Faint) => style.add_modifier(Modifier::DIM),
        Some(Ink::Actor(number)) => style.fg(ACTORS[number % ACTORS.len()]),
    }
}

/// The other screen of the terminal, with keys as they are pressed, as long as this lives.
struct Screen;

impl Screen {
    fn enter() -> anyhow::Result<()> {
        signals::on_the_other_screen(true);
        signals::raw_mode(true)?;
        Ok(execute!(stdout(), EnterAlternateScreen, Hide)?)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        // A terminal that is gone needs no restoring.
        let _ = execute!(stdout(), Show, LeaveAlternateScreen);
        let _ = stdout().flush();
        let _ = signals::raw_mode(false);
        signals::on_the_other_screen(false);
    }
}
