//! What somebody sets for themselves: language, time zone, hours, where they are asked, and a pause. Each choice is kept
//! at once and confirmed with what follows from it. Nobody sets anything for somebody else, and no partner is told.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use plsep_domain::preferences::{self, pause_for, pause_until};
use plsep_domain::when::Never;
use plsep_domain::{DateName, Preferences, Program, Reach, Refusal, Setting, zones};

use super::extension::own_season;
use super::{Session, Trouble, civil_for};
use crate::chat::{Invocation, Message, Reply, Text};
use crate::store::{Effect, NewEffect, Season, Terms, To, Wanted};
use crate::words::{HOURS_FIELDS, SETTING_FIELD, SettingsView, USUAL_VALUE, hours_of};

/// The panel of settings.
pub(super) async fn show(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    Ok(Reply::Private(session.voice().settings(&view(session, &season.program), None)))
}

/// A choice in the panel.
pub(super) async fn choose(session: &mut Session<'_>, setting: Setting, values: &[String]) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    let value = values.first().map(String::as_str).filter(|value| *value != USUAL_VALUE);
    let mut preferences = session.person.preferences;
    match setting {
        Setting::Language => preferences.lang = value.map(|code| read(code.parse().ok())).transpose()?,
        Setting::Zone => preferences.zone = value.map(|name| read(name.parse().ok())).transpose()?,
        Setting::Hours => {
            let hours = value.map(|value| {
                let (from, to) = read(hours_of(value))?;
                preferences::hours(from, to)
            });
            preferences.hours = hours.transpose()?;
        }
        Setting::Reach => preferences.reach = read(value.and_then(Reach::from_key))?,
        Setting::Pause => return Err(Refusal::Expired.into()),
    }
    keep(session, preferences).await?;
    Ok(changed(session, &season, setting))
}

/// The form for a setting that is typed.
pub(super) fn open(session: &Session<'_>, setting: Setting) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let form = session.voice().setting_form(&view(session, &season.program), setting).ok_or(Refusal::Expired)?;
    Ok(Reply::Open(Box::new(form)))
}

/// A typed setting comes in.
pub(super) async fn write(
    session: &mut Session<'_>,
    setting: Setting,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    let typed = |key: &str| values.get(key).map(|lines| lines.join(" ")).unwrap_or_default();
    let mut preferences = session.person.preferences;
    let [from, to] = HOURS_FIELDS;
    let outcome = match setting {
        Setting::Zone => zones::read_zone(&typed(SETTING_FIELD)).map(|zone| preferences.zone = Some(zone)),
        Setting::Hours => {
            preferences::read_hours(&typed(from), &typed(to)).map(|hours| preferences.hours = Some(hours))
        }
        Setting::Pause => return pause_as_typed(session, &season, &typed(SETTING_FIELD)).await,
        Setting::Language | Setting::Reach => return Err(Refusal::Expired.into()),
    };
    if let Err(refusal) = outcome {
        let field = if setting == Setting::Hours { to } else { SETTING_FIELD };
        return correct(session, &season.program, setting, field, &refusal);
    }
    keep(session, preferences).await?;
    Ok(changed(session, &season, setting))
}

/// `/mentorship snooze`: with a date it pauses until then, without it asks how long.
pub(super) async fn snooze(session: &mut Session<'_>, invocation: &Invocation) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    let Some(typed) = invocation.words("until").filter(|typed| !typed.trim().is_empty()) else {
        return Ok(Reply::Private(session.voice().pause(&view(session, &season.program), None)));
    };
    let day = read_day(session, &season.program, typed)?;
    let zone = session.person.zone(&season.program);
    let until = pause_until(day, zone, session.now, season.program.calendar.instant(DateName::RunsUntil))?;
    set_pause(session, &season, Some(until)).await?;
    Ok(Reply::Private(paused(session, &season)))
}

/// A pause of so many days.
pub(super) async fn pause(session: &mut Session<'_>, days: u16) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    let zone = session.person.zone(&season.program);
    let until = pause_for(days, zone, session.now, season.program.calendar.instant(DateName::RunsUntil))?;
    set_pause(session, &season, Some(until)).await?;
    Ok(Reply::Replace(paused(session, &season)))
}

/// The pause ends now.
pub(super) async fn resume(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let season = own_season(session).await?;
    set_pause(session, &season, None).await?;
    Ok(Reply::Replace(paused(session, &season)))
}

async fn pause_as_typed(session: &mut Session<'_>, season: &Season, typed: &str) -> Result<Reply, Trouble> {
    let zone = session.person.zone(&season.program);
    let latest = season.program.calendar.instant(DateName::RunsUntil);
    let day = read_day(session, &season.program, typed);
    match day.and_then(|day| pause_until(day, zone, session.now, latest)) {
        Ok(until) => {
            set_pause(session, season, Some(until)).await?;
            Ok(Reply::Replace(paused(session, season)))
        }
        Err(refusal) => correct(session, &season.program, Setting::Pause, SETTING_FIELD, &refusal),
    }
}

/// Keeps a pause, and says when it is over by itself.
async fn set_pause(session: &mut Session<'_>, season: &Season, until: Option<DateTime<Utc>>) -> Result<(), Trouble> {
    keep(session, Preferences { snoozed_until: until, ..session.person.preferences }).await?;
    let Some(until) = until else { return Ok(()) };
    let me = session.person.clone();
    let note = NewEffect {
        community: session.community.id,
        key: format!("resumed:{}:{}", me.id, until.timestamp()),
        due_at: civil_for(&season.program, [&me], until),
        effect: Effect::Post { to: To::Person(me.id), message: session.voice().pause_over() },
    };
    let wanted = Wanted::Resumed { person: me.id, until };
    session.tx.enqueue_on(&note, &Terms { wanted: Some(wanted), answer: false }, session.now).await?;
    Ok(())
}

/// The day until which somebody pauses.
fn read_day(session: &Session<'_>, program: &Program, typed: &str) -> Result<NaiveDate, Refusal> {
    session.read_day(typed, session.person.zone(program)).map_err(|never| match never {
        Never::Past => Refusal::PausePast,
        _ => Refusal::NotADay,
    })
}

/// What comes from a menu of ours, or else from a menu that is no longer in use.
fn read<T>(value: Option<T>) -> Result<T, Refusal> {
    value.ok_or(Refusal::Expired)
}

async fn keep(session: &mut Session<'_>, preferences: Preferences) -> Result<(), Trouble> {
    session.tx.set_preferences(session.person.id, &preferences).await?;
    session.person.preferences = preferences;
    Ok(())
}

fn correct(
    session: &Session<'_>,
    program: &Program,
    setting: Setting,
    field: &str,
    refusal: &Refusal,
) -> Result<Reply, Trouble> {
    let voice = session.voice();
    let form = voice.setting_form(&view(session, program), setting).ok_or(Refusal::Expired)?;
    let errors = vec![(field.to_owned(), voice.setting_fault(refusal, program))];
    Ok(Reply::Correct { form: Box::new(form), errors })
}

/// The panel, with what has just been changed.
fn changed(session: &Session<'_>, season: &Season, setting: Setting) -> Reply {
    let view = view(session, &season.program);
    let voice = session.voice();
    let news: Text = voice.setting_saved(&view, setting);
    Reply::Replace(voice.settings(&view, Some(news)))
}

fn paused(session: &Session<'_>, season: &Season) -> Message {
    let view = view(session, &season.program);
    let voice = session.voice();
    let news = voice.setting_saved(&view, Setting::Pause);
    voice.pause(&view, Some(news))
}

fn view<'a>(session: &'a Session<'_>, program: &'a Program) -> SettingsView<'a> {
    let person = &session.person;
    SettingsView { program, preferences: &person.preferences, zone: person.zone(program), now: session.now }
}
