//! A small chat in memory that plays both platform and bot: enough of a community to see every part of the
//! page, and a record of what people did. It refuses only what the tests need refused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use plsep_sandbox::page::{NextEvent, TimeMachine};
use plsep_sandbox::person::{FileSeen, PlaceKind};
use plsep_sandbox::{
    Acted, Action, CannotAct, Control, FieldKind, FieldSeen, FormSeen, NewResident, Place, Platform, Resident,
    SandboxClock, Seen,
};
use tokio::sync::watch;

/// 2025-03-03 09:00 in Los Angeles, a Monday.
pub const MONDAY_MS: i64 = 1_741_021_200_000;
pub const HOUR_MS: i64 = 3_600_000;

/// The smallest PNG: one grey point.
pub const PICTURE: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0,
    0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0x68, 0, 0, 0, 0x82, 0,
    0x81, 0x77, 0xcd, 0x72, 0xb6, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];
pub const INVITATION: &[u8] = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n";

/// A pretend platform; clones share one world.
#[derive(Clone)]
pub struct Fake(Arc<Inner>);

struct Inner {
    key: &'static str,
    state: Mutex<State>,
    changes: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    people: Vec<Resident>,
    places: Vec<(Place, Vec<&'static str>)>,
    /// Who sees it (empty: whoever reads the place), and what.
    messages: Vec<(&'static str, Seen)>,
    forms: BTreeMap<String, FormSeen>,
    acted: Vec<(String, Action)>,
    homes_opened: usize,
}

impl Fake {
    /// A Discord server with a mentee, a mentor, a coordinator and a person who left.
    pub fn discord() -> Self {
        let fake = Self::empty("discord");
        fake.settle("ana", "Ana García", "America/Los_Angeles", true);
        fake.settle("grace", "Grace Okafor", "America/New_York", true);
        fake.settle("maria", "Maria Lindqvist", "America/Los_Angeles", true);
        fake.settle("tom", "Tom Whitfield", "America/Denver", false);
        {
            let mut state = fake.state();
            state.people[2].admin = true;
            state.places = discord_places();
            state.messages = discord_messages();
        }
        fake
    }

    /// A Slack workspace with one person and a filled home tab.
    pub fn slack() -> Self {
        let fake = Self::empty("slack");
        fake.settle("li", "Li Wei", "America/Los_Angeles", true);
        fake.state().places = vec![
            (place("H1", "PLSEP Mentorship", PlaceKind::Home, "", &[]), vec!["li"]),
            (place("C1", "#general", PlaceKind::Public, "Everything about the library", &[]), vec!["li"]),
        ];
        fake
    }

    fn empty(key: &'static str) -> Self {
        Self(Arc::new(Inner { key, state: Mutex::default(), changes: watch::Sender::new(0) }))
    }

    fn settle(&self, handle: &str, name: &str, zone: &str, present: bool) {
        let mut state = self.state();
        let id = format!("10000000000000{:04}", state.people.len());
        let email = Some(format!("{handle}@library.example"));
        let (handle, name, zone, locale) = (handle.to_owned(), name.to_owned(), zone.to_owned(), "en-US".to_owned());
        state.people.push(Resident { handle, id, name, email, locale, zone, owner: false, admin: false, present });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap()
    }

    /// Tells whoever watches that something is different.
    pub fn changed(&self) {
        self.0.changes.send_modify(|changes| *changes += 1);
    }

    /// What people did so far, as `handle` and JSON.
    pub fn acted(&self) -> Vec<(String, serde_json::Value)> {
        let state = self.state();
        state.acted.iter().map(|(handle, action)| (handle.clone(), serde_json::to_value(action).unwrap())).collect()
    }

    /// The bot writes.
    pub fn bot_writes(&self, place: &str, only: &'static str, id: &str, text: &str) {
        self.state().messages.push((only, from_bot(id, place, text, Vec::new())));
        self.changed();
    }

    /// The bot opens a form for somebody.
    pub fn opens_form(&self, handle: &str) {
        self.state().forms.insert(handle.into(), application());
        self.changed();
    }

    /// The bot shows somebody what became of a form: nothing to fill in, one thing to press, one to choose.
    pub fn shows_result(&self, handle: &str) {
        self.state().forms.insert(handle.into(), received());
        self.changed();
    }

    fn answer(&self, handle: &str, action: &Action) -> Result<(), CannotAct> {
        let mut state = self.state();
        match action {
            Action::Command { place, .. } => {
                let controls = vec![
                    button("apply", "Apply as a mentee", "primary"),
                    button("about", "About the program", "secondary"),
                ];
                let mut panel =
                    from_bot(&format!("e{}", state.messages.len()), place.as_deref().unwrap_or("c1"), "", controls);
                panel.html = "<p>Hello! Applications are open until <b>Monday, February 17, 11:59 PM</b>. What would you like to do?</p>".into();
                panel.ephemeral = true;
                let only = if handle == "grace" { "grace" } else { "ana" };
                state.messages.push((only, panel));
            }
            Action::Press { key, .. } if key == "broken" => {
                return Err(CannotAct::Refused("That button cannot be pressed any more.".into()));
            }
            Action::Press { key, .. } if key == "apply" => {
                state.forms.insert(handle.into(), application());
            }
            Action::Submit { values } => return submit(&mut state, handle, values),
            Action::CloseForm => {
                state.forms.remove(handle);
            }
            Action::Say { place, text } => {
                let mut said = from_bot(&format!("s{}", state.messages.len()), place, text, Vec::new());
                said.by_bot = false;
                said.author = name_of(&state, handle);
                state.messages.push(("", said));
            }
            Action::OpenHome => state.homes_opened += 1,
            Action::Leave | Action::Rejoin => {
                let present = matches!(action, Action::Rejoin);
                state
                    .people
                    .iter_mut()
                    .filter(|person| person.handle == handle)
                    .for_each(|person| person.present = present);
            }
            Action::Press { .. } | Action::Choose { .. } | Action::Enter { .. } => {}
        }
        Ok(())
    }
}

fn submit(state: &mut State, handle: &str, values: &BTreeMap<String, Vec<String>>) -> Result<(), CannotAct> {
    let Some(form) = state.forms.get_mut(handle) else { return Err(CannotAct::NotThere("No form is open.".into())) };
    let goals = values.get("goals").map(|goals| goals.join("")).unwrap_or_default();
    if goals.contains("nothing") {
        form.errors = BTreeMap::from([("goals".to_owned(), "Please say a little more about your goals.".to_owned())]);
        return Ok(());
    }
    state.forms.remove(handle);
    let text = format!("Received. Your goals: {goals}");
    let direct =
        state.places.iter().find(|(place, readers)| place.kind == PlaceKind::Direct && readers.contains(&handle));
    let direct = direct.map(|(place, _)| place.id.clone()).unwrap_or_default();
    state.messages.push(("", from_bot(&format!("r{}", state.messages.len()), &direct, &text, Vec::new())));
    Ok(())
}

#[async_trait]
impl Platform for Fake {
    fn key(&self) -> &'static str {
        self.0.key
    }

    fn title(&self) -> String {
        if self.0.key == "slack" { "California Libraries".into() } else { "PLSEP Community".into() }
    }

    fn residents(&self) -> Vec<Resident> {
        self.state().people.clone()
    }

    fn join(&self, who: NewResident) -> Result<Resident, CannotAct> {
        if self.residents().iter().any(|person| person.handle == who.handle) {
            return Err(CannotAct::Refused(format!("The handle {} is taken.", who.handle)));
        }
        self.settle(&who.handle, &who.name, &who.zone, true);
        self.changed();
        Ok(self.state().people.last().unwrap().clone())
    }

    fn places(&self, handle: &str) -> Vec<Place> {
        let readable =
            |(place, readers): &&(Place, Vec<&str>)| place.kind == PlaceKind::Public || readers.contains(&handle);
        self.state().places.iter().filter(readable).map(|(place, _)| place.clone()).collect()
    }

    fn messages(&self, handle: &str, place: &str) -> Vec<Seen> {
        if !self.places(handle).iter().any(|readable| readable.id == place) {
            return Vec::new();
        }
        let visible = |(only, seen): &&(&str, Seen)| seen.place == place && (only.is_empty() || *only == handle);
        self.state().messages.iter().filter(visible).map(|(_, seen)| seen.clone()).collect()
    }

    fn form(&self, handle: &str) -> Option<FormSeen> {
        self.state().forms.get(handle).cloned()
    }

    fn home(&self, _: &str) -> Option<Seen> {
        let mut home = from_bot("home", "H1", "", vec![button("settings", "My settings", "secondary")]);
        home.html = "<h3>Your mentorship</h3><p>You are matched with <b>Ana García</b>.</p>".into();
        (self.0.key == "slack" && self.state().homes_opened > 0).then_some(home)
    }

    fn file(&self, handle: &str, file: &str) -> Option<Vec<u8>> {
        match file {
            "f1" if handle == "ana" || handle == "grace" => Some(INVITATION.to_vec()),
            "f2" if handle == "maria" => Some(PICTURE.to_vec()),
            _ => None,
        }
    }

    async fn act(&self, handle: &str, action: Action) -> Result<Acted, CannotAct> {
        self.state().acted.push((handle.to_owned(), action.clone()));
        self.answer(handle, &action)?;
        self.changed();
        Ok(Acted { interaction: Some("interaction-1".into()) })
    }

    fn pending(&self) -> usize {
        0
    }

    fn bot_connected(&self) -> bool {
        true
    }

    fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }
}

/// A time machine that can be held on the way, and that knows one event.
pub struct HeldTime {
    pub clock: SandboxClock,
    /// Journeys go on while this is true.
    pub free: watch::Sender<bool>,
}

impl HeldTime {
    pub fn new() -> Arc<Self> {
        Arc::new(Self { clock: SandboxClock::still(MONDAY_MS), free: watch::Sender::new(true) })
    }
}

#[async_trait]
impl TimeMachine for HeldTime {
    fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    async fn travel_to(&self, to_ms: i64) -> Result<(), String> {
        let _ = self.free.subscribe().wait_for(|free| *free).await;
        if to_ms > MONDAY_MS + 300 * 24 * HOUR_MS {
            return Err("The season ends before that day.".into());
        }
        self.clock.travel_to(to_ms);
        Ok(())
    }

    async fn next_event(&self) -> Option<NextEvent> {
        let at_ms = MONDAY_MS + 30 * HOUR_MS;
        (self.clock.now_ms() < at_ms).then(|| NextEvent { at_ms, what: "Nudge of March".into() })
    }
}

fn name_of(state: &State, handle: &str) -> String {
    state.people.iter().find(|person| person.handle == handle).unwrap().name.clone()
}

fn button(key: &str, label: &str, style: &str) -> Control {
    Control::Button { key: key.into(), label: label.into(), style: style.into(), disabled: false }
}

fn place(id: &str, name: &str, kind: PlaceKind, topic: &str, members: &[&str]) -> Place {
    let members = members.iter().map(|&member| member.into()).collect();
    Place { id: id.into(), name: name.into(), kind, topic: topic.into(), members, archived: false }
}

fn discord_places() -> Vec<(Place, Vec<&'static str>)> {
    let pair = ["Ana García", "Grace Okafor", "PLSEP Mentorship"];
    let mut old = place("c9", "#pair-2024", PlaceKind::Private, "", &pair);
    old.archived = true;
    vec![
        (place("c1", "#general", PlaceKind::Public, "News and questions for everybody", &[]), vec![]),
        (place("c2", "#mentorship", PlaceKind::Public, "Type /mentorship to begin", &[]), vec![]),
        (
            place("c3", "#pair-ana-grace", PlaceKind::Private, "Ana (mentee) and Grace (mentor), March to June", &pair),
            vec!["ana", "grace"],
        ),
        (place("c4", "#coordinators", PlaceKind::Private, "", &["Maria Lindqvist", "PLSEP Mentorship"]), vec!["maria"]),
        (old, vec!["ana", "grace"]),
        (place("d1", "PLSEP Mentorship (direct message)", PlaceKind::Direct, "", &[]), vec!["ana"]),
        (place("d2", "PLSEP Mentorship (direct message)", PlaceKind::Direct, "", &[]), vec!["grace"]),
    ]
}

fn from_bot(id: &str, place: &str, text: &str, controls: Vec<Control>) -> Seen {
    Seen {
        id: id.into(),
        place: place.into(),
        author: "PLSEP Mentorship".into(),
        by_bot: true,
        text: text.into(),
        html: format!("<p>{text}</p>"),
        controls,
        files: Vec::new(),
        ephemeral: false,
        at_ms: MONDAY_MS,
        edited_ms: None,
        pings: Vec::new(),
        failure: false,
    }
}

fn discord_messages() -> Vec<(&'static str, Seen)> {
    let options = |names: &[&str]| names.iter().map(|&name| (name.to_lowercase(), name.to_owned())).collect();
    let topics = Control::Select {
        key: "topics".into(),
        label: "What would you like to talk about?".into(),
        options: options(&["Cataloging", "Outreach", "Budgets", "Children"]),
        chosen: vec![],
        min: 1,
        max: 3,
        disabled: false,
    };
    let rhythm = Control::Select {
        key: "rhythm".into(),
        label: "How often do you meet?".into(),
        options: options(&["Monthly", "Weekly"]),
        chosen: vec!["monthly".into()],
        min: 1,
        max: 1,
        disabled: false,
    };
    let mut welcome = from_bot(
        "m1",
        "c1",
        "",
        vec![Control::Link { label: "The program's page".into(), url: "https://example.org/plsep".into() }],
    );
    welcome.html = "<h3>Welcome to the Mentorship Program</h3><p>Type <code>/mentorship</code> in any channel to apply, to see your match or to change your settings.</p>".into();
    welcome.at_ms -= 70 * HOUR_MS;
    let mut hello = from_bot(
        "m2",
        "c3",
        "",
        vec![
            button("met", "Set our first meeting", "primary"),
            button("broken", "Ask a coordinator", "secondary"),
            rhythm,
            topics,
        ],
    );
    hello.html = "<h3>Ana, meet Grace. Grace, meet Ana.</h3><p><span class=\"mention\">@Ana García</span> studies at San José State and works at the <b>Pasadena Public Library</b>. <span class=\"mention\">@Grace Okafor</span> manages adult services in Oakland.</p><p>Why you two:</p><ul><li>Ana hopes to learn <i>outreach</i>, which Grace has led for nine years.</li><li>You both like to meet by video, on weekday mornings.</li></ul><blockquote>Say hello, and agree on a date for your first meeting.</blockquote>".into();
    hello.pings = vec!["Ana García".into(), "Grace Okafor".into()];
    hello.at_ms -= 48 * HOUR_MS;
    let mut said = from_bot("m3", "c3", "Hello Grace! How about Thursday at ten?", Vec::new());
    (said.author, said.by_bot) = ("Ana García".into(), false);
    said.at_ms -= 2 * HOUR_MS;
    let mut invitation = from_bot(
        "m4",
        "c3",
        "Your meeting is set: Thursday, March 6, 10:00 AM. The invitation opens in any calendar.",
        Vec::new(),
    );
    invitation.files =
        vec![FileSeen { id: "f1".into(), name: "meeting.ics".into(), size: INVITATION.len(), alt: None }];
    invitation.at_ms -= HOUR_MS;
    invitation.edited_ms = Some(MONDAY_MS);
    let mut chart = from_bot("m5", "c4", "Meetings held so far:", Vec::new());
    chart.files = vec![FileSeen {
        id: "f2".into(),
        name: "meetings.png".into(),
        size: PICTURE.len(),
        alt: Some("Four of five pairs have met".into()),
    }];
    let mut failure = from_bot("m6", "c2", "The application did not respond", Vec::new());
    failure.failure = true;
    let nudge = from_bot(
        "m7",
        "d1",
        "Have you and Grace met in March?",
        vec![
            button("yes", "We met", "success"),
            button("no", "Not yet", "secondary"),
            button("help", "We need help", "danger"),
        ],
    );
    vec![("", welcome), ("", hello), ("", said), ("", invitation), ("", chart), ("ana", failure), ("", nudge)]
}

fn application() -> FormSeen {
    let field = |key: &str, label: &str, hint: &str, required, kind| FieldSeen {
        key: key.into(),
        label: label.into(),
        hint: hint.into(),
        required,
        kind,
        value: Vec::new(),
    };
    let choices = |names: &[&str]| names.iter().map(|&name| (name.to_lowercase(), name.to_owned())).collect::<Vec<_>>();
    let mut fields = vec![
        field(
            "library",
            "Library and branch",
            "Shared with your match",
            true,
            FieldKind::Text { multiline: false, min: 1, max: 100 },
        ),
        field(
            "goals",
            "What do you hope to learn?",
            "Shared with your match",
            true,
            FieldKind::Text { multiline: true, min: 1, max: 60 },
        ),
        field(
            "way",
            "How do you like to meet?",
            "",
            true,
            FieldKind::Choice { options: choices(&["Video", "Phone", "In person"]), min: 1, max: 1 },
        ),
        field(
            "topics",
            "Specialisations",
            "Only coordinators see this",
            false,
            FieldKind::Choice {
                options: choices(&["Children's", "Outreach", "Local history", "Cataloging"]),
                min: 0,
                max: 2,
            },
        ),
        field("start", "First day you can meet", "", false, FieldKind::Date),
    ];
    fields[0].value = vec!["Pasadena".into()];
    FormSeen {
        id: "form-1".into(),
        key: "application".into(),
        title: "Apply as a mentee".into(),
        notes: vec!["You can change your answers until February 17.".into()],
        html: "<p>You can change your answers until <time>February 17</time>.</p>".into(),
        fields,
        controls: Vec::new(),
        submit: "Send application".into(),
        close: "Not now".into(),
        errors: BTreeMap::new(),
    }
}

fn received() -> FormSeen {
    let rhythm = Control::Select {
        key: "rhythm".into(),
        label: "How often?".into(),
        options: vec![("monthly".into(), "Monthly".into()), ("weekly".into(), "Weekly".into())],
        chosen: vec![],
        min: 1,
        max: 1,
        disabled: false,
    };
    FormSeen {
        id: "form-2".into(),
        key: String::new(),
        title: "Application received".into(),
        notes: vec!["Thank you, Ana. What happens next:".into(), "• We read it.\n• You hear from us.".into()],
        html: "<p>Thank you, <b>Ana</b>. What happens next:</p><ol start=\"2\"><li>We read it.</li><li>You hear from us.</li></ol>".into(),
        fields: Vec::new(),
        controls: vec![button("change", "Change my answers", "secondary"), button("broken", "Withdraw", "danger"), rhythm],
        submit: String::new(),
        close: "Close".into(),
        errors: BTreeMap::new(),
    }
}
