//! What pairs settle between the months' questions, and what people add in private to their answers: how often they mean to
//! meet, a meeting that has been, what sort of help they need, and what they wish for who is not a good fit.

use chrono::{DateTime, Days, TimeDelta, Utc};
use plsep_domain::concern::HelpKind;
use plsep_domain::pulse::{FitWish, Occasion};
use plsep_domain::{Cadence, CheckInAnswer, Lang, MeetingState, PairId, Period};

use super::meet::SETTERS;
use super::{Done, Person, Season, Stuck, Troupe};
use crate::chat::CommandId;
use crate::chat::command::typed;
use crate::cli::rehearse::room::{Room, rooms};
use crate::cli::rehearse::storm::cast::SECRET;
use crate::cli::rehearse::storm::theatre::Theatre;
use crate::store::StoreError;
use crate::words::{Deed, NOTE_FIELD};

/// So many pairs of a platform say how often they mean to meet.
const RHYTHMS: usize = 3;
/// So many pairs of a platform note a meeting that nobody had set.
const NOTERS: usize = 2;
/// So many people of a platform say more of what they said.
const TALKATIVE: usize = 3;

/// How often a pair means to meet.
pub(in super::super) struct Rhythm {
    pub platform: &'static str,
    pub pair: PairId,
    /// What they have said last.
    pub cadence: Cadence,
    /// How many different things they have said.
    pub said: usize,
}

/// A meeting that a pair has noted afterwards.
pub(in super::super) struct Noted {
    pub platform: &'static str,
    pub pair: PairId,
    /// When the two met.
    pub met: DateTime<Utc>,
    /// When they began to say so.
    pub from: DateTime<Utc>,
}

/// What somebody wrote to the coordinators beside a private answer.
pub(in super::super) struct Added {
    pub platform: &'static str,
    pub handle: String,
    pub words: String,
}

impl<'a> Season<'a> {
    /// Some pairs say how often they mean to meet, and one of them thinks better of it.
    pub(super) async fn settle_rhythm(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            for (nth, room) in rooms(self.catalogue, troupe, &mut Vec::new()).iter().take(RHYTHMS).enumerate() {
                let all = [Cadence::Fortnightly, Cadence::Weekly];
                let said = if nth == 0 { &all[..] } else { &all[..1] };
                for cadence in said {
                    self.means_to_meet(room, room.mentee, *cadence).await?;
                }
                if let (Ok(pair), Some(cadence)) = (self.pair_in(room).await, said.last()) {
                    let (platform, pair, said) = (room.platform(), pair.id, said.len());
                    done.rhythms.push(Rhythm { platform, pair, cadence: *cadence, said });
                }
            }
        }
        Ok(())
    }

    async fn means_to_meet(
        &self,
        room: &Room<'_, Theatre>,
        player: &Person<'_>,
        cadence: Cadence,
    ) -> Result<(), Stuck> {
        let Ok(pair) = self.pair_in(room).await else { return Ok(()) };
        let said = async || self.pair_in(room).await.is_ok_and(|pair| pair.cadence == cadence);
        self.persists(player, "say how often they meet", said, async || {
            player.says(&typed(CommandId::HowOften)).await?;
            player.presses(&Deed::Cadence(pair.id, Some(cadence))).await
        })
        .await
    }

    /// Some pairs that had set no meeting note one that took place the day before.
    pub(super) async fn note_meetings(&self, troupes: &[Troupe<'a>], done: &mut Done) -> Result<(), Stuck> {
        for troupe in troupes {
            let all = rooms(self.catalogue, troupe, &mut Vec::new());
            let open = all.iter().filter(|room| !room.place.archived);
            for room in open.skip(SETTERS).take(NOTERS) {
                let Ok(pair) = self.pair_in(room).await else { continue };
                let from = self.theatre.now();
                let met = self.local(from - TimeDelta::days(1), Days::new(0));
                let when = self.typed(room.platform(), met);
                // Whoever lives in another zone means two o'clock there.
                let noted = async || self.met_about(pair.id, met).await.is_ok_and(|met| met.is_some());
                self.persists(room.mentee, "note a meeting", noted, async || {
                    room.mentee.says(&typed(CommandId::MeetingLog)).await?;
                    room.mentee.sends(&[("when", &when)]).await
                })
                .await?;
                let Ok(Some(met)) = self.met_about(pair.id, met).await else { continue };
                // Who notes a meeting has said that they met, whatever they had answered before.
                let (platform, handle) = (room.platform(), room.mentee.person.handle.clone());
                let month = Period::containing(met, self.program.calendar.zone());
                done.answers.push((platform.to_owned(), handle, month, CheckInAnswer::Met));
                done.noted.push(Noted { platform, pair: pair.id, met, from });
            }
        }
        Ok(())
    }

    /// Somebody who needs help says what sort of help, and writes more about it.
    pub(super) async fn say_what_help(
        &self,
        (room, player): (&Room<'_, Theatre>, &Person<'a>),
        period: Period,
        again: impl AsyncFn() -> Result<(), Stuck>,
        done: &mut Done,
    ) -> Result<(), Stuck> {
        let Ok(pair) = self.pair_in(room).await else { return Ok(()) };
        if done.talkative(player.platform()) >= TALKATIVE {
            return Ok(());
        }
        let kind = HelpKind::NoAnswer;
        let words = self.catalogue.line(Lang::En, &format!("help-kind-{}", kind.key()), &[]);
        let (choose, note) = (Deed::HelpKind(pair.id, period, kind), Deed::HelpNote(pair.id, period));
        self.adds(player, (&choose, &note), &words, again, done).await
    }

    /// Somebody for whom it is not a good fit says what they wish, and writes more about it.
    pub(super) async fn say_what_they_wish(
        &self,
        player: &Person<'a>,
        (pair, occasion): (PairId, Occasion),
        again: impl AsyncFn() -> Result<(), Stuck>,
        done: &mut Done,
    ) -> Result<(), Stuck> {
        if done.talkative(player.platform()) >= TALKATIVE {
            return Ok(());
        }
        let wish = FitWish::Talk;
        let words = self.catalogue.line(Lang::En, &format!("fit-wish-{}", wish.key()), &[]);
        let (choose, note) = (Deed::FitWish(pair, occasion, wish), Deed::FitNote(pair, occasion));
        self.adds(player, (&choose, &note), &words, again, done).await
    }

    /// Somebody chooses under their thanks what is kept in these words, and then writes a note. Where the thanks are lost,
    /// they answer `again`.
    async fn adds(
        &self,
        player: &Person<'a>,
        (choose, note): (&Deed, &Deed),
        words: &str,
        again: impl AsyncFn() -> Result<(), Stuck>,
        done: &mut Done,
    ) -> Result<(), Stuck> {
        let typed = format!("{SECRET} {} would tell more ({})", player.person.handle, done.added.len());
        let presses = async |deed: &Deed| {
            if player.presses(deed).await.is_err() {
                again().await?;
                player.presses(deed).await?;
            }
            Ok::<_, Stuck>(())
        };
        let chosen = async || self.has_noted(player, words).await.unwrap_or(false);
        self.persists(player, "say more of it", chosen, async || presses(choose).await).await?;
        let wrote = async || self.has_noted(player, &typed).await.unwrap_or(false);
        self.persists(player, "write more of it", wrote, async || {
            presses(note).await?;
            player.sends(&[(NOTE_FIELD, &typed)]).await
        })
        .await?;
        let (platform, handle) = (player.platform(), player.person.handle.clone());
        done.added.push(Added { platform, handle, words: typed });
        Ok(())
    }

    /// When the two of a pair met, as they have noted it, in the half day around this moment.
    async fn met_about(&self, pair: PairId, at: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
        let all = self.theatre.store.read().await?.meetings_of(pair).await?;
        let held = all.iter().filter(|meeting| meeting.state == MeetingState::Held).map(|meeting| meeting.starts_at);
        Ok(held.into_iter().find(|met| (*met - at).abs() < TimeDelta::hours(12)))
    }

    /// Whether this is what somebody has last said to the coordinators beside an answer of theirs.
    async fn has_noted(&self, player: &Person<'_>, words: &str) -> Result<bool, StoreError> {
        let Some(me) = self.me(player).await else { return Ok(false) };
        let open = self.theatre.store.read().await?.open_concerns(me.community).await?;
        Ok(open.iter().any(|concern| concern.person == Some(me.id) && concern.note.as_deref() == Some(words)))
    }
}

impl Done {
    /// How many of a platform have said more of what they said.
    fn talkative(&self, platform: &str) -> usize {
        self.added.iter().filter(|added| added.platform == platform).count()
    }
}
