//! The season: set up when a community is first seen, shown, closed to applications.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::permission::Coordinator;
use plsep_domain::{ApplicationState, DateName, Role};

use super::{Fault, Flows, Session, Trouble, coordinators, nudge_desk};
use crate::chat::{CommunityRef, Reply};
use crate::store::{AuditEntry, AuditWho, Season};
use crate::words::SeasonFigures;

/// Makes sure that a community is known and has its season.
pub(super) async fn settle_in(flows: &Flows, at: &CommunityRef, name: &str, now: DateTime<Utc>) -> Result<(), Fault> {
    let mut tx = flows.store().write().await?;
    let community = tx.upsert_community(at, name, now).await?;
    if tx.current_season(community.id).await?.is_none() {
        let season = tx.insert_season(community.id, &flows.template, now).await?;
        let entry = AuditEntry {
            community: community.id,
            at: now,
            who: AuditWho::Bot,
            action: "season.create".to_owned(),
            subject: format!("season:{}", season.id),
            detail: serde_json::json!({ "key": flows.template.key }),
        };
        tx.append_audit(&entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

pub(super) async fn show(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let figures = figures(session, &season).await?;
    let nudges = nudge_desk::standing(session, &season).await?;
    let lost = coordinators::office_is_lost(session).await?;
    let voice = session.voice();
    let desk = voice.season(&season.program, session.phase(&season.program), &figures, &nudges);
    Ok(Reply::Private(if lost { voice.with_office_lost(desk) } else { desk }))
}

async fn figures(session: &mut Session<'_>, season: &Season) -> Result<SeasonFigures, Trouble> {
    let mut figures = SeasonFigures::default();
    for (application, _) in session.tx.applications(season.id).await? {
        match (&application.state, application.role) {
            (ApplicationState::Draft, _) => figures.drafts += 1,
            (ApplicationState::Submitted | ApplicationState::WaitListed, _) => figures.waiting += 1,
            (ApplicationState::NotOnRoster, _) => {
                figures.waiting += 1;
                figures.not_on_roster += 1;
            }
            (ApplicationState::Accepted, Role::Mentee) => figures.mentees += 1,
            (ApplicationState::Accepted, Role::Mentor) => figures.mentors += 1,
            (ApplicationState::Declined { .. } | ApplicationState::Withdrawn, _) => {}
        }
    }
    let live: Vec<_> = session.tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()).collect();
    let signed: Vec<_> = session.tx.signatures(season.id).await?.into_iter().map(|(person, _)| person).collect();
    let paired: std::collections::BTreeSet<_> = live.iter().flat_map(|pair| [pair.mentor, pair.mentee]).collect();
    figures.pairs = live.len();
    for person in paired.iter().filter(|person| !signed.contains(person)) {
        figures.unsigned.push(session.tx.person(*person).await?.user);
    }
    figures.dead_letters = session.tx.dead_letters(session.community.id).await?.len();
    Ok(figures)
}

pub(super) async fn ask_close(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    season.program.calendar.check_application_time(session.now)?;
    let drafts = figures(session, &season).await?.drafts;
    Ok(Reply::Private(session.voice().close_question(&season.program, drafts)))
}

/// Closes applications: the closing date becomes the minute that has just ended.
pub(super) async fn close(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let mut season = session.season()?;
    let calendar = &mut Arc::make_mut(&mut season.program).calendar;
    calendar.check_application_time(session.now)?;
    let ended = (session.now - TimeDelta::minutes(1)).with_timezone(&calendar.zone()).naive_local();
    calendar.set(DateName::ApplicationsClose, ended)?;
    session.tx.save_program(season.id, &season.program).await?;
    let detail = serde_json::json!({ "date": DateName::ApplicationsClose.key(), "to": ended.to_string() });
    session.audit(proof, "season.close-applications", format!("season:{}", season.id), detail).await?;
    session.set_season(season);
    Ok(Reply::Replace(session.voice().closed()))
}
