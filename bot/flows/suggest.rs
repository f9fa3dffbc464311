//! What can be suggested while a coordinator fills in an option: pairs by the names of their two people, lines of the roster
//! by their names. It reads and changes nothing; whoever does not coordinate is suggested nothing, and learns nothing.

use plsep_domain::find::finds;
use plsep_domain::permission::Appointed;
use plsep_domain::text;

use super::coordinators::appointed;
use super::pair_desk::{Named, named_pairs, pair_value};
use super::{Fault, Flows};
use crate::chat::command::{OptionKind, Sought, spec};
use crate::chat::{Asking, CommandId, SUGGESTIONS_MAX, Suggestion};
use crate::store::{Community, Person, RosterLine, Season, Tx};
use crate::words::Voice;

/// What fits what somebody has typed so far, the likeliest first.
pub(super) async fn suggest(flows: &Flows, asking: &Asking) -> Result<Vec<Suggestion>, Fault> {
    let option = spec(asking.command).options.iter().find(|option| option.name == asking.option);
    let Some(OptionKind::Sought(sought)) = option.map(|option| &option.kind) else { return Ok(Vec::new()) };
    let mut tx = flows.store().read().await?;
    let Some(community) = tx.community_at(&asking.community).await? else { return Ok(Vec::new()) };
    let person = tx.person_at(community.id, &asking.actor.user).await?;
    let (known, groups) = (person.as_ref().map(|person| person.id), asking.actor.groups.as_deref());
    if appointed(&mut tx, community.id, known, groups).await? == Appointed::Nobody {
        return Ok(Vec::new());
    }
    match sought {
        Sought::Pair => {
            let Some(season) = tx.current_season(community.id).await? else { return Ok(Vec::new()) };
            let lang = person.as_ref().map(Person::lang).unwrap_or_default();
            pairs(&mut tx, &season, asking, flows.voice(Some(&season.program), lang)).await
        }
        Sought::RosterLine => roster(&mut tx, &community, asking).await,
    }
}

async fn pairs(tx: &mut Tx, season: &Season, asking: &Asking, voice: Voice<'_>) -> Result<Vec<Suggestion>, Fault> {
    let shown = named_pairs(tx, season).await?.into_iter();
    // Pairs that are over can only be looked at.
    let wanted = |named: &Named| named.pair.state.is_live() || asking.command == CommandId::PairsShow;
    let fits = |named: &Named| named.goes_by(&asking.typed, voice);
    let suggestion = |named: Named| Suggestion { label: named.label(voice), value: pair_value(named.pair.id) };
    Ok(shown.filter(|it| wanted(it) && fits(it)).take(SUGGESTIONS_MAX).map(suggestion).collect())
}

async fn roster(tx: &mut Tx, community: &Community, asking: &Asking) -> Result<Vec<Suggestion>, Fault> {
    let lines = tx.roster(community.id).await?.into_iter();
    let fits = lines.filter(|line| finds(&asking.typed, &[&line.entry.name, &line.entry.library_system]));
    let suggestion = |line: RosterLine| {
        let name = text::clean(&line.entry.name, false);
        let library = text::clean(&line.entry.library_system, false);
        let label = if library.is_empty() { name.clone() } else { format!("{name}, {library}") };
        Suggestion { label, value: name.chars().take(Sought::RosterLine.max_chars()).collect() }
    };
    let mut suggestions: Vec<Suggestion> = fits.map(suggestion).filter(|it| !it.value.is_empty()).collect();
    suggestions.sort_by(|one, other| one.label.cmp(&other.label));
    suggestions.truncate(SUGGESTIONS_MAX);
    Ok(suggestions)
}
