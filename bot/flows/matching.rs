//! Proposing pairs, looking at them, and publishing them in one go.

use std::collections::{BTreeMap, BTreeSet};

use plsep_domain::matching::{self, Candidate, Keep, Matching, PairKey, Policy, Problem, WhyUnmatched};
use plsep_domain::permission::Coordinator;
use plsep_domain::{ApplicationState, PersonId, Phase, Program, ProposalId, Refusal, Role};

use super::session::zone_of;
use super::{Fault, Session, Trouble, civil_for, lang};
use crate::chat::{Reply, Room};
use crate::store::{Application, Effect, NewPair, Pair, Person, Proposal, Season, progress_key};
use crate::words::{Introduction, ProposalView, PublishPlan, PublishProgress, Side, Voice, shared_lang};

type People = BTreeMap<PersonId, (Application, Person)>;

/// Computes a proposal and keeps it. Nobody is told.
pub(super) async fn propose(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    if matches!(session.phase(&season.program), Phase::Draft | Phase::ApplicationsOpen) {
        let closes_at = season.program.calendar.instant(plsep_domain::DateName::ApplicationsClose);
        return Err(Refusal::ApplicationsStillOpen { closes_at }.into());
    }
    let people = accepted(session, &season).await?;
    let problem = problem(session, &season, &people).await?;
    let matching = matching::propose(&problem)?;
    let body = serde_json::to_value(&matching)
        .map_err(|error| Fault::Unreadable { what: "a proposal", why: error.to_string() })?;
    let id = session.tx.save_proposal(season.id, &body, session.now).await?;
    let detail = serde_json::json!({ "pairs": matching.pairs.len() });
    session.audit(proof, "match.propose", format!("proposal:{id}"), detail).await?;
    Ok(Reply::Private(view(session, &season.program, &matching, &people)))
}

pub(super) async fn show(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let proposal = session.tx.latest_proposal(season.id).await?.ok_or(Refusal::NothingToPublish)?;
    let people = everybody(session, &season).await?;
    let matching = read(proposal.body)?;
    Ok(Reply::Private(view(session, &season.program, &matching, &people)))
}

pub(super) async fn ask_publish(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (proposal, matching) = open_proposal(session, &season).await?;
    let people = accepted(session, &season).await?;
    let zone = |id: &PersonId| people.get(id).map(|(_, person)| zone_of(person, &season.program));
    let leaves = matching.pairs.iter().filter_map(|pair| {
        let zones = [zone(&pair.pair.mentor)?, zone(&pair.pair.mentee)?];
        Some(civil_for(&season.program, &zones, session.now))
    });
    let plan = PublishPlan {
        pairs: matching.pairs.len(),
        left: matching.unmatched_mentees.len() + matching.unmatched_mentors.len(),
        minutes: session.limits().minutes_to_open(matching.pairs.len()),
        last_from: leaves.max().filter(|last| *last > session.now),
        capacity: session.flows.capacity(&session.community.at),
    };
    Ok(Reply::Private(session.voice().publish_question(proposal.id, &plan)))
}

/// Publishes a proposal: pairs, introductions and the news for everybody else in one transaction.
pub(super) async fn publish(session: &mut Session<'_>, proof: &Coordinator, id: ProposalId) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (proposal, matching) = open_proposal(session, &season).await?;
    if proposal.id != id {
        // A newer proposal has been made since this button was shown.
        return Err(Refusal::Expired.into());
    }
    let people = accepted(session, &season).await?;
    let gone = |person: &PersonId| !people.contains_key(person);
    if matching.pairs.iter().any(|pair| gone(&pair.pair.mentee) || gone(&pair.pair.mentor)) {
        // Somebody withdrew in between; only a new proposal can say who takes their place.
        return Err(Refusal::Expired.into());
    }
    if !session.tx.publish_proposal(id, session.now).await? {
        return Err(Refusal::AlreadyPublished.into());
    }
    for proposed in &matching.pairs {
        let reasons = serde_json::to_value(&proposed.reasons)
            .map_err(|error| Fault::Unreadable { what: "a pair's reasons", why: error.to_string() })?;
        let new = NewPair {
            season: season.id,
            proposal: id,
            mentor: proposed.pair.mentor,
            mentee: proposed.pair.mentee,
            score: i64::from(proposed.fit.total()),
            reasons,
        };
        let pair = session.tx.insert_pair(&new, session.now).await?;
        introduce(session, &season.program, &pair, &proposed.reasons, &people).await?;
    }
    let left = tell_unmatched(session, &season, id, &matching, &people).await?;
    let minutes = session.limits().minutes_to_open(matching.pairs.len());
    if minutes > 1 {
        let pairs = matching.pairs.len();
        let progress = PublishProgress { pairs, open: pairs, failed: 0, minutes, ended: false };
        let message = session.voice_in(plsep_domain::Lang::En).publish_progress(&progress);
        session.tell_office(progress_key(id), message).await?;
    }
    let detail = serde_json::json!({ "pairs": matching.pairs.len(), "unmatched": left });
    session.audit(proof, "match.publish", format!("proposal:{id}"), detail).await?;
    Ok(Reply::Replace(session.voice().published(matching.pairs.len(), left)))
}

/// A kept proposal as the domain knows it.
pub(super) fn read(body: serde_json::Value) -> Result<Matching, Fault> {
    serde_json::from_value(body).map_err(|error| Fault::Unreadable { what: "a proposal", why: error.to_string() })
}

async fn open_proposal(session: &mut Session<'_>, season: &Season) -> Result<(Proposal, Matching), Trouble> {
    let proposal = session.tx.latest_proposal(season.id).await?.ok_or(Refusal::NothingToPublish)?;
    if proposal.published_at.is_some() {
        return Err(Refusal::AlreadyPublished.into());
    }
    let matching = read(proposal.body.clone())?;
    if matching.pairs.is_empty() { Err(Refusal::NothingToPublish.into()) } else { Ok((proposal, matching)) }
}

/// Accepted people who are still here. Somebody whose mentee's place is taken is left out by [`problem`].
async fn accepted(session: &mut Session<'_>, season: &Season) -> Result<People, Trouble> {
    let mut people = everybody(session, season).await?;
    people.retain(|_, (application, person)| application.state == ApplicationState::Accepted && person.present);
    Ok(people)
}

async fn everybody(session: &mut Session<'_>, season: &Season) -> Result<People, Trouble> {
    let all = session.tx.applications(season.id).await?;
    Ok(all.into_iter().map(|(application, person)| (person.id, (application, person))).collect())
}

/// Everybody who waits for a match, with the places that live pairs leave.
async fn problem(session: &mut Session<'_>, season: &Season, people: &People) -> Result<Problem, Trouble> {
    let live: Vec<Pair> = session.tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()).collect();
    let taken: BTreeSet<PersonId> = live.iter().map(|pair| pair.mentee).collect();
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for (id, (application, person)) in people {
        let Some(answers) = &application.answers else { continue };
        let mut candidate = Candidate::from_answers(*id, &person.name, application.role, &season.program, answers);
        match application.role {
            Role::Mentee if taken.contains(id) => {}
            Role::Mentee => mentees.push(candidate),
            Role::Mentor => {
                let held = live.iter().filter(|pair| pair.mentor == *id).count();
                candidate.capacity = candidate.capacity.saturating_sub(u32::try_from(held).unwrap_or(u32::MAX));
                mentors.push(candidate);
            }
        }
    }
    let previous = proposed_before(session, season).await?;
    let policy = Policy { keep: if previous.is_empty() { Keep::None } else { Keep::Bonus }, ..Policy::default() };
    let (pinned, forbidden) = (BTreeSet::new(), BTreeSet::new());
    Ok(Problem { mentees, mentors, pinned, forbidden, previous, policy, rule: season.program.matching })
}

/// The pairs that coordinators have looked at but not published: a new proposal changes them for a reason only.
async fn proposed_before(session: &mut Session<'_>, season: &Season) -> Result<BTreeSet<PairKey>, Trouble> {
    let latest = session.tx.latest_proposal(season.id).await?;
    let Some(open) = latest.filter(|proposal| proposal.published_at.is_none()) else { return Ok(BTreeSet::new()) };
    Ok(read(open.body)?.pairs.iter().map(|pair| pair.pair).collect())
}

async fn introduce(
    session: &mut Session<'_>,
    program: &Program,
    pair: &Pair,
    reasons: &[matching::Reason],
    people: &People,
) -> Result<(), Trouble> {
    let (mentor_application, mentor) = &people[&pair.mentor];
    let (mentee_application, mentee) = &people[&pair.mentee];
    let language = shared_lang(lang(mentor.locale.as_deref()), lang(mentee.locale.as_deref()));
    let voice = session.voice_in(language);
    let mentor_answers = mentor_application.answers.clone().unwrap_or_default();
    let mentee_answers = mentee_application.answers.clone().unwrap_or_default();
    let message = voice.introduction(&Introduction {
        program,
        mentor: Side { user: &mentor.user, name: &mentor.name, role: Role::Mentor, answers: &mentor_answers },
        mentee: Side { user: &mentee.user, name: &mentee.name, role: Role::Mentee, answers: &mentee_answers },
        reasons,
    });
    let key = format!("intro:{}", pair.id);
    let room = Room {
        key: key.clone(),
        name: Voice::room_name(&mentor.name, &mentee.name),
        topic: voice.room_topic(program),
        members: vec![mentor.user.clone(), mentee.user.clone()],
    };
    let due_at = civil_for(program, &[zone_of(mentor, program), zone_of(mentee, program)], session.now);
    session.enqueue(key, due_at, Effect::Introduce { pair: pair.id, room, message }).await?;
    Ok(())
}

/// Nobody is left without an answer.
async fn tell_unmatched(
    session: &mut Session<'_>,
    season: &Season,
    id: ProposalId,
    matching: &Matching,
    people: &People,
) -> Result<usize, Trouble> {
    let left: Vec<(&PersonId, &WhyUnmatched)> =
        matching.unmatched_mentees.iter().chain(&matching.unmatched_mentors).collect();
    for (person, why) in &left {
        if let Some((_, person)) = people.get(person) {
            let message = session.voice_to(person).unmatched(&season.program, why);
            session.tell(format!("unmatched:{id}:{}", person.id), person, message).await?;
        }
    }
    Ok(left.len())
}

fn view(session: &Session<'_>, program: &Program, matching: &Matching, people: &People) -> crate::chat::Message {
    let user = |person: &PersonId| people.get(person).map(|(_, person)| person.user.clone());
    let pairs: Vec<ProposalView> = matching
        .pairs
        .iter()
        .filter_map(|proposed| {
            Some(ProposalView {
                mentee: user(&proposed.pair.mentee)?,
                mentor: user(&proposed.pair.mentor)?,
                score: i64::from(proposed.fit.total()),
                reasons: proposed.reasons.clone(),
            })
        })
        .collect();
    let left: Vec<_> = matching
        .unmatched_mentees
        .iter()
        .chain(&matching.unmatched_mentors)
        .filter_map(|(person, why)| Some((user(person)?, why.clone())))
        .collect();
    session.voice().proposal(program, &pairs, &left)
}
