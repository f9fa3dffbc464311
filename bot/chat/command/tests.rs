//! What is typed is read as the tree says, and nothing else is.

use super::*;

fn slackish(word: &str) -> Option<Mentioned> {
    let group = |id: &str| Mentioned::Group(Group { at: GroupRef(id.to_owned()), name: "The office".to_owned() });
    let person = || word.strip_prefix('@').map(|id| Mentioned::Person(UserRef(id.to_owned())));
    word.strip_prefix('&').map(group).or_else(person)
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
fn a_person_or_a_group_is_named() {
    let options = |line: &str| {
        let read = typed_line("mentorship-admin", &format!("coordinators add {line}")).unwrap();
        (read.person("person").map(|user| user.0.clone()), read.group("group").cloned())
    };
    let group = Group { at: GroupRef("S1".into()), name: "The office".into() };
    let office = Some(group.clone());
    assert_eq!(options("@U7"), (Some("U7".into()), None));
    assert_eq!(options("&S1"), (None, office.clone()));
    assert_eq!(options("@U7 &S1"), (Some("U7".into()), office.clone()));
    assert_eq!(options("group:&S1"), (None, office));
    assert_eq!(options(""), (None, None));
    for line in ["coordinators add person:&S1", "roster show &S1"] {
        assert_eq!(typed_line("mentorship-admin", line), Err(Misread::NotAPerson), "{line}");
    }
    assert_eq!(typed_line("mentorship-admin", "coordinators add &S1 &S2"), Err(Misread::NoSuchOption));
    assert_eq!(group_of(&raw_group(&group)), group);
    assert_eq!(group_of("17").name, "17", "a group without a name is called by its id");
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

#[test]
fn a_pair_is_named_by_a_person_by_words_or_not_at_all() {
    let options = |line: &str| {
        let read = typed_line("mentorship-admin", line).unwrap();
        let words = |name| read.words(name).map(str::to_owned);
        (read.person("person").map(|user| user.0.clone()), words("pair"), words("when"))
    };
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(options("pairs show"), (None, None, None));
    assert_eq!(options("pairs show @U7"), (some("U7"), None, None));
    assert_eq!(options("pairs show grace lind"), (None, some("grace lind"), None));
    // Where a time can follow, words are the time, unless they are said to be a name.
    assert_eq!(options("pairs log @U7 yesterday 2pm"), (some("U7"), None, some("yesterday 2pm")));
    assert_eq!(options("pairs log yesterday 2pm"), (None, None, some("yesterday 2pm")));
    assert_eq!(options("pairs log pair:grace yesterday 2pm"), (None, some("grace"), some("yesterday 2pm")));
    let long = format!("pairs show {}", "a".repeat(101));
    assert_eq!(typed_line("mentorship-admin", &long), Err(Misread::TooLong(100)));
}
