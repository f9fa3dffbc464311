//! Whether somebody may take part, judged by the roster the coordinators imported.
//!
//! People are known by the stable id of their chat account, or by e-mail where no account is linked yet;
//! never by a name, which anybody can change. Mentors need no roster.

use serde::{Deserialize, Serialize};

use crate::question::Role;

/// One line of the roster.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterEntry {
    /// The person's name, for coordinators to read.
    pub name: String,
    /// The person's e-mail.
    pub email: String,
    /// The stable id of the linked chat account.
    pub chat_user: Option<String>,
    /// Where the person works.
    pub library_system: String,
    /// Whether the person still takes part in the program.
    pub active: bool,
}

/// What is known of the applicant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterPerson {
    /// The stable id of their chat account.
    pub chat_user: String,
    /// Their e-mail, where it is known.
    pub email: Option<String>,
}

/// Whether an applicant may take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// Yes.
    Eligible,
    /// The roster does not know them.
    NotOnRoster,
    /// The roster knows them as somebody who no longer takes part.
    Inactive,
}

/// Whether this person may take part in this role.
#[must_use]
pub fn eligibility(role: Role, person: &RosterPerson, roster: &[RosterEntry]) -> Eligibility {
    match (role, find(person, roster)) {
        (Role::Mentor, _) => Eligibility::Eligible,
        (Role::Mentee, None) => Eligibility::NotOnRoster,
        (Role::Mentee, Some(entry)) if entry.active => Eligibility::Eligible,
        (Role::Mentee, Some(_)) => Eligibility::Inactive,
    }
}

/// The roster's line for this person. A line linked to an account is that account's alone: another who
/// gives the same e-mail does not get it. The very address comes before one that differs in what follows a plus.
/// Of several lines an active one counts.
#[must_use]
pub fn find<'r>(person: &RosterPerson, roster: &'r [RosterEntry]) -> Option<&'r RosterEntry> {
    let email = person.email.as_deref().map(lower).filter(|email| !email.is_empty());
    let linked = |entry: &&RosterEntry| entry.chat_user.as_deref() == Some(person.chat_user.as_str());
    let named = |entry: &&RosterEntry| entry.chat_user.is_none() && email == Some(lower(&entry.email));
    let mailbox = |entry: &&RosterEntry| {
        entry.chat_user.is_none() && email.as_deref().is_some_and(|email| same_mailbox(email, &lower(&entry.email)))
    };
    let best = |matches: &dyn Fn(&&RosterEntry) -> bool| {
        roster.iter().filter(|entry| matches(entry)).max_by_key(|entry| entry.active)
    };
    best(&linked).or_else(|| best(&named)).or_else(|| best(&mailbox))
}

/// What two addresses of one mailbox have in common: small letters, without a label. Lines that may be a person's have
/// the same as the person's address.
#[must_use]
pub fn mailbox(email: &str) -> String {
    let email = lower(email);
    bare(&email).unwrap_or(email)
}

fn lower(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Whether two addresses, in lower case, are one mailbox: what stands between a plus and the @ is a label that its
/// owner puts there at will.
fn same_mailbox(one: &str, other: &str) -> bool {
    bare(one).is_some_and(|one| Some(one) == bare(other))
}

/// The address without its label, where it has a name before it.
fn bare(email: &str) -> Option<String> {
    let (local, host) = email.rsplit_once('@')?;
    let name = local.split('+').next().filter(|name| !name.is_empty())?;
    Some(format!("{name}@{host}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(email: &str, chat_user: Option<&str>, active: bool) -> RosterEntry {
        RosterEntry {
            name: "Ada Reyes".to_owned(),
            email: email.to_owned(),
            chat_user: chat_user.map(str::to_owned),
            library_system: "Fresno County Public Library".to_owned(),
            active,
        }
    }

    fn person(chat_user: &str, email: Option<&str>) -> RosterPerson {
        RosterPerson { chat_user: chat_user.to_owned(), email: email.map(str::to_owned) }
    }

    #[test]
    fn a_mentee_is_found_by_account_or_by_email_in_any_case() {
        let roster = [entry("ada@fresno.example", None, true), entry("b@x.example", Some("u2"), true)];
        let judge = |person| eligibility(Role::Mentee, &person, &roster);
        assert_eq!(judge(person("u1", Some(" ADA@Fresno.example "))), Eligibility::Eligible);
        assert_eq!(judge(person("u2", None)), Eligibility::Eligible);
        assert_eq!(judge(person("u3", Some("c@x.example"))), Eligibility::NotOnRoster);
        assert_eq!(judge(person("u3", None)), Eligibility::NotOnRoster);
    }

    #[test]
    fn a_label_behind_a_plus_makes_no_other_mailbox_and_the_very_address_comes_first() {
        let judge = |email, roster: &[RosterEntry]| eligibility(Role::Mentee, &person("u1", Some(email)), roster);
        let ada = [entry("ada+plsep@fresno.example", None, true)];
        assert_eq!(judge("Ada@fresno.example", &ada), Eligibility::Eligible);
        assert_eq!(judge("ada+chat@fresno.example", &ada), Eligibility::Eligible);
        for other in ["adam@fresno.example", "ada@oakland.example", "+plsep@fresno.example", "ada", "@", "+@"] {
            assert_eq!(judge(other, &ada), Eligibility::NotOnRoster, "{other}");
        }
        let both = [entry("ada@fresno.example", None, false), entry("ada+new@fresno.example", None, true)];
        assert_eq!(judge("ada@fresno.example", &both), Eligibility::Inactive, "her own line says so");
    }

    #[test]
    fn a_linked_line_cannot_be_claimed_with_its_email() {
        let roster = [entry("ada@fresno.example", Some("ada"), true)];
        let thief = person("mallory", Some("ada@fresno.example"));
        assert_eq!(eligibility(Role::Mentee, &thief, &roster), Eligibility::NotOnRoster);
    }

    #[test]
    fn a_missing_email_is_not_the_same_as_a_missing_email() {
        let roster = [entry("", None, true)];
        assert_eq!(eligibility(Role::Mentee, &person("u1", Some("  ")), &roster), Eligibility::NotOnRoster);
        assert_eq!(eligibility(Role::Mentee, &person("u1", None), &roster), Eligibility::NotOnRoster);
    }

    #[test]
    fn somebody_who_left_the_program_is_inactive_unless_they_came_back() {
        let gone = entry("ada@fresno.example", None, false);
        let ada = person("u1", Some("ada@fresno.example"));
        assert_eq!(eligibility(Role::Mentee, &ada, std::slice::from_ref(&gone)), Eligibility::Inactive);
        let back = entry("ada@fresno.example", None, true);
        for roster in [[gone.clone(), back.clone()], [back, gone]] {
            assert_eq!(eligibility(Role::Mentee, &ada, &roster), Eligibility::Eligible);
        }
    }

    #[test]
    fn mentors_need_no_roster() {
        assert_eq!(eligibility(Role::Mentor, &person("u9", None), &[]), Eligibility::Eligible);
    }
}
