//! A litmus file in words, numbers and signs, each with its line.

/// What is wrong with a file, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1.
    pub line: u32,
    /// What is wrong there, and what would be right.
    pub says: String,
}

impl Wrong {
    pub(crate) fn at<T>(line: u32, says: impl Into<String>) -> Result<T, Wrong> {
        Err(Wrong { line, says: says.into() })
    }
}

/// The smallest part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    Word(String),
    Number(i32),
    Sign(&'static str),
}

impl Token {
    /// As it stands in the file.
    pub(crate) fn text(&self) -> String {
        match self {
            Token::Word(word) => word.clone(),
            Token::Number(number) => number.to_string(),
            Token::Sign(sign) => (*sign).to_string(),
        }
    }
}

/// The longer ones first.
const SIGNS: [&str; 41] = [
    "/\\", "\\/", "==", "!=", "=>", "<=", ">=", "<<", ">>", "&&", "||", "++", "--", "+=", "-=",
    "->", "{", "}", "(", ")", "[", "]", ";", ",", ":", "=", "*", "+", "-", "&", "|", "^", "~", "!",
    "<", ">", "/", "%", ".", "?", "\"",
];

/// The words and signs of a text that begins at this line. Comments are C's, and outside of threads
/// OCaml's too, as herd has it.
pub(crate) fn tokens(text: &str, first: u32) -> Result<Vec<(u32, Token)>, Wrong> {
    let mut found: Vec<(u32, Token)> = Vec::new();
    let (mut line, mut rest, mut inside) = (first, text, 0);
    while let Some(next) = rest.chars().next() {
        if next.is_whitespace() {
            line += u32::from(next == '\n');
            rest = &rest[next.len_utf8()..];
        } else if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") || inside == 0 && rest.starts_with("(*") {
            let end = if rest.starts_with("/*") { "*/" } else { "*)" };
            let Some(length) = rest[2..].find(end) else {
                return Wrong::at(line, format!("this comment has no end: write {end}"));
            };
            line += rest[..length + 4].matches('\n').count() as u32;
            rest = &rest[length + 4..];
        } else if next.is_ascii_digit() {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
            let digits = &rest[..end];
            let number = match digits.strip_prefix("0x").or_else(|| digits.strip_prefix("0X")) {
                Some(digits) => i32::from_str_radix(digits, 16),
                None => digits.parse(),
            };
            let Ok(number) = number else {
                return Wrong::at(line, format!("{digits} is no number from 0 to {}", i32::MAX));
            };
            found.push((line, Token::Number(number)));
            rest = &rest[end..];
        } else if next.is_ascii_alphabetic() || next == '_' {
            let end = |c: char| !c.is_ascii_alphanumeric() && c != '_';
            let end = rest.find(end).unwrap_or(rest.len());
            found.push((line, Token::Word(rest[..end].to_string())));
            rest = &rest[end..];
        } else if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
            // A thread's body is what stands in braces after its words.
            match *sign {
                "{" if inside > 0 => inside += 1,
                "{" if found.last().is_some_and(|(_, last)| *last == Token::Sign(")")) => {
                    inside = 1
                }
                "}" if inside > 0 => inside -= 1,
                _ => {}
            }
            found.push((line, Token::Sign(sign)));
            rest = &rest[sign.len()..];
        } else {
            return Wrong::at(line, format!("{next:?} means nothing here: leave it out"));
        }
    }
    Ok(found)
}
