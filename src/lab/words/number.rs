//! Numbers as people read them: thousands apart, shares of rare things, times with a unit.

/// `1234567` as `1,234,567`.
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `count` of `1`, or of many: `1 switch`, `2 switches`.
pub fn of(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share in percent. Rarity is the message: a rare share keeps two digits, never a mere 0.
pub fn share(part: u64, whole: u64) -> String {
    if part == 0 || whole == 0 {
        return "0 %".to_string();
    }
    let percent = part as f64 * 100.0 / whole as f64;
    let digits = match percent {
        p if p >= 0.1 => 2,
        p => (1.0 - p.log10().floor()) as usize,
    };
    format!("{percent:.digits$} %")
}

/// Seconds with the unit that suits them: `12 us`, `1.3 ms`, `2.0 s`.
pub fn seconds(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} us", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s if s < 120.0 => format!("{s:.1} s"),
        s => format!("{:.1} min", s / 60.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 999, 1000, 1234567].map(count), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(of(1, "switch", "switches"), "1 switch");
        assert_eq!(of(2, "switch", "switches"), "2 switches");
    }

    #[test]
    fn a_rare_share_is_not_nothing() {
        assert_eq!(share(0, 10), "0 %");
        assert_eq!(share(1, 3), "33.33 %");
        assert_eq!(share(1, 231_000_000), "0.00000043 %");
        assert_eq!(share(5, 0), "0 %");
    }

    #[test]
    fn times_have_units() {
        assert_eq!(
            [0.000_012, 0.0013, 2.0, 150.0].map(seconds),
            ["12 us", "1.3 ms", "2.0 s", "2.5 min"]
        );
    }
}
