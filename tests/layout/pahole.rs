//! pahole says where the direct members of every struct lie.

use std::path::Path;

use racelab_layout::dwarf::{list, search};
use racelab_layout::verify::{Verified, verify};

use crate::build::{RECIPES, built, skip};

#[test]
fn every_struct_agrees_with_pahole() {
    let mut agreed = 0;
    for recipe in RECIPES {
        if recipe.name.contains("types") {
            skip(recipe.name, "pahole 1.24 does not follow references to type units");
            continue;
        }
        match built(recipe.name) {
            Ok(binary) => agreed += compare(recipe.name, &binary),
            Err(why) => skip(recipe.name, &why),
        }
    }
    println!("pahole: {agreed} structs agree");
}

/// How many structs agree. Panics if one differs; where there is no pahole, none agrees.
pub(crate) fn compare(name: &str, binary: &Path) -> usize {
    let ours = list(binary).unwrap_or_else(|error| panic!("{name}: {error}"));
    let verification = match verify(binary, &ours) {
        Ok(verification) => verification,
        Err(why) => {
            skip("pahole", &why.message);
            return 0;
        }
    };
    let mut counts = [0; 4];
    for (layout, verified) in ours.iter().zip(&verification.types) {
        let at = match verified {
            Verified::Agrees => 0,
            Verified::CannotSee(_) => 1,
            Verified::NotListed => 2,
            Verified::SameName(_) => 3,
            Verified::Differs(how) => panic!("{name} {}: {}", layout.name, how.join("; ")),
        };
        counts[at] += 1;
    }
    let [agreed, blind, unlisted, same_name] = counts;
    println!(
        "{name}: {agreed} agree with pahole {}; it cannot see members of {blind}, does not list \
         {unlisted}, and has one name for several in {same_name}",
        verification.version
    );
    assert!(agreed > 0, "{name}: nothing agrees");
    agreed
}

#[test]
fn what_pahole_loses_is_no_mismatch() {
    let binary = match built("c-gcc-5") {
        Ok(binary) => binary,
        Err(why) => return skip("what pahole loses", &why),
    };
    let shared = search(&binary, "shared").expect("the struct with atomics");
    match verify(&binary, &shared) {
        Ok(found) if found.version == "1.24" => {
            let Verified::CannotSee(fields) = &found.types[0] else { panic!("{found:?}") };
            assert!(fields.contains(&"misses".to_owned()) && !fields.contains(&"lock".to_owned()));
        }
        Ok(found) => assert!(!matches!(found.types[0], Verified::Differs(_)), "{found:?}"),
        Err(why) => skip("what pahole loses", &why.message),
    }
}
