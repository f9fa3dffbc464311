//! What coordinators decide about pairs before they publish: a pin, two people kept apart, a swap, one more place. Each
//! shows first what it would cost or gain, and ends in a new proposal. Only a mentor who is asked hears of it.

use plsep_domain::application::parse_answer;
use plsep_domain::matching::{self, Change, Difference, Move, PairKey, Problem, Ruling};
use plsep_domain::permission::Coordinator;
use plsep_domain::{Answers, ApplicationState, Meaning, PersonId, Program, Refusal, Role};

use super::matching::{
    People, accepted, applications_are_closed, considered, everybody, latest, problem, propose_now, user,
};
use super::{Session, Trouble};
use crate::chat::{Invocation, Reply, UserRef};
use crate::store::{AuditWho, Person, Ruled, Season};
use crate::words::{Deed, Question, Weighed};

/// What the latest proposal says about one person, and why.
pub(super) async fn why(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (_, matching) = latest(session, &season).await?;
    let person = named(session, invocation, "person").await?;
    let people = everybody(session, &season).await?;
    let considered = considered(&matching, &people, &person).ok_or(Refusal::NotInProposal)?;
    Ok(Reply::Private(session.voice().considered(&season.program, &considered)))
}

/// Asks whether a pair is to be made, or to be kept apart.
pub(super) async fn ask_ruling(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
    ruling: Ruling,
) -> Result<Reply, Trouble> {
    let table = Table::of(session).await?;
    let mentee = table.named(session, invocation, "mentee", Role::Mentee).await?;
    let mentor = table.named(session, invocation, "mentor", Role::Mentor).await?;
    let pair = (mentee.id, mentor.id);
    let (mentee, mentor) = (mentee.user, mentor.user);
    let (question, change, confirm) = match ruling {
        Ruling::Pinned => (Question::Pin { mentee, mentor }, Change::Force(pair.0, pair.1), Deed::Pin(vec![pair])),
        Ruling::Forbidden => {
            (Question::Forbid { mentee, mentor }, Change::Forbid(pair.0, pair.1), Deed::Forbid(pair.0, pair.1))
        }
    };
    table.ask(session, &question, &[change], Some(confirm))
}

/// Two mentees exchange the mentors that the latest proposal gives them.
pub(super) async fn ask_swap(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let table = Table::of(session).await?;
    let one = table.named(session, invocation, "one", Role::Mentee).await?;
    let other = table.named(session, invocation, "other", Role::Mentee).await?;
    let (_, proposed) = latest(session, &table.season).await?;
    let mentor_of =
        |mentee: &Person| proposed.pairs.iter().find(|it| it.pair.mentee == mentee.id).map(|it| it.pair.mentor);
    let (Some(first), Some(second)) = (mentor_of(&one), mentor_of(&other)) else {
        return Err(Refusal::NotInProposal.into());
    };
    let (Some(first_user), Some(second_user)) = (user(&table.people, first), user(&table.people, second)) else {
        return Err(Refusal::Expired.into());
    };
    let swapped = vec![(one.id, second), (other.id, first)];
    let changes: Vec<_> = swapped.iter().map(|(mentee, mentor)| Change::Force(*mentee, *mentor)).collect();
    let question = Question::Swap { one: (one.user, second_user), other: (other.user, first_user) };
    table.ask(session, &question, &changes, Some(Deed::Pin(swapped)))
}

/// What one more place would gain. Where the form knows a greater number, the mentor can be asked for it.
pub(super) async fn ask_one_more(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let table = Table::of(session).await?;
    let mentor = table.named(session, invocation, "mentor", Role::Mentor).await?;
    let answers = table.people.get(&mentor.id).and_then(|(application, _)| application.answers.as_ref());
    let more = answers.and_then(|answers| with_one_more(&table.season.program, answers));
    let confirm = more.map(|_| Deed::AskOneMore(mentor.id));
    table.ask(session, &Question::OneMore { mentor: mentor.user }, &[Change::AddPlace(mentor.id)], confirm)
}

/// Takes back what was decided about a pair, and proposes anew.
pub(super) async fn release(
    session: &mut Session<'_>,
    proof: &Coordinator,
    invocation: &Invocation,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (mentee, mentor) = (named(session, invocation, "mentee").await?, named(session, invocation, "mentor").await?);
    let pair = PairKey { mentee: mentee.id, mentor: mentor.id };
    if !session.tx.release(season.id, pair).await? {
        return Err(Refusal::NothingRuled.into());
    }
    session.audit(proof, "match.release", subject(pair), serde_json::Value::Null).await?;
    Ok(Reply::Private(propose_now(session, proof).await?))
}

/// Keeps what was decided about these pairs, and proposes anew.
pub(super) async fn rule(
    session: &mut Session<'_>,
    proof: &Coordinator,
    pairs: &[(PersonId, PersonId)],
    ruling: Ruling,
) -> Result<Reply, Trouble> {
    let table = Table::of(session).await?;
    for (mentee, mentor) in pairs.iter().copied() {
        if !table.waits(mentee, Role::Mentee) || !table.waits(mentor, Role::Mentor) {
            // Somebody withdrew since the button was shown.
            return Err(Refusal::Expired.into());
        }
        let pair = PairKey { mentee, mentor };
        session.tx.rule(table.season.id, Ruled { pair, ruling }, proof.person(), session.now).await?;
        let action = match ruling {
            Ruling::Pinned => "match.pin",
            Ruling::Forbidden => "match.forbid",
        };
        session.audit(proof, action, subject(pair), serde_json::Value::Null).await?;
    }
    Ok(Reply::Replace(propose_now(session, proof).await?))
}

/// Asks a mentor whether they can take one more.
pub(super) async fn ask_mentor(
    session: &mut Session<'_>,
    proof: &Coordinator,
    mentor: PersonId,
) -> Result<Reply, Trouble> {
    let table = Table::of(session).await?;
    let Some((application, mentor)) = table.people.get(&mentor).filter(|_| table.waits(mentor, Role::Mentor)) else {
        return Err(Refusal::Expired.into());
    };
    let answers = application.answers.clone().unwrap_or_default();
    let capacity = capacity(&table.season.program, &answers);
    let waiting = matching::propose(&table.problem)?.unmatched_mentees.len();
    let message = session.voice_to(mentor).ask_one_more(waiting, capacity);
    // Pressed again, it is the same question; a later proposal may ask anew.
    let proposal = session.tx.latest_proposal(table.season.id).await?.map_or(0, |proposal| proposal.id.get());
    session.tell(format!("one-more:{proposal}:{}:{capacity}", mentor.id), mentor, message).await?;
    let subject = format!("person:{}", mentor.id);
    session.audit(proof, "match.ask-one-more", subject, serde_json::json!({ "capacity": capacity })).await?;
    Ok(Reply::Replace(session.voice().one_more_asked(&mentor.user)))
}

/// A mentor's answer to that: their own word, so it changes their application.
pub(super) async fn one_more(session: &mut Session<'_>, asked_at: u32, yes: bool) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let me = session.person.clone();
    let application = session.application().ok_or(Refusal::NoApplication)?;
    if application.state != ApplicationState::Accepted || application.role != Role::Mentor {
        return Err(Refusal::NotParticipant.into());
    }
    let answers = application.answers.clone().unwrap_or_default();
    if capacity(&season.program, &answers) != asked_at {
        return Err(Refusal::Expired.into());
    }
    let now_at = if yes {
        let more = with_one_more(&season.program, &answers).ok_or(Refusal::Expired)?;
        let at = application.submitted_at.unwrap_or(session.now);
        session.tx.submit_application(application.id, &more, &application.state, at, session.now).await?;
        let detail = serde_json::json!({ "from": asked_at, "to": asked_at + 1 });
        let subject = format!("application:{}", application.id);
        session.audit_as(AuditWho::Person(me.id), "match.one-more", subject, detail).await?;
        asked_at + 1
    } else {
        asked_at
    };
    let notice = session.voice_in(plsep_domain::Lang::En).one_more_notice(&me.user, yes);
    session.tell_office(format!("one-more-said:{}:{}:{asked_at}", season.id, me.id), notice).await?;
    Ok(Reply::Replace(session.voice().one_more_thanks(yes, now_at)))
}

/// What there is to match, and between whom.
struct Table {
    season: Season,
    people: People,
    problem: Problem,
}

impl Table {
    async fn of(session: &mut Session<'_>) -> Result<Self, Trouble> {
        let season = session.season()?;
        applications_are_closed(session, &season)?;
        let people = accepted(session, &season).await?;
        let problem = problem(session, &season, &people).await?;
        Ok(Self { season, people, problem })
    }

    /// Whether a person is among those who can be matched in a role.
    fn waits(&self, person: PersonId, role: Role) -> bool {
        let all = match role {
            Role::Mentee => &self.problem.mentees,
            Role::Mentor => &self.problem.mentors,
        };
        all.iter().any(|candidate| candidate.person == person)
    }

    /// Whom a command names, if they can be matched in this role.
    async fn named(
        &self,
        session: &mut Session<'_>,
        invocation: &Invocation,
        option: &str,
        role: Role,
    ) -> Result<Person, Trouble> {
        let person = named(session, invocation, option).await?;
        if self.waits(person.id, role) { Ok(person) } else { Err(Refusal::NotWaitingForMatch { role }.into()) }
    }

    /// Shows what changes would do, and asks whether to make them.
    fn ask(
        &self,
        session: &Session<'_>,
        question: &Question,
        changes: &[Change<PersonId, PersonId>],
        confirm: Option<Deed>,
    ) -> Result<Reply, Trouble> {
        let Difference { before, after, moves } = matching::weigh(&self.problem, changes)?;
        let person = |id: PersonId| user(&self.people, id);
        let moves = moves.into_iter().filter_map(|Move { mentee, from, to }| {
            Some((person(mentee)?, from.and_then(person), to.and_then(person)))
        });
        let moves: Vec<(UserRef, _, _)> = moves.collect();
        let weighed = Weighed { before, after, weak: self.problem.policy.weak, moves };
        Ok(Reply::Private(session.voice().weighed(question, &weighed, confirm.as_ref())))
    }
}

/// The person whom a command names.
async fn named(session: &mut Session<'_>, invocation: &Invocation, option: &str) -> Result<Person, Trouble> {
    let user = invocation.person(option).ok_or(Refusal::UnknownPerson)?;
    session.person_of(user).await
}

fn subject(pair: PairKey) -> String {
    format!("mentee:{} mentor:{}", pair.mentee, pair.mentor)
}

/// How many mentees a mentor has offered to take.
fn capacity(program: &Program, answers: &Answers) -> u32 {
    matching::Candidate::from_answers(PersonId::from(0), "", Role::Mentor, program, answers).capacity
}

/// The answers of a mentor who takes one more; none where the form knows no such number.
fn with_one_more(program: &Program, answers: &Answers) -> Option<Answers> {
    let question = program.meaning(Meaning::Capacity, Role::Mentor)?;
    let more = (capacity(program, answers) + 1).to_string();
    let answer = parse_answer(question, &[more]).ok()??;
    let mut changed = answers.clone();
    changed.put(&question.key, Some(answer));
    Some(changed)
}
