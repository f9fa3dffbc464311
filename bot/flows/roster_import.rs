//! A coordinator hands in the list of participants. It is read, and what it would change is shown with its numbers;
//! nothing is taken in before they say so, and who is missing from the list stays unless they say so, too.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::permission::Coordinator;
use plsep_domain::roster::{Plan, PlanFigures, Sheet};
use plsep_domain::{CommunityId, Lang, PersonId, Refusal, RosterEntry, RosterImportId, SeasonId};

use super::roster::{self, Roll};
use super::{Fault, Flows, Session, Trouble};
use crate::chat::{Handed, Message, Reply, Text};
use crate::sheet;
use crate::store::{
    AuditEntry, AuditWho, Effect, ImportState, ImportWork, LongImport, NewEffect, Restored, RosterImport, RosterLine,
    StoreError, Tx,
};
use crate::words::{Catalogue, ImportDone, ImportPreview, ROSTER_FILE_FIELD};

/// How long a list waits for its answer: as long as its numbers are fresh in mind.
const ASKED_FOR: TimeDelta = TimeDelta::hours(1);

/// A file came, or is asked for.
pub(super) async fn hand_in(session: &mut Session<'_>, _proof: &Coordinator) -> Result<Reply, Trouble> {
    none_under_way(session).await?;
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
            plan.clone().lines(missing_end).into_iter().map(|entry| (key(&entry), entry)).collect();
        // A line that is new takes nobody's place, so only those that are there count.
        let kept = lines.iter().cloned().map(|mut line| {
            if let Some(entry) = written.remove(&key(&line.entry)) {
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

/// Takes a list in as its question said; if the roster is another by now, asks anew. A long one is taken in step by
/// step, so that nobody else waits for it; the coordinators' place tells how far it has come.
pub(super) async fn take_in(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: RosterImportId,
    missing_end: bool,
) -> Result<Reply, Trouble> {
    let import = open_question(session, id).await?;
    let sheet = import.sheet.ok_or(Refusal::RosterFileGone)?;
    let community = session.community.id;
    none_under_way(session).await?;
    let before = session.tx.roster(community).await?;
    let entries = entries(&before);
    let plan = sheet.plan(&entries);
    let figures = plan.figures();
    if figures != import.figures {
        return preview(session, "", sheet, true).await;
    }
    if !session.tx.settle_roster_import(id, ImportState::Done, session.now).await? {
        return Err(Refusal::RosterFileGone.into());
    }
    let mut stood: HashMap<String, RosterEntry> = entries.into_iter().map(|entry| (key(&entry), entry)).collect();
    let mut lines = plan.lines(missing_end);
    // Whoever moves from one line to another is on the new one before the old one ends.
    lines.sort_by_key(|line| !line.active);
    let lines: Vec<Restored> =
        lines.into_iter().map(|now| Restored { before: stood.remove(&key(&now)), now }).collect();
    let ended = if missing_end { figures.missing } else { 0 };
    let (same, left_out) = (figures.same, sheet.bad_rows());
    let work = ImportWork { lines, left_alone: Vec::new(), ended, same, left_out };
    let person = proof.person();
    match session.season() {
        Ok(season) if work.lines.len() > session.flows.roster_step => {
            let import = LongImport { id, community, season: season.id, person, work, taken: 0 };
            session.tx.begin_long_import(&import, session.now).await?;
            let lines = import.work.lines.len();
            let told = session.voice_in(Lang::En).long_import_progress(&session.person.user, 0, lines);
            session.tell_office(told_key(id), told).await?;
            Ok(Reply::Replace(session.voice().long_import_begun(lines)))
        }
        _ => {
            session.tx.write_roster(community, &written(&work.lines), session.now).await?;
            let done = conclude(
                &mut session.tx,
                &session.flows.catalogue,
                Import { id, community, person },
                work,
                before,
                session.now,
            )
            .await?;
            Ok(Reply::Replace(session.voice().roster_imported(&done)))
        }
    }
}

/// A list that is taken in.
struct Import {
    id: RosterImportId,
    community: CommunityId,
    /// Who said yes to it.
    person: PersonId,
}

/// What follows once every line of a list is written: the way back, the audit log, and what it means for those who have
/// applied. The roster said this `before`.
async fn conclude(
    tx: &mut Tx,
    catalogue: &Catalogue,
    import: Import,
    work: ImportWork,
    before: Vec<RosterLine>,
    now: DateTime<Utc>,
) -> Result<ImportDone, StoreError> {
    let Import { id, community, person } = import;
    let ImportWork { lines, left_alone, ended, same, left_out } = work;
    let (ending, asked) = (lines.len() - ended, lines.len());
    let left: HashSet<String> = left_alone.into_iter().collect();
    let (mut figures, mut ended) = (PlanFigures { same, ..PlanFigures::default() }, 0);
    let mut undo = Vec::new();
    for (place, line) in lines.into_iter().enumerate().filter(|(_, line)| !left.contains(&key(&line.now))) {
        match &line.before {
            _ if place >= ending => ended += 1,
            None => figures.added += 1,
            Some(_) => figures.changed += 1,
        }
        undo.push(line);
    }
    tx.keep_way_back(id, &undo).await?;
    tx.seal_roster_imports(community, id).await?;
    let left_alone = asked - undo.len();
    let detail = serde_json::json!({
        "added": figures.added, "changed": figures.changed, "same": same, "ended": ended,
        "left_out": left_out, "left_alone": left_alone,
    });
    let entry = AuditEntry {
        community,
        at: now,
        who: AuditWho::Person(person),
        action: "roster.import".to_owned(),
        subject: format!("roster-import:{id}"),
        detail,
    };
    tx.append_audit(&entry).await?;
    let found = roster::follow_up(tx, catalogue, community, before, now).await?;
    Ok(ImportDone { id, figures, ended, left_out, left_alone, found })
}

/// Takes the season's long list in further, by one step, and tells the coordinators how far it has come.
///
/// # Errors
/// The database; nothing has happened then, and the step is taken again.
pub async fn go_on(flows: &Flows, season: SeasonId) -> Result<(), Fault> {
    let now = flows.clock.now();
    let mut tx = flows.store().write().await?;
    let season = tx.season(season).await?;
    let community = season.community;
    let Some(mut import) = tx.long_import(community).await?.filter(|import| import.season == season.id) else {
        return Ok(());
    };
    let from = import.taken;
    step(&mut tx, &mut import, flows.roster_step, now).await?;
    if !tx.move_long_import(&import, from).await? {
        return Ok(());
    }
    let (posted, taken, lines) = (told_key(import.id), import.taken, import.work.lines.len());
    let voice = flows.voice(Some(&season.program), Lang::En);
    if taken == lines {
        let done = finish(&mut tx, &flows.catalogue, import, now).await?;
        change(&mut tx, community, (posted, "end"), voice.roster_imported(&done), now).await?;
    } else if tx.effect_result(community, &posted).await?.is_some() {
        let person = tx.person(import.person).await?;
        let message = voice.long_import_progress(&person.user, taken, lines);
        change(&mut tx, community, (posted, &taken.to_string()), message, now).await?;
    }
    tx.commit().await?;
    flows.wake();
    Ok(())
}

/// Writes the next lines of a long list. One that somebody else has changed since it was asked about stays as it is.
async fn step(tx: &mut Tx, import: &mut LongImport, lines: usize, now: DateTime<Utc>) -> Result<(), StoreError> {
    let roster = tx.roster(import.community).await?;
    let stands = standing(&roster);
    let work = &mut import.work;
    let to = work.lines.len().min(import.taken + lines);
    let (as_asked, changed): (Vec<&Restored>, Vec<&Restored>) = work.lines[import.taken..to].iter().partition(|line| {
        let stands = stands.get(&key(&line.now)).copied();
        stands == line.before.as_ref() || stands == Some(&line.now)
    });
    tx.write_roster(import.community, &written(as_asked), now).await?;
    work.left_alone.extend(changed.into_iter().map(|line| key(&line.now)));
    import.taken = to;
    Ok(())
}

/// Every line of a long list is written.
async fn finish(
    tx: &mut Tx,
    catalogue: &Catalogue,
    import: LongImport,
    now: DateTime<Utc>,
) -> Result<ImportDone, StoreError> {
    let LongImport { id, community, person, work, .. } = import;
    tx.end_long_import(id).await?;
    let import = Import { id, community, person };
    let mut stood: HashMap<String, Option<RosterEntry>> =
        work.lines.iter().map(|line| (key(&line.now), line.before.clone())).collect();
    for address in &work.left_alone {
        stood.remove(address);
    }
    let before = |mut line: RosterLine| {
        if let Some(entry) = stood.remove(&key(&line.entry)) {
            line.entry = entry?;
        }
        Some(line)
    };
    let before = tx.roster(community).await?.into_iter().filter_map(before).collect();
    conclude(tx, catalogue, import, work, before, now).await
}

/// Changes the message about a long list; where it does not stand yet, as soon as it does.
async fn change(
    tx: &mut Tx,
    community: CommunityId,
    (posted, mark): (String, &str),
    message: Message,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let key = format!("{posted}:{mark}");
    let effect = Effect::Update { posted, message };
    tx.enqueue(&NewEffect { community, key, due_at: now, effect }, now).await?;
    Ok(())
}

/// The message about a long list, which changes as it is taken in.
fn told_key(id: RosterImportId) -> String {
    format!("roster-import:{id}")
}

/// What a line is known by.
fn key(entry: &RosterEntry) -> String {
    entry.email.to_lowercase()
}

/// What each line says, by what it is known by.
fn standing(roster: &[RosterLine]) -> HashMap<String, &RosterEntry> {
    roster.iter().map(|line| (key(&line.entry), &line.entry)).collect()
}

/// What lines are to say.
fn written<'a>(lines: impl IntoIterator<Item = &'a Restored>) -> Vec<RosterEntry> {
    lines.into_iter().map(|line| line.now.clone()).collect()
}

/// While a long list is being taken in, no other is.
async fn none_under_way(session: &mut Session<'_>) -> Result<(), Trouble> {
    match session.tx.long_import(session.community.id).await? {
        Some(_) => Err(Refusal::RosterUnderWay.into()),
        None => Ok(()),
    }
}

/// Leaves a list: nothing has changed.
pub(super) async fn leave(
    session: &mut Session<'_>,
    _proof: &Coordinator,
    id: RosterImportId,
) -> Result<Reply, Trouble> {
    open_question(session, id).await?;
    session.tx.settle_roster_import(id, ImportState::Left, session.now).await?;
    Ok(Reply::Replace(session.voice().roster_left()))
}

/// Takes an import back, as long as every line still says what it wrote.
pub(super) async fn take_back(
    session: &mut Session<'_>,
    proof: &Coordinator,
    id: RosterImportId,
) -> Result<Reply, Trouble> {
    let community = session.community.id;
    none_under_way(session).await?;
    let found = session.tx.roster_import(community, id).await?;
    let undo = found.filter(|import| import.state == ImportState::Done).and_then(|import| import.undo);
    let undo = undo.ok_or(Refusal::RosterChangedSince)?;
    let before = session.tx.roster(community).await?;
    let stands = standing(&before);
    if undo.iter().any(|line| stands.get(&key(&line.now)) != Some(&&line.now)) {
        return Err(Refusal::RosterChangedSince.into());
    }
    session.tx.restore_roster(community, &undo, session.now).await?;
    session.tx.undone_roster_import(id).await?;
    let detail = serde_json::json!({ "lines": undo.len() });
    session.audit(proof, "roster.undo", format!("roster-import:{id}"), detail).await?;
    roster::follow_up(&mut session.tx, &session.flows.catalogue, community, before, session.now).await?;
    let undone = session.voice().roster_undone(undo.len());
    let posted = told_key(id);
    if session.tx.effect_result(community, &posted).await?.is_none() {
        return Ok(Reply::Replace(undone));
    }
    // Of a long list every coordinator reads, and in the language that they share.
    let shared = session.voice_in(Lang::En).roster_undone(undo.len());
    change(&mut session.tx, community, (posted, "undone"), shared, session.now).await?;
    Ok(Reply::Private(undone))
}
