//! Lists as offices keep them, and what taking them in would change.

use proptest::prelude::*;

use super::*;

fn cells(rows: &[&[&str]]) -> Vec<Cells> {
    (1..).zip(rows).map(|(line, row)| (line, row.iter().map(|cell| (*cell).to_owned()).collect())).collect()
}

fn read(rows: &[&[&str]]) -> Sheet {
    Sheet::read(&cells(rows), &["courier"]).expect("a list")
}

fn faults(rows: &[&[&str]]) -> Vec<(u32, &'static str, &'static str)> {
    read(rows).faults.iter().map(|fault| (fault.line, fault.column.key(), fault.what.key())).collect()
}

#[test]
fn headings_are_found_however_they_are_written() {
    for heading in ["E-Mail Address", " email ", "Correo electrónico", "E_MAIL", "Correo"] {
        assert_eq!(Column::named(heading, &[]), Some(Column::Email), "{heading}");
    }
    for heading in ["Courier ID", "courier", "Chat user", "Usuario"] {
        assert_eq!(Column::named(heading, &["courier"]), Some(Column::ChatUser), "{heading}");
    }
    for heading in ["", "Shoe size", "\u{0}", "名前"] {
        assert_eq!(Column::named(heading, &["courier"]), None, "{heading}");
    }
    let sheet = read(&[
        &["PLSEP participants 2025", "", ""],
        &["Apellidos", "Nombre", "Correo", "Biblioteca", "Estado"],
        &["Reyes", "Ada", "Ada@x.example", "Fresno", "activa"],
        &["", "Sol", "mailto:sol@x.example", "", "baja"],
    ]);
    let told: Vec<_> = sheet.good.iter().map(|it| (it.name.as_str(), it.email.as_str(), it.active)).collect();
    assert_eq!(told, [("Ada Reyes", "Ada@x.example", true), ("Sol", "sol@x.example", false)]);
}

#[test]
fn each_faulty_cell_is_told_by_row_and_column() {
    const HEAD: &[&str] = &["Name", "Email", "Courier", "Active"];
    assert_eq!(
        faults(&[
            HEAD,
            &["", "ada@x.example", "", ""],
            &["Bo", "bo at x", "", "perhaps"],
            &["=cmd()", "cy@x.example", "", ""],
            &["Di\u{0}", "di@x.example", "dianne", ""],
            &["Ed", "", "", ""],
            &["Flo", "flo@x.example", "<@U12345>", "yes"],
            &["Gus", "flo@X.example", "", ""],
            &["Hal", "hal@x.example", "U12345", ""],
            &["Flo", "flo@x.example", "<@U12345>", "1"],
        ]),
        [
            (2, "name", "missing"),
            (3, "email", "not-an-email"),
            (3, "active", "neither-yes-nor-no"),
            (4, "name", "formula"),
            (5, "name", "odd-characters"),
            (5, "chat-user", "not-an-account"),
            (6, "email", "missing"),
            (8, "email", "same-email"),
            (9, "chat-user", "same-account"),
        ]
    );
}

#[test]
fn what_is_no_list_is_told_as_such() {
    let read = |rows: &[&[&str]]| Sheet::read(&cells(rows), &[]);
    assert_eq!(read(&[]), Err(Unreadable::Empty));
    assert_eq!(read(&[&["Name", "Shoe size"], &["Ada", "7"]]), Err(Unreadable::NoHeadings));
    assert_eq!(read(&[&["Name", "Email"]]), Err(Unreadable::NoRows));
}

fn entry(email: &str, chat_user: Option<&str>, active: bool) -> RosterEntry {
    let chat_user = chat_user.map(str::to_owned);
    RosterEntry { name: "N".into(), email: email.into(), chat_user, library_system: String::new(), active }
}

#[test]
fn a_plan_counts_each_line_once_and_keeps_links() {
    let sheet = Sheet {
        good: vec![
            entry("a@x.example", None, true),
            entry("B@x.example", None, false),
            entry("c@x.example", None, true),
        ],
        doubtful: BTreeSet::from(["d@x.example".to_owned()]),
        ..Sheet::default()
    };
    let roster = [
        entry("A@x.example", Some("U1"), true),
        entry("B@x.example", Some("U2"), true),
        entry("d@x.example", None, true),
        entry("e@x.example", None, true),
        entry("f@x.example", None, false),
    ];
    let plan = sheet.plan(&roster);
    // The case of the address of a@ changed, which is a change.
    assert_eq!(plan.figures(), PlanFigures { added: 1, changed: 2, same: 0, missing: 1 });
    assert!(plan.changed.iter().all(|line| line.chat_user.is_some()));
    let lines = plan.lines(true);
    assert!(lines.iter().any(|line| line.email == "e@x.example" && !line.active));
}

proptest! {
    #![proptest_config(crate::repeatable())]

    #[test]
    fn any_cells_are_read_and_every_row_is_accounted_for(
        rows in proptest::collection::vec(proptest::collection::vec("[ -~áñ=@\\n]{0,12}|[a-c]@x.example", 0..6), 0..12)
    ) {
        let mut all = cells(&[&["name", "email", "user", "library", "status"]]);
        all.extend((2..).zip(rows.clone()));
        if let Ok(sheet) = Sheet::read(&all, &[]) {
            let told: BTreeSet<u32> = sheet.faults.iter().map(|fault| fault.line).collect();
            prop_assert_eq!(sheet.good.len() + sheet.repeated + told.len(), rows.len());
            // Taking in what was taken in changes nothing.
            let plan = sheet.plan(&[]);
            prop_assert_eq!(plan.added.len(), sheet.good.len());
            let again = sheet.plan(&plan.lines(true)).figures();
            prop_assert_eq!((again.added, again.changed, again.missing), (0, 0, 0));
        }
    }
}
