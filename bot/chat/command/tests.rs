//! What is typed is read as the tree says, and nothing else is.

use super::*;

fn slackish(word: &str) -> Option<UserRef> {
    word.strip_prefix('@').map(|id| UserRef(id.to_owned()))
}

fn typed_line(root: &str, line: &str) -> Result<Invocation, Misread> {
    Invocation::typed(root, line, slackish)
}

#[test]
fn a_bare_root_is_a_command() {
    assert_eq!(typed_line("mentorship", "  "), Ok(Invocation::bare(CommandId::Home)));
}

#[test]
fn options_are_read_by_name_or_in_order() {
    let by_name = typed_line("mentorship", "apply role:mentee").unwrap();
    assert_eq!(by_name, typed_line("mentorship", "Apply MENTEE").unwrap());
    assert_eq!(by_name.choice("role"), Some("mentee"));
}

#[test]
fn the_last_words_take_the_rest_of_the_line() {
    let line = typed_line("mentorship-admin", "applications decline @U7 reason:no place left, sorry").unwrap();
    assert_eq!(line.person("person"), Some(&UserRef("U7".into())));
    assert_eq!(line.words("reason"), Some("no place left, sorry"));
}

#[test]
fn what_does_not_fit_is_named() {
    assert_eq!(typed_line("mentorship", "dance"), Err(Misread::NoSuchCommand));
    assert_eq!(typed_line("mentorship-admin", "match"), Err(Misread::NoSuchCommand));
    assert_eq!(typed_line("mentorship", "apply"), Err(Misread::Missing("role")));
    assert_eq!(typed_line("mentorship", "apply wizard"), Err(Misread::NotAChoice(&["mentee", "mentor"])));
    assert_eq!(typed_line("mentorship", "status now"), Err(Misread::NoSuchOption));
    assert_eq!(typed_line("mentorship-admin", "coordinators add Ana"), Err(Misread::NotAPerson));
    let long = format!("season move runs-from {}", "x".repeat(41));
    assert_eq!(typed_line("mentorship-admin", &long), Err(Misread::TooLong(40)));
}

#[test]
fn every_command_has_its_own_id_and_a_path() {
    let mut ids: Vec<_> = all().map(|(_, command)| command.id).collect();
    ids.sort();
    ids.windows(2).for_each(|pair| assert_ne!(pair[0], pair[1]));
    for (path, command) in all() {
        assert_eq!(typed(command.id), format!("/{}", path.join(" ")));
        assert!(command.options.windows(2).all(|pair| pair[0].required >= pair[1].required));
    }
}
