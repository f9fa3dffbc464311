//! What the adapter hides in its own messages and channels to know them again: the community a button
//! belongs to (a direct message has none) and a short fingerprint of the effect's key. Nothing secret and
//! nothing personal is in it, and nothing is trusted because of it.

use crate::chat::ActionId;

/// Stands between an action and what the adapter adds. The last one in a custom id is ours.
const SEPARATOR: char = '~';
/// Characters of a fingerprint: 41 bits, ample among the fifty messages that are ever searched.
const PRINT_CHARS: usize = 7;
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The mark of one message: where it belongs and which effect it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The server.
    pub guild: u64,
    /// Fingerprint of the effect's key, if the message is one.
    pub print: Option<String>,
}

impl Mark {
    /// The mark of an answer, which is no effect of its own.
    pub fn of_guild(guild: u64) -> Self {
        Self { guild, print: None }
    }

    /// The mark of the effect `key`.
    pub fn of_effect(guild: u64, key: &str) -> Self {
        Self { guild, print: Some(fingerprint(key)) }
    }

    /// The custom id of `action`: at most 80 + 1 + 11 + 1 + 7 = 100 bytes, which is what Discord takes.
    pub fn stamp(&self, action: &ActionId) -> String {
        let mut id = format!("{}{SEPARATOR}{}", action.as_str(), base62(self.guild));
        if let Some(print) = &self.print {
            id.push('.');
            id.push_str(print);
        }
        id
    }

    /// Reads a custom id back; `None` if it cannot be one of ours.
    pub fn read(custom_id: &str) -> Option<(ActionId, Self)> {
        let (action, tail) = custom_id.rsplit_once(SEPARATOR)?;
        let (guild, print) = match tail.split_once('.') {
            Some((guild, print)) => (guild, Some(print.to_owned())),
            None => (tail, None),
        };
        Some((ActionId::parse(action)?, Self { guild: from_base62(guild)?, print }))
    }
}

/// A short name for a key.
#[must_use]
pub fn fingerprint(key: &str) -> String {
    let mut rest = hash(key);
    (0..PRINT_CHARS)
        .map(|_| {
            let digit = DIGITS[usize::try_from(rest % 62).unwrap_or(0)];
            rest /= 62;
            char::from(digit)
        })
        .collect()
}

/// The nonce of a key: the same for every attempt, 18 of the 25 characters Discord takes.
pub(super) fn nonce(key: &str) -> String {
    format!("p-{:016x}", hash(key))
}

/// FNV-1a with a final mix: stable over versions of the program and of Rust, which the standard hasher is not.
fn hash(key: &str) -> u64 {
    let mut hash = key
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^ (hash >> 33)
}

fn base62(mut number: u64) -> String {
    let mut digits = Vec::new();
    loop {
        digits.push(DIGITS[usize::try_from(number % 62).unwrap_or(0)]);
        number /= 62;
        if number == 0 {
            break;
        }
    }
    digits.iter().rev().map(|digit| char::from(*digit)).collect()
}

fn from_base62(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.bytes().try_fold(0_u64, |number, byte| {
        let digit = DIGITS.iter().position(|known| *known == byte)?;
        number.checked_mul(62)?.checked_add(u64::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_custom_id_reads_back_and_fits(guild: u64, key: Option<String>, action in "[a-z:~.0-9]{1,80}") {
            let action = ActionId::parse(&action).unwrap();
            let mark = Mark { guild, print: key.as_deref().map(fingerprint) };
            let id = mark.stamp(&action);
            prop_assert!(id.len() <= 100);
            prop_assert_eq!(Mark::read(&id), Some((action, mark)));
        }

        #[test]
        fn whatever_comes_back_is_read_or_refused(text: String) {
            let _ = Mark::read(&text);
        }
    }

    #[test]
    fn fingerprints_never_change() {
        assert_eq!(fingerprint("intro:42"), "bK1mNks");
        assert_eq!(nonce("intro:42").len(), 18);
        assert_ne!(fingerprint("nudge:1:2025-03"), fingerprint("nudge:1:2025-04"));
    }
}
