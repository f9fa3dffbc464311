//! The certificate of whoever took part to the end: with the farewell, and whenever they ask for it afterwards. A pair
//! that ended before the run did gets none, and is told so kindly: a paper that says less than it seems to helps nobody.

use std::ops::RangeInclusive;

use plsep_domain::{Answer, DateName, EndReason, Meaning, PairId, Refusal, Role, Together};

use super::month::{every_month, together};
use super::{Fault, Flows, Session, Trouble};
use crate::chat::{File, Reply};
use crate::reports::{self, CertificateWords};
use crate::store::{Pair, Person, Season, StoreError, Tx, every_pair, latest_agreed};
use crate::words::{CertificateFacts, Voice};

/// Hands somebody their certificate.
pub(super) async fn get(session: &mut Session<'_>) -> Result<Reply, Trouble> {
    let me = session.person.clone();
    let (season, pairs) = latest(session, &me).await?;
    let months = every_month(&mut session.tx, &season, &among(&pairs)).await?;
    let facts = facts(&mut session.tx, &season, &me, together(&months, &pairs), &pairs).await?;
    let file = file(session.flows, &season, &me, &facts)?;
    let message = session.voice().certificate_note(&facts).with_file(file);
    let key = format!("certificate:{}:{}", me.id, session.now.timestamp_micros());
    let on_its_way = session.voice().certificate_on_its_way();
    Ok(session.hand_over(key, message, on_its_way).await?)
}

/// The latest season in which somebody took part to the end, with their pairs of it: also when another has been set up
/// since. Whoever is in a pair waits for the end of it.
async fn latest(session: &mut Session<'_>, me: &Person) -> Result<(Season, Vec<Pair>), Trouble> {
    let current = session.season()?;
    for season in session.tx.seasons_of(session.community.id).await? {
        let mut pairs = session.tx.pairs_of(season.id, me.id).await?;
        // Where coordinators let a pair go on, the season ends later for the two.
        let season = season.until(latest_agreed(&pairs));
        if season.id == current.id && pairs.iter().any(|pair| pair.state.is_live()) {
            let comes_at = season.program.calendar.instant(DateName::RunsUntil);
            return Err(Refusal::CertificateNotYet { comes_at }.into());
        }
        pairs.retain(|pair| pair.state.end_reason() == Some(EndReason::Completed));
        if !pairs.is_empty() {
            return Ok((season, pairs));
        }
    }
    Err(Refusal::NoCertificate.into())
}

/// The numbers of these pairs, and of those between them.
fn among(pairs: &[Pair]) -> RangeInclusive<PairId> {
    match (pairs.iter().map(|pair| pair.id).min(), pairs.iter().map(|pair| pair.id).max()) {
        (Some(first), Some(last)) => first..=last,
        _ => every_pair(),
    }
}

/// What a certificate says of somebody, how often they met, and the pairs in which they took part to the end.
pub(super) async fn facts(
    tx: &mut Tx,
    season: &Season,
    person: &Person,
    together: Together,
    pairs: &[Pair],
) -> Result<CertificateFacts, StoreError> {
    let program = &season.program;
    let role = if pairs.iter().any(|pair| pair.mentor == person.id) { Role::Mentor } else { Role::Mentee };
    let signed = tx.signature(season.id, person.id).await?.map(|signature| signature.typed_name);
    let answers = tx.application_of(season.id, person.id).await?.and_then(|application| application.answers);
    let library = program.meaning(Meaning::LibrarySystem, role).and_then(|question| {
        Some(match answers?.get(&question.key)? {
            Answer::Text(text) => text.clone(),
            chosen => question.option(chosen.chosen().first()?)?.label.get(person.lang()).to_owned(),
        })
    });
    let name = signed.filter(|name| !name.is_empty()).unwrap_or_else(|| person.name.clone());
    let issued_at = program.calendar.instant(DateName::RunsUntil);
    Ok(CertificateFacts { name, role, library, together, issued_at })
}

/// The certificate as a file. It is dated on the end of the run, so that it is the same whenever it is asked for.
pub(super) fn file(flows: &Flows, season: &Season, person: &Person, facts: &CertificateFacts) -> Result<File, Fault> {
    let voice: Voice<'_> = flows.voice(Some(&season.program), person.lang());
    let words = voice.certificate(&season.program, facts);
    let words = CertificateWords {
        lang: person.lang().code(),
        title: words.title,
        program: words.program,
        before_name: words.before_name,
        name: facts.name.clone(),
        lines: words.lines,
        issued: words.issued,
        office: words.office,
    };
    let content = reports::certificate(&words)
        .map_err(|error| Fault::Unreadable { what: "a certificate", why: format!("{error:?}") })?;
    let alt = Some(voice.certificate_alt(&season.program));
    Ok(File { name: "certificate.pdf".to_owned(), media: "application/pdf".to_owned(), alt, content })
}
