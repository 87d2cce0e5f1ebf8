//! An outcome: how an execution of a race may end, and what that means.

/// What one execution amounts to: an index into the table that [`outcomes!`](crate::outcomes) makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outcome(pub u8);

/// How an outcome is judged, as jcstress does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// As it should be.
    Allowed,
    /// Correct by the rules, and surprising.
    Interesting,
    /// Must never happen.
    Forbidden,
}

/// One row of a race's table of outcomes.
#[derive(Clone, Copy, Debug)]
pub struct Meaning {
    /// Its name, as the source spells it: `OUT_OF_BOUNDS`.
    pub id: &'static str,
    /// How it is judged.
    pub grade: Grade,
    /// Why, in one line.
    pub reason: &'static str,
    /// A right solution must still be able to end so: proof that no work was taken away.
    pub required: bool,
}

/// Declares the outcomes of a race: a constant for each, and the table `OUTCOMES`.
///
/// ```
/// racelab::outcomes! {
///     OLD: Allowed, "the reader came before the writer";
///     NEW: Allowed required, "the reader came after the writer";
///     TORN: Forbidden, "half of each";
/// }
/// assert_eq!(OUTCOMES[TORN.0 as usize].grade, racelab::Grade::Forbidden);
/// assert!(OUTCOMES[NEW.0 as usize].required);
/// ```
///
/// There are 256 at most.
#[macro_export]
macro_rules! outcomes {
    ($($id:ident: $grade:ident $($required:ident)?, $reason:literal;)+) => {
        /// Outcomes are numbered as they are declared.
        #[allow(dead_code, non_camel_case_types, clippy::upper_case_acronyms)]
        #[repr(u8)]
        enum NumberOfOutcome { $($id),+ }
        $(
            #[allow(missing_docs, unreachable_pub)]
            pub const $id: $crate::Outcome = $crate::Outcome(NumberOfOutcome::$id as u8);
        )+
        /// What each outcome means.
        #[allow(unreachable_pub)]
        pub const OUTCOMES: &[$crate::Meaning] = &[$($crate::Meaning {
            id: stringify!($id),
            grade: $crate::Grade::$grade,
            reason: $reason,
            required: $crate::outcomes!(@required $($required)?),
        }),+];
    };
    (@required) => { false };
    (@required required) => { true };
}

#[cfg(test)]
mod tests {
    #![allow(dead_code)]

    /// As many as there can be.
    macro_rules! many {
        ($($id:ident)+) => { crate::outcomes! { $($id: Allowed, "one of many";)+ } };
    }

    many! {
        O0 O1 O2 O3 O4 O5 O6 O7 O8 O9 O10 O11 O12 O13 O14 O15
        O16 O17 O18 O19 O20 O21 O22 O23 O24 O25 O26 O27 O28 O29 O30 O31
        O32 O33 O34 O35 O36 O37 O38 O39 O40 O41 O42 O43 O44 O45 O46 O47
        O48 O49 O50 O51 O52 O53 O54 O55 O56 O57 O58 O59 O60 O61 O62 O63
        O64 O65 O66 O67 O68 O69 O70 O71 O72 O73 O74 O75 O76 O77 O78 O79
        O80 O81 O82 O83 O84 O85 O86 O87 O88 O89 O90 O91 O92 O93 O94 O95
        O96 O97 O98 O99 O100 O101 O102 O103 O104 O105 O106 O107 O108 O109 O110 O111
        O112 O113 O114 O115 O116 O117 O118 O119 O120 O121 O122 O123 O124 O125 O126 O127
        O128 O129 O130 O131 O132 O133 O134 O135 O136 O137 O138 O139 O140 O141 O142 O143
        O144 O145 O146 O147 O148 O149 O150 O151 O152 O153 O154 O155 O156 O157 O158 O159
        O160 O161 O162 O163 O164 O165 O166 O167 O168 O169 O170 O171 O172 O173 O174 O175
        O176 O177 O178 O179 O180 O181 O182 O183 O184 O185 O186 O187 O188 O189 O190 O191
        O192 O193 O194 O195 O196 O197 O198 O199 O200 O201 O202 O203 O204 O205 O206 O207
        O208 O209 O210 O211 O212 O213 O214 O215 O216 O217 O218 O219 O220 O221 O222 O223
        O224 O225 O226 O227 O228 O229 O230 O231 O232 O233 O234 O235 O236 O237 O238 O239
        O240 O241 O242 O243 O244 O245 O246 O247 O248 O249 O250 O251 O252 O253 O254 O255
    }

    #[test]
    fn outcomes_are_numbered_as_they_are_declared() {
        assert_eq!((O0.0, O120.0, O255.0, OUTCOMES.len()), (0, 120, 255, 256));
        assert_eq!(OUTCOMES[O121.0 as usize].id, "O121");
    }
}
