//! What happens when somebody does something, or when time passes: load, decide in the domain, save state and
//! effects in one transaction, reply. Talks to no platform; messages leave through the outbox.

mod about;
mod agreement;
pub mod announcing;
mod applications;
mod apply;
mod asking;
mod audit;
mod certificate;
pub mod check_in;
pub mod closing;
mod concerns;
pub mod coordinators;
mod desk;
pub mod digest;
mod extension;
mod home;
pub mod housekeeping;
mod matching;
pub mod meetings;
mod membership;
pub mod month;
mod my_data;
mod need_help;
mod nudge_desk;
mod pair_desk;
mod pair_note;
mod pairs;
mod places;
pub mod publishing;
pub mod pulse;
mod rematch;
pub mod reminders;
mod reminding;
mod report;
mod reviewing;
pub mod roster;
mod roster_desk;
pub mod roster_import;
mod rulings;
mod season;
mod season_dates;
mod season_next;
mod session;
mod settings;
pub mod silence;
mod suggest;
mod survey;
mod trouble;
mod undelivered;
mod unread;
mod withdraw;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use plsep_domain::matching::Ruling;
use plsep_domain::{Lang, OutboxId, Program};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

pub use nudge_desk::NUDGE_JOB;
pub use trouble::{Fault, Trouble};

use session::{Session, TakenUp};

use crate::chat::{
    ActionId, Asking, Capacity, ChannelRef, CommandId, CommunityRef, Event, Form, Handler, Invocation, Limits, Message,
    Reply, Suggestion, Text, What, Who,
};
use crate::clock::Clock;
use crate::recovery::{Way, took};
use crate::store::{Held, Person, Store, StoreError};
use crate::words::{Catalogue, Deed, Voice};

/// What the flows stand on.
pub struct Flows {
    store: Store,
    catalogue: Arc<Catalogue>,
    clock: Clock,
    template: Program,
    limits: fn(&str) -> Limits,
    work_waits: Arc<Notify>,
    held: Held,
    roster_step: usize,
    incidents: AtomicU64,
    /// What each community has room for, as its adapter last told.
    capacities: Mutex<HashMap<CommunityRef, Capacity>>,
    /// Messages that waited for somebody's visit, by the key of the event whose answer shows them.
    showing: Mutex<HashMap<String, Vec<OutboxId>>>,
}

/// Of so many answers at most it is known what they show; one whose fate is not told is forgotten, and shown again.
const SHOWING_MAX: usize = 1_000;

/// What [`Flows::new`] needs.
pub struct Parts {
    /// Where everything is kept.
    pub store: Store,
    /// Every sentence.
    pub catalogue: Arc<Catalogue>,
    /// The time.
    pub clock: Clock,
    /// The season that a community begins with.
    pub template: Program,
    /// What a chat can show, by the name of its adapter.
    pub limits: fn(&str) -> Limits,
    /// Told when there may be something to deliver.
    pub work_waits: Arc<Notify>,
    /// Which platforms' events this process may act on.
    pub held: Held,
    /// How many lines of a list of participants are written in one go.
    pub roster_step: usize,
    /// Where incident codes start: different for each start of the process.
    pub incident_seed: u64,
}

impl Flows {
    /// Flows over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let Parts { store, catalogue, clock, template, limits, work_waits, held, roster_step, incident_seed } = parts;
        Self {
            store,
            catalogue,
            clock,
            template,
            limits,
            work_waits,
            held,
            roster_step,
            incidents: AtomicU64::new(incident_seed),
            capacities: Mutex::default(),
            showing: Mutex::default(),
        }
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// A voice in the program's zone for a language.
    pub(crate) fn voice(&self, program: Option<&Program>, lang: Lang) -> Voice<'_> {
        Voice::new(&self.catalogue, lang, program.unwrap_or(&self.template).calendar.zone())
    }

    /// A voice towards one person: their language, and moments where they live.
    pub(crate) fn voice_to(&self, program: &Program, person: &Person) -> Voice<'_> {
        // A device shows moments in its own zone and language, which are not the ones they want.
        let chosen = person.preferences.zone.is_some() || person.preferences.lang.is_some();
        self.voice(Some(program), person.lang()).towards(person.zone(program), chosen)
    }

    /// What the community has room for, if the platform sets a bound and the adapter knows.
    pub(crate) fn capacity(&self, community: &CommunityRef) -> Option<Capacity> {
        self.capacities.lock().unwrap_or_else(PoisonError::into_inner).get(community).copied()
    }

    /// Told after each commit that may have left something to deliver.
    pub(crate) fn wake(&self) {
        self.work_waits.notify_one();
    }

    async fn try_handle(&self, event: &Event, taken_up: TakenUp) -> Result<Reply, Fault> {
        let mut session = Session::open(self, event, taken_up).await?;
        if !session.may_act().await? {
            // Another process answers for this platform now. Whoever acted is told, never left to believe it is done.
            tracing::warn!(event = event.key, "an event came to a process that receives no more; not acted on");
            return Ok(Reply::Private(session.voice().try_once_more()));
        }
        if let Some(reply) = session.said_before() {
            return Ok(session.answer_again(reply).await?);
        }
        match dispatch(&mut session).await {
            Ok(reply) => {
                let settled = session.settle(reply).await?;
                if !settled.shows.is_empty() {
                    let mut showing = self.showing();
                    if showing.len() >= SHOWING_MAX {
                        showing.clear();
                    }
                    showing.insert(event.key.clone(), settled.shows);
                }
                if settled.to_deliver {
                    self.wake();
                }
                if settled.forgets
                    && let Err(error) = self.store.overwrite_traces().await
                {
                    // The rows are clean; what lies beside them is overwritten as the database goes on.
                    tracing::warn!(%error, "the database's own log could not be emptied at once");
                }
                match settled.later {
                    Some(later) => report::hand_out(self, later).await,
                    None => Ok(settled.reply),
                }
            }
            Err(Trouble::Refused(refusal)) => Ok(session.refuse(&refusal).await?),
            Err(Trouble::Fault(fault)) => Err(fault),
        }
    }

    fn showing(&self) -> MutexGuard<'_, HashMap<String, Vec<OutboxId>>> {
        self.showing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn incident(&self) -> String {
        // Letters and digits that are not mistaken for each other when read out.
        const ALPHABET: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let mut number = self.incidents.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed) >> 34;
        (0..6)
            .map(|_| {
                let letter = ALPHABET[(number % 32) as usize];
                number /= 32;
                char::from(letter)
            })
            .collect()
    }

    fn apologise(&self, locale: Option<&str>, log: impl FnOnce(&str)) -> Message {
        let incident = self.incident();
        log(&incident);
        self.voice(None, lang(locale)).apology(&incident)
    }
}

#[async_trait]
impl Handler for Flows {
    async fn handle(&self, event: Event) -> Reply {
        let mut outcome = self.try_handle(&event, TakenUp::First).await;
        if matches!(outcome, Err(Fault::Store(StoreError::TakenBack))) {
            took(Way::BegunAnew);
            outcome = self.try_handle(&event, TakenUp::OnceMore).await;
        }
        match outcome {
            Ok(reply) => reply,
            Err(fault) => Reply::Private(self.apologise(event.actor.locale.as_deref(), |incident| {
                tracing::error!(incident, event = event.key, %fault, "an event could not be handled");
            })),
        }
    }

    async fn reachable(&self, community: CommunityRef, name: String) {
        if let Err(fault) = season::settle_in(self, &community, &name, self.clock.now()).await {
            tracing::error!(chat = community.chat, community = community.id, %fault, "a community could not be set up");
        }
    }

    async fn place_gone(&self, community: CommunityRef, place: ChannelRef) {
        if let Err(fault) = places::gone(self, &community, &place).await {
            // Whatever is to be said there finds out.
            tracing::warn!(chat = community.chat, %fault, "the loss of a place could not be kept");
        }
    }

    async fn delivered(&self, event_key: &str) {
        let shown = self.showing().remove(event_key);
        if let Some(shown) = shown
            && let Err(error) = unread::have_been_shown(self, &shown).await
        {
            tracing::warn!(%error, "what somebody has read could not be noted; it is shown once more");
        }
    }

    fn has_room(&self, community: &CommunityRef, capacity: Capacity) {
        let mut capacities = self.capacities.lock().unwrap_or_else(PoisonError::into_inner);
        capacities.insert(community.clone(), capacity);
    }

    fn asks_rank(&self, what: &What) -> bool {
        match what {
            What::Command(invocation) => Deed::Do(invocation.id).may_need_rank(),
            What::Press(action)
            | What::Choose { action, .. }
            | What::Submit { action, .. }
            | What::Turn { action, .. } => Deed::of(action).is_some_and(|deed| deed.may_need_rank()),
            // It tells coordinators that they are.
            What::HomeOpened => true,
            What::Unclear { .. } | What::Left | What::Joined => false,
        }
    }

    async fn suggest(&self, asking: Asking) -> Vec<Suggestion> {
        suggest::suggest(self, &asking).await.unwrap_or_else(|fault| {
            // Whoever types goes on without.
            tracing::warn!(%fault, "nothing could be suggested");
            Vec::new()
        })
    }

    fn apology(&self, locale: Option<&str>) -> Message {
        self.apologise(locale, |incident| {
            tracing::error!(incident, "somebody is told that something went wrong; why stands in the lines before this")
        })
    }

    fn too_many(&self, locale: Option<&str>) -> Message {
        self.voice(None, lang(locale)).too_many()
    }

    fn form_ready(&self, reopen: &ActionId, title: &str, locale: Option<&str>) -> Message {
        self.voice(None, lang(locale)).form_ready(reopen, title)
    }

    fn corrections(&self, form: &Form, errors: &[(String, Text)], locale: Option<&str>) -> Message {
        self.voice(None, lang(locale)).corrections(form, errors)
    }
}

fn lang(locale: Option<&str>) -> Lang {
    locale.map(Lang::nearest).unwrap_or_default()
}

/// Which flow an event belongs to.
async fn dispatch(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let event = session.event;
    match &event.what {
        What::Command(invocation) => command(session, invocation).await,
        What::Unclear { root, text } => Ok(Reply::Private(session.voice().unclear(root, text))),
        What::Press(action) => match Deed::of(action) {
            Some(deed) => press(session, deed).await,
            None => Err(plsep_domain::Refusal::Expired.into()),
        },
        What::Choose { action, values } => match Deed::of(action) {
            Some(Deed::Pick(role, step, question)) => apply::pick(session, role, step, &question, None, values).await,
            Some(Deed::PickPart(role, step, question, part)) => {
                apply::pick(session, role, step, &question, Some(part), values).await
            }
            Some(Deed::Prefer(setting)) => settings::choose(session, setting, values).await,
            Some(Deed::PickSurvey(step, question)) => survey::pick(session, step, &question, values).await,
            Some(Deed::Roster(deed)) => roster_desk::choose(session, deed, values).await,
            Some(Deed::Office(deed)) => desk::choose(session, deed, values).await,
            _ => Err(plsep_domain::Refusal::Expired.into()),
        },
        What::Submit { action, values } => match Deed::of(action) {
            Some(Deed::Send(role)) => apply::send_form(session, role, values).await,
            Some(Deed::Write(role, step)) => apply::write(session, role, step, values).await,
            Some(Deed::SendSurvey) => survey::send_form(session, values).await,
            Some(Deed::WriteSurvey(step)) => survey::write(session, step, values).await,
            Some(Deed::Sign(version)) => agreement::sign(session, &version, values).await,
            Some(Deed::Meeting(deed)) => meetings::submit(session, deed, values).await,
            Some(Deed::HandInRoster) => {
                let proof = session.coordinator().await?;
                roster_import::hand_in(session, &proof).await
            }
            Some(Deed::Ask) => asking::send(session, values).await,
            Some(Deed::FitNote(pair, occasion)) => pulse::write_note(session, pair, occasion, values).await,
            Some(Deed::HelpNote(pair, period)) => need_help::write_note(session, pair, period, values).await,
            Some(Deed::WriteSetting(setting)) => settings::write(session, setting, values).await,
            Some(Deed::Office(deed)) => desk::submit(session, deed, values).await,
            Some(Deed::Decline(application)) => {
                let proof = session.coordinator().await?;
                applications::decline_this(session, &proof, application, values).await
            }
            _ => Err(plsep_domain::Refusal::Expired.into()),
        },
        What::Turn { action, values } => match Deed::of(action) {
            Some(Deed::ShowStep(role, step)) => apply::turn(session, role, step, values).await,
            Some(Deed::ShowSurvey(step)) => survey::turn(session, step, values).await,
            Some(deed) => press(session, deed).await,
            None => Err(plsep_domain::Refusal::Expired.into()),
        },
        What::HomeOpened => Ok(Reply::Home(home::home(session).await?)),
        What::Left => membership::left(session).await,
        What::Joined => membership::joined(session).await,
    }
}

/// A command, once it is sure that the person may give it.
async fn command(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    let who = crate::chat::command::spec(invocation.id).who;
    let proof = match who {
        Who::Anyone => None,
        Who::Coordinator => match session.coordinator().await {
            // Whoever owns the community is not shut out, but shown the door: appoint somebody first.
            Err(Trouble::Refused(_)) if session.event.actor.steward => {
                return Ok(Reply::Private(session.voice().steward_first()));
            }
            proof => Some(proof?),
        },
        Who::Steward if session.event.actor.steward => None,
        Who::Steward => Some(session.coordinator().await?),
    };
    let coordinator = || proof.as_ref().ok_or(plsep_domain::Refusal::NotCoordinator);
    match invocation.id {
        CommandId::Home => match unread::next_page(session).await? {
            Some(page) => Ok(Reply::Private(page)),
            None => Ok(Reply::Private(home::home(session).await?)),
        },
        CommandId::About => about::about(session),
        CommandId::Apply => apply::command(session, invocation).await,
        CommandId::Status => match unread::next_page(session).await? {
            Some(page) => Ok(Reply::Private(page)),
            None => Ok(Reply::Private(home::status(session).await?)),
        },
        CommandId::Agreement => agreement::read(session).await,
        CommandId::CheckIn => check_in::ask_me(session).await,
        CommandId::Settings => settings::show(session).await,
        CommandId::Snooze => settings::snooze(session, invocation).await,
        CommandId::MeetingSet => meetings::command(session, invocation, false).await,
        CommandId::MeetingLog => meetings::command(session, invocation, true).await,
        CommandId::MeetingList => meetings::list(session).await,
        CommandId::HowOften => asking::how_often(session).await,
        CommandId::Ask => asking::ask(session, invocation).await,
        CommandId::Withdraw => withdraw::ask(session).await,
        CommandId::MyDataExport => my_data::ask_export(session),
        CommandId::MyDataDelete => my_data::ask_delete(session).await,
        CommandId::Certificate => certificate::get(session).await,
        CommandId::Survey => survey::open(session).await,
        CommandId::Help => Ok(Reply::Private(session.voice().help("mentorship"))),
        CommandId::SeasonShow => season::show(session, coordinator()?).await,
        CommandId::SeasonCreate => season_next::ask(session, coordinator()?).await,
        CommandId::SeasonMove => season_dates::ask_move(session, coordinator()?, invocation).await,
        CommandId::SeasonClose => season::ask_close(session, coordinator()?).await,
        CommandId::RosterImport => roster_import::hand_in(session, coordinator()?).await,
        CommandId::RosterList => roster_desk::list(session, coordinator()?, invocation).await,
        CommandId::RosterShow => roster_desk::show(session, coordinator()?, invocation).await,
        CommandId::RosterLink => roster_desk::link(session, coordinator()?, invocation).await,
        CommandId::RosterUnlink => roster_desk::unlink(session, coordinator()?, invocation).await,
        CommandId::ApplicationsShow => reviewing::show(session, coordinator()?, invocation).await,
        CommandId::ApplicationsQueue => applications::queue(session, coordinator()?).await,
        CommandId::ApplicationsRemind => reminding::ask(session, coordinator()?).await,
        CommandId::ApplicationsAcceptAll => applications::ask_accept_all(session, coordinator()?).await,
        CommandId::ApplicationsAccept => applications::accept(session, coordinator()?, invocation).await,
        CommandId::ApplicationsDecline => applications::decline(session, coordinator()?, invocation).await,
        CommandId::ApplicationsWaitList => applications::wait_list(session, coordinator()?, invocation).await,
        CommandId::MatchPropose => matching::propose(session, coordinator()?).await,
        CommandId::MatchShow => matching::show(session, coordinator()?).await,
        CommandId::MatchWhy => rulings::why(session, coordinator()?, invocation).await,
        CommandId::MatchPin => rulings::ask_ruling(session, coordinator()?, invocation, Ruling::Pinned).await,
        CommandId::MatchForbid => rulings::ask_ruling(session, coordinator()?, invocation, Ruling::Forbidden).await,
        CommandId::MatchSwap => rulings::ask_swap(session, coordinator()?, invocation).await,
        CommandId::MatchRelease => rulings::release(session, coordinator()?, invocation).await,
        CommandId::MatchOneMore => rulings::ask_one_more(session, coordinator()?, invocation).await,
        CommandId::MatchPublish => matching::ask_publish(session, coordinator()?).await,
        CommandId::PairsList => pairs::list(session, coordinator()?).await,
        CommandId::PairsShow => pair_desk::show(session, coordinator()?, invocation).await,
        CommandId::PairsLog => pair_desk::ask_log(session, coordinator()?, invocation).await,
        CommandId::PairsExtend => extension::ask(session, coordinator()?, invocation).await,
        CommandId::PairsRematch => rematch::ask(session, coordinator()?, invocation).await,
        CommandId::PairsEnd => pair_desk::ask_end(session, coordinator()?, invocation).await,
        CommandId::Announce => announcing::open(session, coordinator()?, invocation),
        CommandId::AuditShow => audit::show(session, coordinator()?, invocation).await,
        CommandId::AuditExport => audit::export(session, coordinator()?).await,
        CommandId::NudgesSendNow => nudge_desk::ask_now(session, coordinator()?).await,
        CommandId::NudgesPause => nudge_desk::pause(session, coordinator()?).await,
        CommandId::NudgesResume => nudge_desk::ask_resume(session, coordinator()?).await,
        CommandId::NudgesSchedule => nudge_desk::ask_schedule(session, coordinator()?, invocation).await,
        CommandId::NudgesPreview => check_in::preview(session, coordinator()?).await,
        CommandId::ConcernsList => concerns::list(session, coordinator()?).await,
        CommandId::ReportMeetings => report::meetings(session, coordinator()?).await,
        CommandId::ReportExport => report::export(session, coordinator()?, invocation).await,
        CommandId::ReportStuck => report::stuck(session, coordinator()?).await,
        CommandId::ReportParticipation => report::participation(session, coordinator()?).await,
        CommandId::ReportGrant => report::grant(session, coordinator()?).await,
        CommandId::ReportOverview => report::overview(session, coordinator()?).await,
        CommandId::CoordinatorsList => coordinators::list(session, coordinator()?).await,
        CommandId::CoordinatorsAdd => coordinators::add(session, invocation).await,
        CommandId::CoordinatorsRemove => coordinators::remove(session, coordinator()?, invocation).await,
        CommandId::AdminHelp => Ok(Reply::Private(session.voice().help("mentorship-admin"))),
    }
}

/// A pressed button. What a confirmation confirms is checked again: it was in a person's hands.
async fn press(session: &mut Session<'_>, deed: Deed) -> Result<Reply, Trouble> {
    match deed {
        Deed::Do(id) => command(session, &Invocation::bare(id)).await,
        Deed::Apply(role) => apply::open(session, role).await,
        Deed::ShowStep(role, step) => apply::show_step(session, role, step).await,
        Deed::Write(role, step) => apply::open_written(session, role, step).await,
        Deed::Send(role) => apply::send_panel(session, role).await,
        Deed::Withdraw => withdraw::confirm(session).await,
        Deed::Sign(version) => agreement::open_form(session, &version).await,
        Deed::Export => my_data::export(session).await,
        Deed::Erase => my_data::delete(session).await,
        Deed::Survey => survey::open(session).await,
        Deed::ShowSurvey(step) => survey::show_step(session, step).await,
        Deed::WriteSurvey(step) => survey::open_written(session, step).await,
        Deed::SendSurvey => survey::send_panel(session).await,
        Deed::CheckIn(pair, period, answer) => check_in::answer(session, pair, period, answer).await,
        Deed::Fit(pair, occasion, fit) => pulse::answer(session, pair, occasion, fit).await,
        Deed::FitWish(pair, occasion, wish) => pulse::wish(session, pair, occasion, wish).await,
        Deed::FitNote(pair, occasion) => pulse::open_note(session, pair, occasion).await,
        Deed::HelpKind(pair, period, kind) => need_help::choose(session, pair, period, kind).await,
        Deed::HelpNote(pair, period) => need_help::open_note(session, pair, period).await,
        Deed::WriteSetting(setting) => settings::open(session, setting),
        Deed::Pause(days) => settings::pause(session, days).await,
        Deed::Resume => settings::resume(session).await,
        Deed::Accept(application) => {
            let proof = session.coordinator().await?;
            applications::accept_this(session, &proof, application).await
        }
        Deed::Decline(application) => {
            let proof = session.coordinator().await?;
            applications::open_decline(session, &proof, application).await
        }
        Deed::Meeting(deed) => meetings::open(session, deed).await,
        Deed::MeetingAt(deed, at) => meetings::take(session, deed, at).await,
        Deed::CancelMeeting(id, false) => meetings::ask_cancel(session, id).await,
        Deed::CancelMeeting(id, true) => meetings::cancel(session, id).await,
        Deed::TellMeeting(id, sequence, told) => meetings::tell(session, id, sequence, told).await,
        Deed::Cadence(pair, chosen) => asking::cadence(session, pair, chosen).await,
        Deed::Ask => asking::open(session),
        Deed::HandInRoster => {
            let proof = session.coordinator().await?;
            roster_import::hand_in(session, &proof).await
        }
        Deed::ImportRoster(id, missing_end) => {
            let proof = session.coordinator().await?;
            roster_import::take_in(session, &proof, id, missing_end).await
        }
        Deed::LeaveRoster(id) => {
            let proof = session.coordinator().await?;
            roster_import::leave(session, &proof, id).await
        }
        Deed::UndoRoster(id) => {
            let proof = session.coordinator().await?;
            roster_import::take_back(session, &proof, id).await
        }
        Deed::AcceptAll => {
            let proof = session.coordinator().await?;
            applications::accept_all(session, &proof).await
        }
        Deed::CloseApplications => {
            let proof = session.coordinator().await?;
            season::close(session, &proof).await
        }
        Deed::MoveDate(name, to) => {
            let proof = session.coordinator().await?;
            season_dates::move_date(session, &proof, name, to).await
        }
        Deed::ShowProposal(page) => {
            let proof = session.coordinator().await?;
            matching::turn_to(session, &proof, page).await
        }
        Deed::Pin(pairs) => {
            let proof = session.coordinator().await?;
            rulings::rule(session, &proof, &pairs, Ruling::Pinned).await
        }
        Deed::Forbid(mentee, mentor) => {
            let proof = session.coordinator().await?;
            rulings::rule(session, &proof, &[(mentee, mentor)], Ruling::Forbidden).await
        }
        Deed::AskOneMore(mentor) => {
            let proof = session.coordinator().await?;
            rulings::ask_mentor(session, &proof, mentor).await
        }
        Deed::OneMore { capacity, yes } => rulings::one_more(session, capacity, yes).await,
        Deed::Publish(id) => {
            let proof = session.coordinator().await?;
            matching::publish(session, &proof, id).await
        }
        Deed::TryAgain(id) => {
            let proof = session.coordinator().await?;
            undelivered::try_again(session, &proof, id).await
        }
        Deed::LeaveIt(id) => {
            let proof = session.coordinator().await?;
            undelivered::leave_it(session, &proof, id).await
        }
        Deed::Roster(deed) => roster_desk::press(session, deed).await,
        Deed::Office(deed) => desk::press(session, deed).await,
        Deed::Pick(..) | Deed::PickPart(..) | Deed::PickSurvey(..) | Deed::Prefer(_) => {
            Err(plsep_domain::Refusal::Expired.into())
        }
    }
}

/// A text in a few letters, two for each of so many bytes: the same for the same text, and next to never for another.
fn fingerprint(text: &str, bytes: usize) -> String {
    Sha256::digest(text).iter().take(bytes).map(|byte| format!("{byte:02x}")).collect()
}

/// When an effect for these readers may go out: now, or at the next hour that is civil for all of them.
fn civil_for<const N: usize>(program: &Program, readers: [&Person; N], now: DateTime<Utc>) -> DateTime<Utc> {
    plsep_domain::nudge::civil_for(&readers.map(|person| person.reader(program)), now)
}
