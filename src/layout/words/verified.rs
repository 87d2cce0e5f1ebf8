//! What pahole says of a layout, in words.

use crate::TypeLayout;
use crate::findings::Checked;
use crate::verify::Verified;
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, wrap};

/// pahole's verdict on one type, in lines of at most `width` columns.
pub fn verified_text(checked: &Checked, width: usize) -> String {
    let (text, ink) = sentence(checked);
    paint(&wrap(&text, width, 2), ink) + "\n"
}

/// The same without colour.
pub(crate) fn verified_words(checked: &Checked, width: usize) -> String {
    wrap(&sentence(checked).0, width, 2) + "\n"
}

fn sentence(checked: &Checked) -> (String, Ink) {
    let version = &checked.version;
    match &checked.verdict {
        Verified::Agrees => (format!("Verified: pahole {version} agrees."), Ink::Quiet),
        Verified::CannotSee(fields) => {
            let fields = fields.join(", ");
            let text = format!(
                "Verified in part: pahole {version} agrees, but cannot see these: {fields}."
            );
            (text, Ink::Quiet)
        }
        Verified::NotListed => {
            (format!("Not verified: pahole {version} does not print this type."), Ink::Quiet)
        }
        Verified::SameName(types) => {
            let text = format!(
                "Not verified: pahole {version} prints names without their paths, and {} of \
                 this one",
                count(*types, "type")
            );
            (text + " are in the binary.", Ink::Quiet)
        }
        Verified::Differs(how) => {
            (format!("MISMATCH with pahole {version}: {}.", how.join("; ")), Ink::Alarm)
        }
    }
}

/// The verdicts on many types: how many of each kind, and each mismatch.
pub fn verified_list(types: &[(&TypeLayout, &Checked)], width: usize) -> String {
    let Some((_, first)) = types.first() else {
        return String::new();
    };
    let counted = |kind: fn(&Verified) -> bool| {
        types.iter().filter(|(_, checked)| kind(&checked.verdict)).count()
    };
    let text = format!(
        "pahole {} agrees on {} of {}; it cannot see members of {}, does not print {}, has one \
         name for several in {}, and differs in {}.",
        first.version,
        counted(|v| *v == Verified::Agrees),
        count(types.len(), "type"),
        counted(|v| matches!(v, Verified::CannotSee(_))),
        counted(|v| *v == Verified::NotListed),
        counted(|v| matches!(v, Verified::SameName(_))),
        counted(|v| matches!(v, Verified::Differs(_))),
    );
    let mut out = wrap(&text, width, 2) + "\n";
    for (layout, checked) in types {
        if matches!(checked.verdict, Verified::Differs(_)) {
            out.push_str(&wrap(&layout.name, width, 2));
            out.push_str(&format!("\n{}", verified_text(checked, width)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blindness_and_a_mismatch_have_their_own_words() {
        let checked = |verdict| Checked { version: "1.24".to_owned(), verdict };
        let blind = checked(Verified::CannotSee(vec!["hits".to_owned()]));
        assert!(verified_text(&blind, 80).contains("cannot see these: hits."));
        let differs = checked(Verified::Differs(vec!["the size is 8 here and 4 there".to_owned()]));
        assert!(verified_text(&differs, 80).contains("MISMATCH"));
        let layout = TypeLayout { name: "Pair".to_owned(), ..TypeLayout::default() };
        let text = verified_list(&[(&layout, &blind), (&layout, &differs)], 80);
        assert!(text.contains("agrees on 0 of 2 types") && text.contains("\nPair\n"), "{text}");
    }
}
