//! Words that go into a spreadsheet stay words: no cell of ours is a formula, whatever somebody has typed.

use std::borrow::Cow;

/// The words as a cell that every spreadsheet program shows and none computes. What begins like a formula, also behind
/// spaces or in the wide letters of East Asian keyboards, gets the apostrophe by which those programs know text.
#[must_use]
pub fn harmless(words: &str) -> Cow<'_, str> {
    const BEGINS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    // A tab or a line's end is a beginning itself, so only other blanks are looked behind.
    let blank =
        |sign: char| sign.is_whitespace() && !BEGINS.contains(&sign) || sign.is_control() && !BEGINS.contains(&sign);
    let first = words.chars().find(|sign| !blank(*sign));
    if first.is_some_and(|first| BEGINS.contains(&first)) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text_and_everything_else_stays() {
        for formula in [
            "=1+1",
            "=HYPERLINK(\"http://example\",\"here\")",
            "+1 555",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1+1",
            "\n=1+1",
            "\u{a0}=1",
            "\u{feff}=1".trim_start_matches('\u{feff}'),
            "＝1+1",
        ] {
            assert_eq!(harmless(formula), format!("'{formula}"), "{formula:?}");
        }
        for words in ["", "Ada Reyes", "1+1=2", "'quoted'", "a=b", "ñandú", "5", "…"] {
            assert_eq!(harmless(words), words);
        }
    }

    proptest! {
        #![proptest_config(crate::repeatable())]

        #[test]
        fn no_cell_begins_with_a_sign_of_a_formula(words in "\\PC{0,20}|[=+@\t\r -]{1,6}.{0,6}") {
            let cell = harmless(&words);
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']));
            prop_assert!(cell.ends_with(&words));
        }
    }
}
