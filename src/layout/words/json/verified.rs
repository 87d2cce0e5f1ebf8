//! What pahole says of a type, as a part of its JSON.

use serde::Serialize;

use crate::findings::Checked;
use crate::verify::Verified;

#[derive(Serialize)]
pub(super) struct VerifiedDocument<'a> {
    by: &'static str,
    version: &'a str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    cannot_see: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    differences: &'a [String],
}

/// pahole's verdict as a document.
pub(super) fn verified(checked: &Checked) -> VerifiedDocument<'_> {
    let none: &[String] = &[];
    let (verdict, cannot_see, differences) = match &checked.verdict {
        Verified::Agrees => ("agrees", none, none),
        Verified::CannotSee(fields) => ("cannot-see", fields.as_slice(), none),
        Verified::NotListed => ("not-listed", none, none),
        Verified::SameName(_) => ("same-name", none, none),
        Verified::Differs(how) => ("differs", none, how.as_slice()),
    };
    VerifiedDocument { by: "pahole", version: &checked.version, verdict, cannot_see, differences }
}
