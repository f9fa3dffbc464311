//! The dates of a season are moved: asked first with who is told, audited, told to everybody concerned, and undone within
//! some minutes as long as nothing has followed.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use plsep_domain::permission::Coordinator;
use plsep_domain::preferences::read_time;
use plsep_domain::{ApplicationState, DateName, LocalTime, PersonId, Refusal, confirm};

use super::{Session, Trouble};
use crate::chat::{Invocation, Reply, Text};
use crate::store::{Application, Person, Season};
use crate::words::{DAY_FIELD, DateUndo, TIME_FIELD};

/// How the keys of messages about moved dates begin.
const DATE_KEYS: &str = "date:";

/// `/mentorship-admin season move`.
pub(super) async fn ask_move(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let name = invocation.choice("date").and_then(named).ok_or(Refusal::NotADate)?;
    let to: LocalTime = invocation.words("to").unwrap_or_default().trim().parse().map_err(|_| Refusal::NotADate)?;
    ask(session, name, to).await
}

/// A date as a menu or an option names it.
fn named(choice: &str) -> Option<DateName> {
    DateName::from_key(&choice.replace('-', "_"))
}

async fn ask(session: &mut Session<'_>, name: DateName, to: LocalTime) -> Result<Reply, Trouble> {
    let mut season = session.season()?;
    if !sets(&mut season, name, to)? {
        return Ok(Reply::Private(session.voice().moved_before(&season.program, name)));
    }
    let people = affected(session, &season).await?.len();
    // What lies ahead until now, and would not any more.
    let ahead = |season: &Season| season.program.calendar.instant(name) > session.now;
    let at_once = ahead(&session.season()?) && !ahead(&season);
    Ok(Reply::Private(session.voice().move_question(&season.program, (name, to), people, at_once)))
}

/// A date was chosen in the menu: the form for it.
pub(super) fn open_form(session: &Session<'_>, _proof: &Coordinator, chosen: &str) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let name = named(chosen).ok_or(Refusal::Expired)?;
    Ok(Reply::Open(Box::new(session.voice().date_form(&season.program, name, None))))
}

/// The form came back. Whatever does not fit is said beside it.
pub(super) async fn send_form(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    name: DateName,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let value = |field: &str| values.get(field).and_then(|all| all.first()).map_or("", |text| text.trim());
    let (day, time) = (value(DAY_FIELD), value(TIME_FIELD));
    // The program's dates are meant in its own zone.
    let day_read = session.read_day(day, season.program.calendar.zone()).map_err(|_| Refusal::NotADay);
    let wrong = match (day_read, time) {
        (Err(refusal), _) => (DAY_FIELD, refusal),
        (Ok(day), "") => match ask(session, name, LocalTime::Day(day)).await {
            Err(Trouble::Refused(refusal)) => (DAY_FIELD, refusal),
            asked => return asked,
        },
        (Ok(day), time) => match read_time(time) {
            Err(refusal) => (TIME_FIELD, refusal),
            Ok(time) => match ask(session, name, LocalTime::from(day.and_time(time))).await {
                Err(Trouble::Refused(refusal)) => (DAY_FIELD, refusal),
                asked => return asked,
            },
        },
    };
    let (field, refusal) = wrong;
    let voice = session.voice();
    let words = Text::plain(voice.refusal(&refusal, Some(&season.program)).summary());
    let form = Box::new(voice.date_form(&season.program, name, Some((day, time))));
    Ok(Reply::Correct { form, errors: vec![(field.to_owned(), words)] })
}

/// Moves a date, and tells everybody concerned.
pub(super) async fn move_date(
    session: &mut Session<'_>,
    proof: &Coordinator,
    name: DateName,
    to: LocalTime,
) -> Result<Reply, Trouble> {
    let mut season = session.season()?;
    let from = season.program.calendar.local(name);
    if !sets(&mut season, name, to)? {
        // The button was pressed again because its answer was lost: those concerned have been told.
        return Ok(Reply::Replace(session.voice().moved_before(&season.program, name)));
    }
    session.tx.save_program(season.id, &season.program).await?;
    let detail = serde_json::json!({ "date": name.key(), "to": to.to_string() });
    session.audit(proof, "season.move", format!("season:{}", season.id), detail).await?;
    session.set_season(season.clone());
    let people = affected(session, &season).await?;
    let undo = DateUndo { name, to, from, moved_at: session.now.timestamp() };
    for (_, person) in &people {
        let message = session.voice_to(person).date_moved(&season.program, name);
        session.tell(format!("{}{}", keys(&season, &undo), person.id), person, message).await?;
    }
    Ok(Reply::Replace(session.voice().moved(&season.program, undo, people.len())))
}

/// How the keys of the messages about this move begin. The same date moved there twice, with another date in between, is
/// told twice.
fn keys(season: &Season, undo: &DateUndo) -> String {
    format!("{DATE_KEYS}{}:{}:{}:{}:", season.id, undo.name.key(), undo.to, undo.moved_at)
}

/// Puts a date back where it was. Whoever was told that it moved is told that it did not; nobody else is.
pub(super) async fn undo(session: &mut Session<'_>, proof: &Coordinator, undo: DateUndo) -> Result<Reply, Trouble> {
    confirm::holds(undo.moved_at, session.now).map_err(|_| Refusal::UndoOver)?;
    let mut season = session.season()?;
    let moved = season.program.calendar.clone();
    if moved.local(undo.name) != undo.to {
        return Err(Refusal::UndoOver.into());
    }
    sets(&mut season, undo.name, undo.from)?;
    let moved_at = DateTime::from_timestamp(undo.moved_at, 0).ok_or(Refusal::UndoOver)?;
    let another_phase = moved.phase(session.now) != season.program.calendar.phase(session.now);
    if another_phase && session.tx.sends_since(session.community.id, moved_at, DATE_KEYS).await? {
        return Err(Refusal::UndoOver.into());
    }
    session.tx.save_program(season.id, &season.program).await?;
    let detail = serde_json::json!({ "date": undo.name.key(), "to": undo.from.to_string() });
    session.audit(proof, "season.move-undone", format!("season:{}", season.id), detail).await?;
    session.set_season(season.clone());
    let keys = keys(&season, &undo);
    session.tx.stop_effects(session.community.id, &keys, session.now).await?;
    let told = session.tx.unstopped_keys(session.community.id, &keys).await?;
    for key in &told {
        let Some(id) = key.rsplit(':').next().and_then(|id| id.parse::<i64>().ok()) else { continue };
        let person = session.tx.person(PersonId::from(id)).await?;
        if person.erased_at.is_some() {
            continue;
        }
        let message = session.voice_to(&person).date_not_moved(&season.program, undo.name);
        let key = format!("{DATE_KEYS}undone:{}:{}:{}:{id}", season.id, undo.name.key(), undo.moved_at);
        session.tell(key, &person, message).await?;
    }
    Ok(Reply::Replace(session.voice().move_undone(&season.program, undo.name, told.len())))
}

/// Sets a date of the season's calendar; whether it was another one before.
fn sets(season: &mut Season, name: DateName, to: LocalTime) -> Result<bool, Refusal> {
    let calendar = &mut Arc::make_mut(&mut season.program).calendar;
    let before = calendar.instant(name);
    calendar.set(name, to)?;
    Ok(calendar.instant(name) != before)
}

/// Whom a moved date concerns: everybody who has begun and neither withdrew nor was declined.
async fn affected(session: &mut Session<'_>, season: &Season) -> Result<Vec<(Application, Person)>, Trouble> {
    let all = session.tx.applications(season.id).await?;
    let concerned = |(application, person): &(Application, Person)| {
        person.present && !matches!(application.state, ApplicationState::Withdrawn | ApplicationState::Declined { .. })
    };
    Ok(all.into_iter().filter(concerned).collect())
}
