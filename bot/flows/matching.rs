//! Proposing pairs, looking at them, and publishing them in one go.

use std::collections::{BTreeMap, BTreeSet};

use plsep_domain::matching::{
    self, Candidate, Keep, Matching, PairKey, Policy, Problem, ProposedPair, Ruling, WhyUnmatched,
};
use plsep_domain::permission::Coordinator;
use plsep_domain::{ApplicationState, EndReason, PersonId, Phase, Program, ProposalId, Refusal, Role};

use super::closing::{Farewell, end_pair};
use super::places::room;
use super::{Fault, Session, Trouble, civil_for};
use crate::chat::{Message, Reply, UserRef};
use crate::store::{Application, Effect, NewPair, Pair, Person, Proposal, Ruled, Season, progress_key};
use crate::words::{
    BetterView, Considered, ContestView, Introduction, Left, ProposalPage, ProposalView, PublishPlan, PublishProgress,
    RuledView, Side, shared_lang,
};

pub(super) type People = BTreeMap<PersonId, (Application, Person)>;

/// Computes a proposal and keeps it. Nobody is told.
pub(super) async fn propose(session: &mut Session<'_>, proof: &Coordinator) -> Result<Reply, Trouble> {
    Ok(Reply::Private(propose_now(session, proof).await?))
}

/// The same, for a message of any kind.
pub(super) async fn propose_now(session: &mut Session<'_>, proof: &Coordinator) -> Result<Message, Trouble> {
    let season = session.season()?;
    applications_are_closed(session, &season)?;
    let people = accepted(session, &season).await?;
    let problem = problem(session, &season, &people).await?;
    let published = if problem.policy.keep == Keep::Published { problem.previous.clone() } else { BTreeSet::new() };
    let matching = matching::propose(&problem)?.beside(&published);
    let body = serde_json::to_value(&matching)
        .map_err(|error| Fault::Unreadable { what: "a proposal", why: error.to_string() })?;
    let id = session.tx.save_proposal(season.id, &body, session.now).await?;
    let detail = serde_json::json!({ "pairs": matching.pairs.len() });
    session.audit(proof, "match.propose", format!("proposal:{id}"), detail).await?;
    view(session, &season, &matching, &people, (false, 0)).await
}

/// Matching waits until nobody can apply any more.
pub(super) fn applications_are_closed(session: &Session<'_>, season: &Season) -> Result<(), Refusal> {
    if matches!(session.phase(&season.program), Phase::Draft | Phase::ApplicationsOpen) {
        let closes_at = season.program.calendar.instant(plsep_domain::DateName::ApplicationsClose);
        return Err(Refusal::ApplicationsStillOpen { closes_at });
    }
    Ok(())
}

pub(super) async fn show(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    Ok(Reply::Private(page(session, 0).await?))
}

/// Another page in the place of the one that is read.
pub(super) async fn turn_to(session: &mut Session<'_>, _proof: &Coordinator, to: u16) -> Result<Reply, Trouble> {
    Ok(Reply::Replace(page(session, to).await?))
}

async fn page(session: &mut Session<'_>, page: u16) -> Result<Message, Trouble> {
    let season = session.season()?;
    let (proposal, matching) = latest(session, &season).await?;
    let people = everybody(session, &season).await?;
    view(session, &season, &matching, &people, (proposal.published_at.is_some(), page)).await
}

/// The latest proposal, published or not, and what it holds, which is taken out of it.
pub(super) async fn latest(session: &mut Session<'_>, season: &Season) -> Result<(Proposal, Matching), Trouble> {
    let mut proposal = session.tx.latest_proposal(season.id).await?.ok_or(Refusal::NothingToPublish)?;
    let matching = read(proposal.body.take())?;
    Ok((proposal, matching))
}

pub(super) async fn ask_publish(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (proposal, matching) = open_proposal(session, &season).await?;
    let people = accepted(session, &season).await?;
    let left = not_told_yet(session, &season, &matching).await?.len();
    let parted = matching.parted.len();
    let person = |id: &PersonId| people.get(id).map(|(_, person)| person);
    let leaves = matching.pairs.iter().filter_map(|pair| {
        let readers = [person(&pair.pair.mentor)?, person(&pair.pair.mentee)?];
        Some(civil_for(&season.program, readers, session.now))
    });
    let plan = PublishPlan {
        pairs: matching.pairs.len(),
        parted,
        left,
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
    part(session, &season, &matching).await?;
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
    let left = tell_unmatched(session, &season, &matching, &people).await?;
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
    let (proposal, matching) = latest(session, season).await?;
    if proposal.published_at.is_some() {
        return Err(Refusal::AlreadyPublished.into());
    }
    if matching.pairs.is_empty() && matching.parted.is_empty() {
        Err(Refusal::NothingToPublish.into())
    } else {
        Ok((proposal, matching))
    }
}

/// Accepted people who are still here.
pub(super) async fn accepted(session: &mut Session<'_>, season: &Season) -> Result<People, Trouble> {
    let mut people = everybody(session, season).await?;
    people.retain(|_, (application, person)| application.state == ApplicationState::Accepted && person.present);
    Ok(people)
}

pub(super) async fn everybody(session: &mut Session<'_>, season: &Season) -> Result<People, Trouble> {
    let all = session.tx.applications(season.id).await?;
    Ok(all.into_iter().map(|(application, person)| (person.id, (application, person))).collect())
}

/// Everybody who can be in a pair. Published pairs are earlier pairs, of which as many as possible are kept; one of
/// somebody who has left the community stays as it is until a coordinator knows more.
pub(super) async fn problem(session: &mut Session<'_>, season: &Season, people: &People) -> Result<Problem, Trouble> {
    let pairs = session.tx.pairs(season.id).await?;
    let is_live = |pair: &&Pair| pair.state.is_live();
    let live = pairs.iter().filter(is_live).map(key_of).collect::<BTreeSet<_>>();
    let returning = returning(&pairs);
    let here = |pair: &PairKey| people.contains_key(&pair.mentee) && people.contains_key(&pair.mentor);
    let (published, fixed): (BTreeSet<PairKey>, BTreeSet<PairKey>) = live.into_iter().partition(here);
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for (id, (application, person)) in people {
        let Some(answers) = &application.answers else { continue };
        let mut candidate = Candidate::from_answers(*id, &person.name, application.role, &season.program, answers);
        match application.role {
            Role::Mentee if fixed.iter().any(|pair| pair.mentee == *id) => {}
            Role::Mentee => mentees.push(candidate),
            Role::Mentor => {
                let held = fixed.iter().filter(|pair| pair.mentor == *id).count()
                    + pairs.iter().filter(|pair| pair.mentor == *id && pair.mentor_rests).count();
                candidate.capacity = candidate.capacity.saturating_sub(u32::try_from(held).unwrap_or(u32::MAX));
                mentors.push(candidate);
            }
        }
    }
    let (keep, previous) = match published.is_empty() {
        false => (Keep::Published, published),
        true => {
            let previous = proposed_before(session, season).await?;
            (if previous.is_empty() { Keep::None } else { Keep::Bonus }, previous)
        }
    };
    let policy = Policy { keep, ..Policy::default() };
    // What was decided about somebody who is gone binds nobody.
    let here = |among: &[Candidate], person| among.iter().any(|candidate| candidate.person == person);
    let (mut pinned, mut forbidden) = (BTreeSet::new(), BTreeSet::new());
    for Ruled { pair, ruling } in session.tx.rulings(season.id).await? {
        if here(&mentees, pair.mentee) && here(&mentors, pair.mentor) {
            match ruling {
                Ruling::Pinned => pinned.insert(pair),
                Ruling::Forbidden => forbidden.insert(pair),
            };
        }
    }
    let rule = season.program.matching;
    Ok(Problem { mentees, mentors, pinned, forbidden, previous, returning, policy, rule })
}

/// The mentees who had a mentor, lost them through no step of their own, and have no other.
fn returning(pairs: &[Pair]) -> BTreeSet<PersonId> {
    let comes_back = |pair: &&Pair| pair.state.end_reason().is_some_and(EndReason::comes_back_first);
    let mut returning: BTreeSet<PersonId> = pairs.iter().filter(comes_back).map(|pair| pair.mentee).collect();
    for pair in pairs.iter().filter(|pair| pair.state.is_live()) {
        returning.remove(&pair.mentee);
    }
    returning
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
    let language = shared_lang(mentor.lang(), mentee.lang());
    let voice = session.voice_in(language);
    let mentor_answers = mentor_application.answers.clone().unwrap_or_default();
    let mentee_answers = mentee_application.answers.clone().unwrap_or_default();
    let message = voice.introduction(&Introduction {
        program,
        pair: pair.id,
        mentor: Side {
            user: &mentor.user,
            name: &mentor.name,
            zone: mentor.zone(program),
            role: Role::Mentor,
            answers: &mentor_answers,
        },
        mentee: Side {
            user: &mentee.user,
            name: &mentee.name,
            zone: mentee.zone(program),
            role: Role::Mentee,
            answers: &mentee_answers,
        },
        reasons,
    });
    let key = format!("intro:{}", pair.id);
    let room = room(&voice, program, key.clone(), (mentor, mentee));
    let due_at = civil_for(program, [mentor, mentee], session.now);
    session.enqueue(key, due_at, Effect::Introduce { pair: pair.id, room, message }).await?;
    Ok(())
}

/// Nobody is left without an answer. Who has been told in an earlier publication is not told again. Returns how many
/// are told.
async fn tell_unmatched(
    session: &mut Session<'_>,
    season: &Season,
    matching: &Matching,
    people: &People,
) -> Result<usize, Trouble> {
    let left = not_told_yet(session, season, matching).await?;
    for (person, why) in &left {
        if let Some((_, person)) = people.get(person) {
            let message = session.voice_to(person).unmatched(&season.program, why);
            session.tell(format!("{}{}", unmatched_keys(season), person.id), person, message).await?;
        }
    }
    Ok(left.len())
}

/// With what the keys of the messages to those without a match begin.
fn unmatched_keys(season: &Season) -> String {
    format!("unmatched:season:{}:", season.id)
}

/// Who is left without a match and has not been told so.
async fn not_told_yet(
    session: &mut Session<'_>,
    season: &Season,
    matching: &Matching,
) -> Result<Vec<(PersonId, WhyUnmatched)>, Trouble> {
    let keys = unmatched_keys(season);
    let told: BTreeSet<String> = session.tx.effect_keys(session.community.id, &keys).await?.into_iter().collect();
    // A mentor who has no place left waits for nobody.
    let mentors = matching.unmatched_mentors.iter().filter(|(_, why)| **why != WhyUnmatched::NoPlace);
    let left = matching.unmatched_mentees.iter().chain(mentors);
    let left = left.filter(|(person, _)| !told.contains(&format!("{keys}{person}")));
    Ok(left.map(|(person, why)| (*person, why.clone())).collect())
}

async fn live_pairs(session: &mut Session<'_>, season: &Season) -> Result<Vec<Pair>, Trouble> {
    Ok(session.tx.pairs(season.id).await?.into_iter().filter(|pair| pair.state.is_live()).collect())
}

fn key_of(pair: &Pair) -> PairKey {
    PairKey { mentee: pair.mentee, mentor: pair.mentor }
}

/// Ends the published pairs that part for a proposal, decently. What has changed since it was made makes it too old.
async fn part(session: &mut Session<'_>, season: &Season, matching: &Matching) -> Result<(), Trouble> {
    let mut live = live_pairs(session, season).await?;
    for key in &matching.parted {
        let place = live.iter().position(|pair| key_of(pair) == *key).ok_or(Refusal::Expired)?;
        let pair = live.swap_remove(place);
        let (mentor, mentee) = (session.tx.person(pair.mentor).await?, session.tx.person(pair.mentee).await?);
        let language = shared_lang(mentor.lang(), mentee.lang());
        let message = session.voice_in(language).pair_ended(&season.program);
        let due_at = civil_for(&season.program, [&mentor, &mentee], session.now);
        end_pair(&mut session.tx, &pair, EndReason::Rematched, &Farewell { message, due_at }, session.now).await?;
    }
    let taken = |mentee: PersonId| live.iter().any(|pair| pair.mentee == mentee);
    if matching.pairs.iter().any(|pair| taken(pair.pair.mentee)) { Err(Refusal::Expired.into()) } else { Ok(()) }
}

async fn view(
    session: &mut Session<'_>,
    season: &Season,
    matching: &Matching,
    people: &People,
    (published, page): (bool, u16),
) -> Result<Message, Trouble> {
    let ruled = session.tx.rulings(season.id).await?.into_iter().filter_map(|Ruled { pair, ruling }| {
        Some(RuledView { mentee: user(people, pair.mentee)?, mentor: user(people, pair.mentor)?, ruling })
    });
    let unmatched = matching.unmatched_mentees.iter().chain(&matching.unmatched_mentors);
    let parted = matching.parted.iter().filter_map(|pair| {
        let to = matching.pairs.iter().find(|it| it.pair.mentee == pair.mentee).map(|it| it.pair.mentor);
        Some((user(people, pair.mentee)?, user(people, pair.mentor)?, to.and_then(|mentor| user(people, mentor))))
    });
    let shown = ProposalPage {
        parted: parted.collect(),
        pairs: matching.pairs.iter().filter_map(|pair| pair_view(people, pair)).collect(),
        left: unmatched.filter_map(|(person, why)| left_view(matching, people, *person, why)).collect(),
        ruled: ruled.collect(),
        published,
        page,
    };
    Ok(session.voice().proposal(&season.program, &shown))
}

/// What a proposal says about one person; nothing where they are not in it.
pub(super) fn considered(matching: &Matching, people: &People, person: &Person) -> Option<Considered> {
    if let Some(proposed) = matching.pairs.iter().find(|it| it.pair.mentee == person.id) {
        let standing = proposed.standing.iter().flat_map(|standing| &standing.better);
        let better = standing.filter_map(|better| {
            let held_by = better.held_by.iter().filter_map(|mentee| user(people, *mentee)).collect();
            Some(BetterView { mentor: user(people, better.mentor)?, score: better.score, held_by, stake: better.stake })
        });
        let better = better.collect();
        return Some(Considered::Mentee { pair: pair_view(people, proposed)?, fit: proposed.fit, better });
    }
    let pairs: Vec<_> = matching.pairs.iter().filter(|it| it.pair.mentor == person.id).collect();
    if !pairs.is_empty() {
        let pairs = pairs.into_iter().filter_map(|pair| pair_view(people, pair)).collect();
        return Some(Considered::Mentor { user: person.user.clone(), pairs });
    }
    let why = matching.unmatched_mentees.get(&person.id).or_else(|| matching.unmatched_mentors.get(&person.id))?;
    left_view(matching, people, person.id, why).map(Considered::Left)
}

/// How the platform knows one of these people.
pub(super) fn user(people: &People, person: PersonId) -> Option<UserRef> {
    people.get(&person).map(|(_, person)| person.user.clone())
}

fn pair_view(people: &People, proposed: &ProposedPair) -> Option<ProposalView> {
    Some(ProposalView {
        mentee: user(people, proposed.pair.mentee)?,
        mentor: user(people, proposed.pair.mentor)?,
        score: i64::from(proposed.fit.total()),
        reasons: proposed.reasons.clone(),
        choice: proposed.standing.as_ref().map(|standing| (standing.rank, standing.of)),
    })
}

fn left_view(matching: &Matching, people: &People, person: PersonId, why: &WhyUnmatched) -> Option<Left> {
    let users = |all: &[PersonId]| all.iter().filter_map(|person| user(people, *person)).collect();
    let contest = match why {
        WhyUnmatched::Contested { contest: Some(number), .. } => matching.contests.get(*number),
        _ => None,
    };
    let contest = contest.map(|contest| ContestView {
        mentees: users(&contest.mentees),
        mentors: users(&contest.mentors),
        places: contest.places,
    });
    Some(Left { user: user(people, person)?, why: why.clone(), contest })
}
