//! How many took part: signed, answered the monthly question, said how they find the fit, gave the closing survey. Numbers
//! by role, and nobody's name.

use std::collections::BTreeSet;

use plsep_domain::Role::{Mentee, Mentor};
use plsep_domain::figures::Turnout;
use plsep_domain::permission::Coordinator;
use plsep_domain::{Occasion, PersonId};

use crate::chat::Reply;
use crate::flows::Trouble;
use crate::flows::session::Session;
use crate::store::{StoreError, every_pair};
use crate::words::Participation;

use super::facts::Known;

pub(in crate::flows) async fn participation(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let known = Known::read(&mut session.tx, season, session.now).await?;
    let signed = session.tx.signatures(known.season.id).await?.into_iter().map(|(person, _)| person).collect();
    let given = session.tx.surveys(known.season.id).await?;
    let given: BTreeSet<PersonId> = given.into_iter().filter(|it| it.given_at.is_some()).map(|it| it.person).collect();
    let participation = Participation {
        signed: of_people(&known, &signed),
        months: months(session, &known).await?,
        fits: fits(session, &known).await?,
        survey: if given.is_empty() { Turnout::default() } else { of_people(&known, &given) },
    };
    Ok(Reply::Private(session.voice().participation(&known.season.program, session.now, &participation)))
}

/// Of the people of the pairs that go on or came to their good end, how many are among these.
fn of_people(known: &Known, done: &BTreeSet<PersonId>) -> Turnout {
    let facts = known.facts();
    let pairs = || facts.pairs.iter().filter(|pair| pair.counts());
    let mentees: BTreeSet<PersonId> = pairs().map(|pair| pair.mentee).collect();
    let mentors: BTreeSet<PersonId> = pairs().map(|pair| pair.mentor).collect();
    let of =
        |role, people: BTreeSet<PersonId>| people.into_iter().map(move |person| (role, true, done.contains(&person)));
    Turnout::of(of(Mentee, mentees).chain(of(Mentor, mentors)))
}

/// The monthly question, month by month.
async fn months(session: &mut Session<'_>, known: &Known) -> Result<Vec<(plsep_domain::Period, Turnout)>, StoreError> {
    let (season, everybody) = (known.season.id, every_pair());
    let mut all = Vec::new();
    for period in known.season.program.calendar.periods() {
        let said = session.tx.answers_in(season, period, &everybody).await?;
        let asked = session.tx.nudges_in(season, period, &everybody).await?;
        let of = known.pairs.iter().flat_map(|pair| {
            let answered = |person| said.iter().any(|(of, given)| *of == pair.id && given.person == person);
            let mut asks = (false, false);
            for (_, nudge) in asked.iter().filter(|(of, _)| *of == pair.id) {
                asks = (asks.0 || nudge.to_mentee, asks.1 || nudge.to_mentor);
            }
            [(Mentee, asks.0, answered(pair.mentee)), (Mentor, asks.1, answered(pair.mentor))]
        });
        all.push((period, Turnout::of(of)));
    }
    Ok(all)
}

/// How they find the fit, for each time it is asked.
async fn fits(session: &mut Session<'_>, known: &Known) -> Result<Vec<(Occasion, Turnout)>, StoreError> {
    let pulses = session.tx.pulses(known.season.id).await?;
    let fit = |occasion| {
        let of = pulses.iter().filter(|pulse| pulse.occasion == occasion).filter_map(|pulse| {
            let pair = known.pairs.iter().find(|pair| pair.id == pulse.pair)?;
            let role = if pulse.person == pair.mentor { Mentor } else { Mentee };
            Some((role, true, pulse.answer.is_some()))
        });
        (occasion, Turnout::of(of))
    };
    Ok(Occasion::ALL.into_iter().map(fit).collect())
}
