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
fn what_may_be_left_away_is_passed_over() {
    let options = |line: &str| {
        let read = typed_line("mentorship-admin", &format!("audit show {line}")).unwrap();
        let person = read.person("person").map(|user| user.0.clone());
        (person, read.choice("action"), read.words("since").map(str::to_owned))
    };
    let (ada, day) = (Some("U7".to_owned()), Some("March 1".to_owned()));
    assert_eq!(options(""), (None, None, None));
    assert_eq!(options("@U7 matching March 1"), (ada.clone(), Some("matching"), day.clone()));
    assert_eq!(options("@U7 March 1"), (ada.clone(), None, day.clone()));
    assert_eq!(options("matching"), (None, Some("matching"), None));
    assert_eq!(options("action:matching since:March 1"), (None, Some("matching"), day.clone()));
    assert_eq!(options("since:March 1"), (None, None, day.clone()));
    assert_eq!(options("March 1"), (None, None, day));
    assert_eq!(typed_line("mentorship-admin", "audit show person:Ana"), Err(Misread::NotAPerson));
    let nobody = Invocation::typed("mentorship-admin", "audit show @nobody", |_| None);
    assert_eq!(nobody, Err(Misread::NotAPerson));
    assert_eq!(typed_line("mentorship-admin", "audit show action:all"), Err(Misread::NotAChoice(tree::AUDIT_GROUPS)));
    let known = plsep_domain::AuditGroup::ALL.map(plsep_domain::AuditGroup::key);
    assert_eq!(tree::AUDIT_GROUPS, known, "each group can be asked for");
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
