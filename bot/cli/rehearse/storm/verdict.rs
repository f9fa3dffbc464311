//! Whether the promises were kept, judged by what people saw and by what is kept of it. It looks at everything from
//! outside and believes no report of the bot's.

mod deliveries;
mod journey;
mod ledger;
mod manners;
mod next;
mod office;
mod pairs;

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use plsep_domain::CommunityId;
use plsep_sandbox::Platform;

use super::super::super::stage::{StageError, instant};
use super::cast::SECRET;
use super::season::{Done, Person, Season, Troupe};
use crate::store::{EffectRecord, Pair, Ruled};
use crate::{discord, slack};

/// How far the bot's clock may be from the world's, and a message take to get out.
const TOLERANCE: TimeDelta = TimeDelta::minutes(12);

/// A promise that was not kept, and when, if that is known.
pub(super) struct Broken {
    pub what: String,
    pub at: Option<DateTime<Utc>>,
}

/// What was found, and when it was so, if that is known.
type Finding = (String, Option<DateTime<Utc>>);

/// What is judged of one community.
struct Case<'j, 'a> {
    season: &'j Season<'a>,
    troupe: &'j Troupe<'a>,
    platform: &'static str,
    community: CommunityId,
    effects: Vec<EffectRecord>,
    pairs: Vec<Pair>,
    /// What coordinators decided about pairs.
    rulings: Vec<Ruled>,
    /// Where and when each effect's message stands, by the effect's key.
    stands: BTreeMap<String, Vec<Posted>>,
}

/// A message of the bot's, as the platform keeps it.
struct Posted {
    channel: String,
    at: DateTime<Utc>,
    /// How many files it has.
    files: usize,
}

/// Judges the whole season.
///
/// # Errors
/// The database does not answer.
pub(super) async fn judge(
    season: &Season<'_>,
    troupes: &[Troupe<'_>],
    done: &mut Done,
) -> Result<Vec<Broken>, StageError> {
    let mut broken = Vec::new();
    for troupe in troupes {
        let Some(platform) = troupe.first().map(Person::platform) else { continue };
        let community = season.theatre.community(platform).await?;
        let mut tx = season.theatre.store.read().await?;
        let effects = tx.every_effect(community).await?;
        let played = season.season(&mut tx, platform).await?;
        let pairs = tx.pairs(played).await?;
        let rulings = tx.rulings(played).await?;
        drop(tx);
        let stands = stands(season, platform, &effects, &mut broken);
        let case = Case { season, troupe, platform, community, effects, pairs, rulings, stands };
        broken.extend(case.nothing_lost(done).await?);
        broken.extend(case.words_kept(done).await?);
        broken.extend(case.each_effect_once());
        broken.extend(case.each_move_once());
        broken.extend(case.each_pair_once());
        broken.extend(case.rulings_kept(done));
        broken.extend(case.goes_on_as_decided(done));
        broken.extend(case.each_file_once());
        broken.extend(case.each_unread_read(played));
        broken.extend(case.on_time(done).await?);
        broken.extend(case.meetings_on_time(done).await?);
        broken.extend(case.leaves_alone(done, played).await?);
        broken.extend(case.private());
        broken.extend(case.forgets(done).await?);
        broken.extend(case.allowed_only(done).await?);
        broken.extend(case.roster_right(done).await?);
        broken.extend(case.each_announcement_once(done).await?);
        broken.extend(case.each_digest_once(done));
        broken.extend(case.log_whole().await?);
        broken.extend(case.office_alone());
        broken.extend(case.harmless());
        broken.extend(case.polite(done).await?);
        broken.extend(case.goes_into_the_next(done).await?);
        case.count(done);
    }
    let unknown = match (&season.theatre.discord, &season.theatre.slack) {
        (Some(discord), _) => discord.unknown_routes(),
        (_, Some(slack)) => slack.unknown_routes(),
        _ => vec![],
    };
    broken.extend(unknown.into_iter().map(|route| Broken { what: format!("the bot asked for {route}"), at: None }));
    Ok(broken)
}

/// Every lasting message of the bot's by the key of its effect; one without an effect is broken.
fn stands(
    season: &Season<'_>,
    platform: &str,
    effects: &[EffectRecord],
    broken: &mut Vec<Broken>,
) -> BTreeMap<String, Vec<Posted>> {
    let raw = match (platform, &season.theatre.discord, &season.theatre.slack) {
        ("discord", Some(pretend), _) => pretend.bot_messages(),
        (_, _, Some(pretend)) => pretend.bot_messages(),
        _ => vec![],
    };
    let prints: BTreeMap<String, String> =
        effects.iter().map(|effect| (discord::fingerprint(&effect.key), effect.key.clone())).collect();
    let mut stands: BTreeMap<String, Vec<Posted>> = BTreeMap::new();
    for message in raw {
        let key = if platform == discord::NAME {
            discord::print_of(&message.json).map(|print| prints.get(&print).cloned().unwrap_or(print))
        } else {
            slack::key_of(&message.json)
        };
        let at = instant(message.at_ms);
        let files = if platform == discord::NAME { "attachments" } else { "files" };
        let files = message.json[files].as_array().map_or(0, Vec::len);
        match key {
            Some(key) if effects.iter().any(|effect| effect.key == key) => {
                stands.entry(key).or_default().push(Posted { channel: message.channel, at, files });
            }
            Some(key) => broken.push(Broken {
                what: format!("exactly once: a message of no effect stands there ({key})"),
                at: Some(at),
            }),
            None => {}
        }
    }
    stands
}

impl Case<'_, '_> {
    fn tells(&self, findings: Vec<Finding>) -> Vec<Broken> {
        findings.into_iter().map(|(what, at)| Broken { what: format!("{}: {what}", self.platform), at }).collect()
    }

    fn platform(&self) -> std::sync::Arc<dyn Platform> {
        self.troupe[0].actor.platform().clone()
    }
}
