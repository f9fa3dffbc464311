//! What sort of help somebody asks for, after "we need help": a choice, and a note if they like. The coordinators have
//! been told already; this only tells them more. The partner sees nothing of it.

use std::collections::BTreeMap;

use plsep_domain::concern::HelpKind;
use plsep_domain::{ConcernKind, Lang, PairId, Period, Standing};

use super::check_in::{concern_key, my_pair};
use super::{Session, Trouble};
use crate::chat::Reply;
use crate::store::{NewConcern, Pair};
use crate::words::{HelpNotice, NOTE_FIELD};

/// A sort of help was chosen.
pub(super) async fn choose(
    session: &mut Session<'_>,
    pair: PairId,
    period: Period,
    kind: HelpKind,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let pair = my_pair(session, &season, pair, period).await?;
    let words = session.voice_in(Lang::En).help_kind(kind);
    let key = format!("help:{}:{period}:{}:{}", pair.id, session.person.id, kind.key());
    note(session, &pair, period, key, &words).await?;
    Ok(Reply::Replace(session.voice().help_thanks(pair.id, period)))
}

/// The form for a note.
pub(super) async fn open_note(session: &mut Session<'_>, pair: PairId, period: Period) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let pair = my_pair(session, &season, pair, period).await?;
    Ok(Reply::Open(Box::new(session.voice().help_form(pair.id, period))))
}

/// A note comes in.
pub(super) async fn write_note(
    session: &mut Session<'_>,
    pair: PairId,
    period: Period,
    values: &BTreeMap<String, Vec<String>>,
) -> Result<Reply, Trouble> {
    let season = session.season()?;
    let pair = my_pair(session, &season, pair, period).await?;
    let typed = values.get(NOTE_FIELD).map(|lines| lines.join("\n")).unwrap_or_default();
    let words = plsep_domain::text::clean(&typed, true);
    if words.is_empty() {
        return Ok(Reply::Open(Box::new(session.voice().help_form(pair.id, period))));
    }
    // Each note is one of its own, however often its event arrives.
    let key = format!("help:{}:{period}:{}:{}", pair.id, session.person.id, session.event.at.timestamp_millis());
    note(session, &pair, period, key, &words).await?;
    Ok(Reply::Replace(session.voice().help_noted()))
}

/// Keeps what somebody wrote with the concern that they raised, or with one of their own beside the partner's, and tells the
/// coordinators: under this key where the concern was told of before.
async fn note(session: &mut Session<'_>, pair: &Pair, period: Period, key: String, words: &str) -> Result<(), Trouble> {
    let me = session.person.id;
    let community = session.community.id;
    let partner = session.tx.person(pair.partner_of(me)).await?.user;
    let notice = HelpNotice { person: &session.person.user, partner: &partner, period, words };
    let notice = session.voice_in(Lang::En).help_notice(&notice);
    let theirs = concern_key(pair.id, period, Standing::NeedsHelp);
    if !session.tx.note_concern(community, &theirs, me, words).await? {
        let own = format!("{theirs}:{me}");
        let concern = NewConcern {
            season: pair.season,
            key: own.clone(),
            kind: ConcernKind::NeedsHelp,
            pair: Some(pair.id),
            person: Some(me),
            note: Some(words.to_owned()),
        };
        if session.raise(concern, notice.clone()).await? {
            return Ok(());
        }
        session.tx.note_concern(community, &own, me, words).await?;
    }
    session.tell_office(key, notice).await?;
    Ok(())
}
