//! Pairs that somebody should write to, the longest wait first. Judges nothing itself, and tells the pairs nothing.

use plsep_domain::Standing;
use plsep_domain::permission::Coordinator;
use plsep_domain::watch::{self, StuckFacts};

use super::super::month::{self, Month, every_month};
use super::super::silence::Lives;
use crate::chat::Reply;
use crate::flows::Trouble;
use crate::flows::session::Session;
use crate::store::{IntroducedPair, every_pair};
use crate::words::StuckLine;

pub(in crate::flows) async fn stuck(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let (program, everybody) = (&season.program, every_pair());
    let months = every_month(&mut session.tx, &season, &everybody).await?;
    let lives = Lives::read(&mut session.tx, &season, session.now).await?;
    let people = month::people(&mut session.tx, season.id, &everybody).await?;
    let mut lines = Vec::new();
    for pair in session.tx.introduced_pairs(season.id, &everybody).await? {
        let facts = facts(&months, &lives, &pair);
        let calendar = program.calendar.until(pair.agreed_until);
        let Some((why, since)) = watch::stuck(&facts, &program.watch, &calendar, session.now) else { continue };
        let (Some(mentor), Some(mentee)) = (people.get(&pair.mentor), people.get(&pair.mentee)) else { continue };
        lines.push(StuckLine {
            pair: pair.id,
            people: (mentor.user.clone(), mentee.user.clone()),
            names: (mentor.name.clone(), mentee.name.clone()),
            why,
            since,
        });
    }
    lines.sort_by_key(|line| (line.since, line.pair));
    Ok(Reply::Private(session.voice().stuck_pairs(&lines, &program.watch, &session.limits())))
}

/// What is known of a pair, with how it stood in the latest month of which anything is.
fn facts(months: &[Month], lives: &Lives, pair: &IntroducedPair) -> StuckFacts {
    let mut known = months.iter().rev().map(|month| {
        let (standing, _) = month.standing(pair.id, pair.mentor, pair.mentee);
        (standing, month.last_said(pair.id, standing))
    });
    StuckFacts {
        life: lives.facts(pair),
        has_met: months.iter().any(|month| month.has_met(pair)),
        latest: known.find(|(standing, _)| *standing != Standing::Waiting),
    }
}
