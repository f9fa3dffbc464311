//! What was expected in figures, beside what people saw.

use std::collections::BTreeSet;

use plsep_domain::PairState;
use plsep_sandbox::person::PlaceKind;

use super::super::super::room::rooms;
use super::super::season::directs;
use super::{Case, Done};
use crate::store::EffectRecord;

impl Case<'_, '_> {
    /// What the ledger says.
    pub(super) fn count(&self, done: &mut Done) {
        let catalogue = self.season.catalogue;
        let platform = self.platform;
        let by = |prefix: &str| {
            let wanted = |effect: &&EffectRecord| effect.key.starts_with(prefix) && !was_skipped(effect);
            self.effects.iter().filter(wanted).count()
        };
        let ledger = &mut done.ledger;
        ledger.expect(platform, "introduced", self.pairs.iter().filter(|pair| pair.channel.is_some()).count());
        ledger.expect(platform, "nudged", by("nudge:"));
        ledger.expect(platform, "concerns", by("concern:"));
        ledger.expect(platform, "unmatched", by("unmatched:"));
        ledger.expect(platform, "matched", self.pairs.len());
        let mut strangers = Vec::new();
        let rooms = rooms(catalogue, self.troupe, &mut strangers);
        ledger.see(platform, "matched", rooms.len());
        ledger.see(platform, "introduced", rooms.iter().filter(|room| room.introductions == 1).count());
        let skipped: BTreeSet<&str> =
            self.effects.iter().filter(|it| was_skipped(it)).map(|it| it.key.as_str()).collect();
        let seen_by = |prefix: &str| {
            let wanted = |(key, _): &(&String, _)| key.starts_with(prefix) && !skipped.contains(key.as_str());
            self.stands.iter().filter(wanted).map(|(_, all)| all.len()).sum()
        };
        for (row, prefix) in [("nudged", "nudge:"), ("concerns", "concern:"), ("unmatched", "unmatched:")] {
            ledger.see(platform, row, seen_by(prefix));
        }
        for player in self.troupe {
            let accepted = catalogue.line(player.lang(), "accepted-heading", &[]);
            let told = directs(player).iter().filter(|seen| !seen.ephemeral && seen.text.contains(&accepted)).count();
            ledger.see(platform, "accepted", told);
        }
        ledger.expect(platform, "accepted", by("accepted:"));
        let archived = rooms.iter().filter(|room| room.place.archived && room.place.kind == PlaceKind::Private).count();
        ledger.expect(
            platform,
            "archived",
            self.pairs.iter().filter(|pair| matches!(pair.state, PairState::Archived { .. })).count(),
        );
        ledger.see(platform, "archived", archived);
        let answered = done.answers.iter().filter(|(on, ..)| on == platform).count();
        ledger.expect(platform, "answered", answered);
        ledger.see(platform, "answered", answered);
    }
}

fn was_skipped(effect: &EffectRecord) -> bool {
    effect.result.as_ref().is_some_and(|result| result["skipped"] == true)
}
