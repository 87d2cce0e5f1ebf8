//! Agreement, blindness and disagreement are told apart.

use super::*;

fn ours() -> TypeLayout {
    let fields = vec![FieldLayout::new("a", "u64", 0..8), FieldLayout::new("b", "u32", 8..12)];
    TypeLayout { name: "m::Pair<u64, a::B>".into(), size: 16, fields, ..TypeLayout::default() }
}

fn theirs(size: usize, members: &[(usize, usize)], blind: bool) -> Struct {
    Struct { name: "Pair<u64, a::B>".into(), size, members: members.to_vec(), blind }
}

#[test]
fn a_mismatch_is_no_blindness() {
    let with = |theirs: Struct| compare(&ours(), &[theirs]);
    assert_eq!(bare("m::Pair<u64, a::B>"), "Pair<u64, a::B>");
    assert_eq!(with(theirs(16, &[(0, 8), (64, 4)], false)), Verified::Agrees);
    assert_eq!(compare(&ours(), &[]), Verified::NotListed);
    let unseen = Verified::CannotSee(vec!["b".into()]);
    assert_eq!(with(theirs(16, &[(0, 8), (64, 0)], true)), unseen);
    let differs = |how: &[&str]| Verified::Differs(how.iter().map(|&how| how.to_owned()).collect());
    assert_eq!(
        with(theirs(16, &[(0, 8), (96, 4)], false)),
        differs(&["b (offset 8, size 4) is only here", "offset 12, size 4 is only there"])
    );
    assert_eq!(
        with(theirs(12, &[(0, 8), (64, 4)], true)),
        differs(&["the size is 16 here and 12 there"])
    );
}
