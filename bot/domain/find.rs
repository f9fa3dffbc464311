//! Finding people by what somebody remembers of their names: beginnings of words, in any order, without case and accents.
//! It knows no other way, and judges nothing.

use crate::text::words;

/// Whether each word of a search begins one of the words of these names. An empty search fits everybody.
#[must_use]
pub fn finds(search: &str, names: &[&str]) -> bool {
    let known: Vec<String> = names.iter().flat_map(|name| words(name)).collect();
    words(search).iter().all(|part| known.iter().any(|word| word.starts_with(part.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_of_words_find_people_in_any_order() {
        let names = ["Grace Lindqvist", "Ada Núñez-Reyes"];
        for (search, found) in [
            ("", true),
            ("  ", true),
            ("gra", true),
            ("LIND", true),
            ("nunez", true),
            ("reyes grace", true),
            ("ada, grace", true),
            ("qvist", false),
            ("grace ben", false),
            ("@everyone", false),
        ] {
            assert_eq!(finds(search, &names), found, "{search}");
        }
    }
}
