//! The outline of a source file, as far as a slip in it can be told: structs, what `fields!` names, and
//! functions. Read from the text, for rustc has not understood it either.

/// Something with a name, its line from 1, and what stands after the name, or the whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) text: String,
}

/// A struct, or a `fields!`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Struct {
    pub(super) name: String,
    pub(super) line: usize,
    pub(super) tuple: bool,
    pub(super) fields: Vec<Item>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) structs: Vec<Struct>,
    pub(super) declared: Vec<Struct>,
    /// Each with its type before its name, `Thermometer::last`, and its signature.
    pub(super) functions: Vec<Item>,
}

impl Outline {
    pub(super) fn of(source: &str) -> Outline {
        let text = without_comments(source);
        let structs = starts(&text, "struct ").filter_map(|at| body(&text, at));
        let declared = starts(&text, "fields!(").filter_map(|at| body(&text, at));
        let declared = declared.collect();
        Outline { structs: structs.collect(), declared, functions: functions(&text) }
    }
}

/// The text with blanks for its comments: every line keeps its number.
fn without_comments(source: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_string() + "\n";
    source.lines().map(code).collect()
}

/// Where what comes after a word begins, for each time that it stands there as a word.
fn starts<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    let alone = |at: usize| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    };
    text.match_indices(word).filter(move |(at, _)| alone(*at)).map(|(at, word)| at + word.len())
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// A name at this place, and the fields between the braces or brackets after it.
fn body(text: &str, at: usize) -> Option<Struct> {
    let rest = &text[at..];
    let skipped = rest.len() - rest.trim_start().len();
    let name_at = at + skipped;
    let name = ident(&text[name_at..])?;
    let open = name_at + text[name_at..].find(['{', '(', ';'])?;
    let (tuple, close) = match &text[open..=open] {
        "{" => (false, '}'),
        "(" => (true, ')'),
        _ => return None,
    };
    let inside_at = open + 1;
    let inside = &text[inside_at..inside_at + end(&text[inside_at..], close)?];
    let mut fields = Vec::new();
    let mut from = inside_at;
    for part in parts(inside) {
        let start = from;
        from += part.len() + 1;
        let bare = attributes_off(part);
        if bare.trim().is_empty() {
            continue;
        }
        let (before, after) = match tuple {
            true => ("0", bare.trim()),
            false => bare.split_once(':').unwrap_or((bare, "")),
        };
        let word = before.split_whitespace().last().unwrap_or_default();
        let place = start + part.find(if tuple { after } else { word }).unwrap_or(0);
        let words: Vec<&str> = after.split_whitespace().filter(|word| *word != "pub").collect();
        fields.push(Item {
            name: word.to_string(),
            line: line_of(text, place),
            text: words.join(" "),
        });
    }
    Some(Struct { name, line: line_of(text, name_at), tuple, fields })
}

fn ident(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_string())
}

/// Where the bracket closes that is open at the beginning of a text.
fn end(text: &str, close: char) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            c if c == close && depth == 0 => return Some(at),
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth -= 1,
            _ => {}
        }
    }
    None
}

/// The parts between commas, brackets of any kind kept together.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut from, mut last) = (Vec::new(), 0, 0, ' ');
    for (at, c) in text.char_indices() {
        match c {
            '{' | '(' | '[' | '<' => depth += 1,
            '>' if last == '-' => {}
            '}' | ')' | ']' | '>' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&text[from..at]);
                from = at + 1;
            }
            _ => {}
        }
        last = c;
    }
    parts.push(&text[from..]);
    parts
}

fn attributes_off(part: &str) -> &str {
    let mut rest = part;
    while let Some(inside) = rest.trim_start().strip_prefix("#[") {
        let Some(end) = end(inside, ']') else { return rest };
        rest = &inside[end + 1..];
    }
    rest
}

/// Every function, by its type and its name, with its signature on one line.
fn functions(text: &str) -> Vec<Item> {
    let mut found = Vec::new();
    for at in starts(text, "fn ") {
        let Some(name) = ident(&text[at..]) else { continue };
        let begins = text[..at].rfind(['\n', '{', '}', ';']).map_or(0, |before| before + 1);
        let Some(length) = text[at..].find(['{', ';']) else { continue };
        let words: Vec<&str> = text[begins..at + length].split_whitespace().collect();
        // However it is broken into lines.
        let signature = words.join(" ").replace("( ", "(").replace(", )", ")").replace(" )", ")");
        let of = text[..at].rfind("impl").and_then(|of| {
            let head = text[of + 4..at].split('{').next()?;
            head.split_whitespace().last().map(|of| of.split('<').next().unwrap_or(of).to_string())
        });
        found.push(Item {
            name: format!("{}::{name}", of.unwrap_or_default()),
            line: line_of(text, at),
            text: signature.replace(",)", ")"),
        });
    }
    found
}
