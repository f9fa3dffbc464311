//! The controls of the coordinators' desk. Whoever presses one must coordinate, each time; what is done then is the
//! business of the flow it belongs to.

use std::collections::BTreeMap;

use plsep_domain::PairId;
use plsep_domain::permission::Coordinator;

use super::{
    Session, Trouble, announcing, applications, audit, concerns, coordinators, extension, nudge_desk, pair_desk,
    pair_note, places, rematch, reminding, reviewing, season_dates, season_next,
};
use crate::chat::Reply;
use crate::words::{OfficeDeed, PairTask};

/// A pressed button.
pub(super) async fn press(session: &mut Session<'_>, deed: OfficeDeed) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    match deed {
        OfficeDeed::ShowQueue(page) => applications::turn_queue(session, &proof, page).await,
        OfficeDeed::ShowApplication(id, page) => reviewing::turn_to(session, &proof, id, page).await,
        OfficeDeed::WaitList(id) => applications::wait_list_this(session, &proof, id).await,
        OfficeDeed::ShowConcerns(page) => concerns::turn_to(session, &proof, page).await,
        OfficeDeed::ShowConcern(id) => concerns::show(session, &proof, id).await,
        OfficeDeed::TakeConcern(id) => concerns::take(session, &proof, id).await,
        OfficeDeed::ResolveConcern(id) => concerns::open_form(session, &proof, id).await,
        OfficeDeed::ReopenConcern(id) => concerns::reopen(session, &proof, id).await,
        OfficeDeed::LogMeeting(pair) => pair_desk::open_log(session, &proof, pair).await,
        OfficeDeed::WriteToPair(pair) => pair_note::open(session, &proof, pair).await,
        OfficeDeed::AskEndPair(pair) => pair_desk::ask_end_of(session, &proof, pair).await,
        OfficeDeed::EndPair(pair, cause, asked_at) => pair_desk::end(session, &proof, pair, cause, asked_at).await,
        OfficeDeed::ShowPair(pair) => pair_desk::show_one(session, &proof, pair).await,
        OfficeDeed::AskExtension(pair) => extension::ask_of(session, &proof, pair).await,
        OfficeDeed::Extend(pair, through, asked_at) => {
            extension::extend(session, &proof, pair, through, asked_at).await
        }
        OfficeDeed::AskRematch(pair) => rematch::ask_of(session, &proof, pair).await,
        OfficeDeed::Rematch(pair, back, asked_at) => rematch::rematch(session, &proof, pair, back, asked_at).await,
        OfficeDeed::SendNudges(asked_at) => nudge_desk::send_now(session, &proof, asked_at).await,
        OfficeDeed::ResumeNudges(asked_at) => nudge_desk::resume(session, &proof, asked_at).await,
        OfficeDeed::SetNudgeDates(line, asked_at) => nudge_desk::set_line(session, &proof, &line, asked_at).await,
        OfficeDeed::Announce(audience) => announcing::open_form(session, &proof, audience),
        OfficeDeed::SendAnnouncement(id) => announcing::send(session, &proof, id).await,
        OfficeDeed::StopAnnouncement(id) => announcing::stop(session, &proof, id).await,
        OfficeDeed::AnnounceAgain(id) => announcing::again(session, &proof, id).await,
        OfficeDeed::Remind(people, asked_at) => reminding::send(session, &proof, people, asked_at).await,
        OfficeDeed::UndoMove(undo) => season_dates::undo(session, &proof, undo).await,
        OfficeDeed::CreateSeason(print, asked_at) => season_next::create(session, &proof, &print, asked_at).await,
        OfficeDeed::ReopenOffice => coordinators::reopen_office(session, &proof).await,
        OfficeDeed::ReopenPair(pair) => places::reopen_for_pair(session, &proof, pair).await,
        OfficeDeed::EnterOffice => coordinators::enter_office(session, &proof).await,
        OfficeDeed::ShowAudit(page, look) => audit::turn_to(session, &proof, look, page).await,
        OfficeDeed::PickApplication
        | OfficeDeed::PickDate
        | OfficeDeed::MoveDate(_)
        | OfficeDeed::PickConcern
        | OfficeDeed::HandConcern(_)
        | OfficeDeed::PickNudgeDates
        | OfficeDeed::PickPair(_)
        | OfficeDeed::PickRematch(_)
        | OfficeDeed::PickExtension(_)
        | OfficeDeed::PickEndCause(_) => Err(plsep_domain::Refusal::Expired.into()),
    }
}

/// A choice in a menu. The values were in a person's hands, so they may be anything.
pub(super) async fn choose(session: &mut Session<'_>, deed: OfficeDeed, values: &[String]) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    let chosen = values.first().ok_or(plsep_domain::Refusal::Expired)?;
    if let OfficeDeed::PickEndCause(pair) = deed {
        return pair_desk::ask_end_because(session, &proof, pair, chosen).await;
    }
    if let OfficeDeed::PickExtension(pair) = deed {
        return extension::ask_until(session, &proof, pair, chosen).await;
    }
    if let OfficeDeed::PickRematch(pair) = deed {
        return rematch::ask_who(session, &proof, pair, chosen).await;
    }
    if deed == OfficeDeed::PickDate {
        return season_dates::open_form(session, &proof, chosen);
    }
    if deed == OfficeDeed::PickNudgeDates {
        return nudge_desk::pick_line(session, &proof, chosen);
    }
    let chosen = chosen.parse::<i64>().map_err(|_| plsep_domain::Refusal::Expired)?;
    match deed {
        OfficeDeed::PickApplication => reviewing::open(session, &proof, chosen.into()).await,
        OfficeDeed::PickPair(task) => open_pair(session, &proof, task, chosen.into()).await,
        OfficeDeed::PickConcern => concerns::show(session, &proof, chosen.into()).await,
        OfficeDeed::HandConcern(id) => concerns::hand(session, &proof, id, chosen.into()).await,
        _ => Err(plsep_domain::Refusal::Expired.into()),
    }
}

/// What a coordinator wants to do with the pair they chose.
async fn open_pair(
    session: &mut Session<'_>,
    proof: &Coordinator,
    task: PairTask,
    pair: PairId,
) -> Result<Reply, Trouble> {
    match task {
        PairTask::Show => pair_desk::show_one(session, proof, pair).await,
        PairTask::Log => pair_desk::open_log(session, proof, pair).await,
        PairTask::End => pair_desk::ask_end_of(session, proof, pair).await,
        PairTask::Rematch => rematch::ask_of(session, proof, pair).await,
        PairTask::Extend => extension::ask_of(session, proof, pair).await,
    }
}

/// A form comes in.
pub(super) async fn submit(
    session: &mut Session<'_>,
    deed: OfficeDeed,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let proof = session.coordinator().await?;
    match deed {
        OfficeDeed::ResolveConcern(id) => concerns::resolve(session, &proof, id, values).await,
        OfficeDeed::Announce(audience) => announcing::ask(session, &proof, audience, values).await,
        OfficeDeed::LogMeeting(pair) => pair_desk::send_log(session, &proof, pair, values).await,
        OfficeDeed::MoveDate(name) => season_dates::send_form(session, &proof, name, values).await,
        OfficeDeed::WriteToPair(pair) => pair_note::send(session, &proof, pair, values).await,
        _ => Err(plsep_domain::Refusal::Expired.into()),
    }
}
