//! A coordinator hands in the list of participants. It is read, and what it would change is shown with its numbers;
//! nothing is taken in before they say so, and who is missing from the list stays unless they say so, too.

use std::collections::HashMap;

use chrono::TimeDelta;
use plsep_domain::permission::Coordinator;
use plsep_domain::roster::{Plan, Sheet};
use plsep_domain::{Refusal, RosterEntry, RosterImportId};

use super::roster::{self, Roll};
use super::{Session, Trouble};
use crate::chat::{Handed, Reply, Text};
use crate::sheet;
use crate::store::{ImportState, Restored, RosterImport, RosterLine};
use crate::words::{ImportDone, ImportPreview, ROSTER_FILE_FIELD};

/// How long a list waits for its answer: as long as its numbers are fresh in mind.
const ASKED_FOR: TimeDelta = TimeDelta::hours(1);

/// A file came, or is asked for.
pub(super) async fn hand_in(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    let refused = match &session.event.handed {
        None if session.limits().form_files => return Ok(Reply::Open(Box::new(session.voice().roster_form()))),
        None => return Ok(Reply::Private(session.voice().roster_file_wanted())),
        Some(Handed::TooLarge) => session.voice().roster_file_refused("too-large"),
        Some(Handed::NotFetched) => session.voice().roster_file_refused("not-fetched"),
        Some(Handed::Here { name, content }) => match sheet::read(content, &[&session.community.at.chat]) {
            Ok(sheet) => return preview(session, name, sheet, false).await,
            Err(why) => session.voice().roster_file_refused(why.key()),
        },
    };
    Ok(told_at_the_field(session, refused))
}

/// What is wrong with a file, beside the field it was picked in where there is one.
fn told_at_the_field(session: &Session<'_>, words: Text) -> Reply {
    let voice = session.voice();
    if session.limits().form_files {
        let errors = vec![(ROSTER_FILE_FIELD.to_owned(), words)];
        return Reply::Correct { form: Box::new(voice.roster_form()), errors };
    }
    Reply::Private(voice.roster_file_bad(words))
}

/// Shows what a list would change, and keeps it until the answer.
async fn preview(session: &mut Session<'_>, name: &str, sheet: Sheet, again: bool) -> Result<Reply, Trouble> {
    let community = session.community.id;
    let lines = session.tx.roster(community).await?;
    let plan = sheet.plan(&entries(&lines));
    let figures = plan.figures();
    let (losing, losing_missing) = losing(session, lines, plan).await?;
    let nothing = figures.added + figures.changed + figures.missing == 0;
    let id = match nothing {
        true => None,
        false => {
            let person = session.person.id;
            Some(session.tx.keep_roster_import(community, person, &sheet, figures, session.now).await?)
        }
    };
    let shown = ImportPreview {
        id,
        name,
        figures,
        sheet: &sheet,
        until: session.now + ASKED_FOR,
        again,
        losing,
        losing_missing,
    };
    let message = session.voice().roster_preview(&shown);
    if message.files.is_empty() {
        return Ok(if again { Reply::Replace(message) } else { Reply::Private(message) });
    }
    let key = match id {
        Some(id) => format!("roster-file:{id}"),
        None => format!("roster-file:nothing:{}:{}", session.person.id, session.now.timestamp_micros()),
    };
    let on_its_way = session.voice().roster_preview_on_its_way();
    Ok(session.hand_over(key, message, on_its_way).await?)
}

fn entries(lines: &[RosterLine]) -> Vec<RosterEntry> {
    lines.iter().map(|line| line.entry.clone()).collect()
}

/// How many who have applied would no longer be on the roster, and how many more if those missing from the list end.
async fn losing(session: &mut Session<'_>, lines: Vec<RosterLine>, plan: Plan) -> Result<(usize, usize), Trouble> {
    let Ok(season) = session.season() else { return Ok((0, 0)) };
    let after = |missing_end: bool| {
        let mut written: HashMap<String, RosterEntry> =
            plan.clone().lines(missing_end).into_iter().map(|entry| (entry.email.to_lowercase(), entry)).collect();
        // A line that is new takes nobody's place, so only those that are there count.
        let kept = lines.iter().cloned().map(|mut line| {
            if let Some(entry) = written.remove(&line.entry.email.to_lowercase()) {
                line.entry = entry;
            }
            line
        });
        Roll::of(kept.collect())
    };
    let (kept, ended) = (after(false), after(true));
    let before = Roll::of(lines);
    let kept = roster::losing(&mut session.tx, &season, &before, &kept, session.now).await?.len();
    let ended = roster::losing(&mut session.tx, &season, &before, &ended, session.now).await?.len();
    Ok((kept, ended.saturating_sub(kept)))
}

/// The list, if its question is still open.
async fn open_question(session: &mut Session<'_>, id: RosterImportId) -> Result<RosterImport, Trouble> {
    let found = session.tx.roster_import(session.community.id, id).await?;
    let fresh = |import: &RosterImport| {
        import.state == ImportState::Asked && import.sheet.is_some() && session.now < import.made_at + ASKED_FOR
    };
    found.filter(fresh).ok_or_else(|| Refusal::RosterFileGone.into())
}

/// Takes a list in as its question said; if the roster is another by now, asks anew.
pub(super) async fn take_in(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: RosterImportId,
    missing_end: bool,
) -> Result<Reply, Trouble> {
    let import = open_question(session, id).await?;
    let sheet = import.sheet.ok_or(Refusal::RosterFileGone)?;
    let community = session.community.id;
    let before = session.tx.roster(community).await?;
    let entries = entries(&before);
    let plan = sheet.plan(&entries);
    let figures = plan.figures();
    if figures != import.figures {
        return preview(session, "", sheet, true).await;
    }
    let mut stood: HashMap<String, RosterEntry> =
        entries.into_iter().map(|entry| (entry.email.to_lowercase(), entry)).collect();
    let lines = plan.lines(missing_end);
    session.tx.write_roster(community, &lines, session.now).await?;
    let undo = lines.into_iter().map(|now| Restored { before: stood.remove(&now.email.to_lowercase()), now });
    let undo: Vec<Restored> = undo.collect();
    if !session.tx.settle_roster_import(id, ImportState::Done, Some(&undo), session.now).await? {
        return Err(Refusal::RosterFileGone.into());
    }
    session.tx.seal_roster_imports(community, id).await?;
    let ended = if missing_end { figures.missing } else { 0 };
    let left_out = sheet.bad_rows();
    let detail = serde_json::json!({
        "added": figures.added, "changed": figures.changed, "same": figures.same, "ended": ended, "left_out": left_out,
    });
    session.audit(proof, "roster.import", format!("roster-import:{id}"), detail).await?;
    let found = roster::follow_up(&mut session.tx, &session.flows.catalogue, community, before, session.now).await?;
    Ok(Reply::Replace(session.voice().roster_imported(&ImportDone { id, figures, ended, left_out, found })))
}

/// Leaves a list: nothing has changed.
pub(super) async fn leave(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    id: RosterImportId,
) -> Result<Reply, Trouble> {
    open_question(session, id).await?;
    session.tx.settle_roster_import(id, ImportState::Left, None, session.now).await?;
    Ok(Reply::Replace(session.voice().roster_left()))
}

/// Takes an import back, as long as every line still says what it wrote.
pub(super) async fn take_back(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: RosterImportId,
) -> Result<Reply, Trouble> {
    let community = session.community.id;
    let found = session.tx.roster_import(community, id).await?;
    let undo = found.filter(|import| import.state == ImportState::Done).and_then(|import| import.undo);
    let undo = undo.ok_or(Refusal::RosterChangedSince)?;
    let before = session.tx.roster(community).await?;
    let stands: HashMap<String, &RosterEntry> =
        before.iter().map(|line| (line.entry.email.to_lowercase(), &line.entry)).collect();
    if undo.iter().any(|line| stands.get(&line.now.email.to_lowercase()) != Some(&&line.now)) {
        return Err(Refusal::RosterChangedSince.into());
    }
    session.tx.restore_roster(community, &undo, session.now).await?;
    session.tx.undone_roster_import(id).await?;
    let detail = serde_json::json!({ "lines": undo.len() });
    session.audit(proof, "roster.undo", format!("roster-import:{id}"), detail).await?;
    roster::follow_up(&mut session.tx, &session.flows.catalogue, community, before, session.now).await?;
    Ok(Reply::Replace(session.voice().roster_undone(undo.len())))
}
