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
        done.ledger.expect(platform, "introduced", self.pairs.iter().filter(|pair| pair.channel.is_some()).count());
        done.ledger.expect(platform, "nudged", by("nudge:"));
        done.ledger.expect(platform, "concerns", by("concern:"));
        done.ledger.expect(platform, "unmatched", by("unmatched:"));
        done.ledger.expect(platform, "matched", self.pairs.len());
        let mut strangers = Vec::new();
        let rooms = rooms(catalogue, self.troupe, &mut strangers);
        done.ledger.see(platform, "matched", rooms.len());
        done.ledger.see(platform, "introduced", rooms.iter().filter(|room| room.introductions == 1).count());
        let skipped: BTreeSet<&str> =
            self.effects.iter().filter(|it| was_skipped(it)).map(|it| it.key.as_str()).collect();
        let seen_by = |prefix: &str| {
            let wanted = |(key, _): &(&String, _)| key.starts_with(prefix) && !skipped.contains(key.as_str());
            self.stands.iter().filter(wanted).map(|(_, all)| all.len()).sum()
        };
        for (row, prefix) in [("nudged", "nudge:"), ("concerns", "concern:"), ("unmatched", "unmatched:")] {
            done.ledger.see(platform, row, seen_by(prefix));
        }
        // What somebody has in front of them who is forgotten, nobody knows of any more.
        let forgotten: Vec<&str> =
            done.forgotten.iter().filter(|it| it.platform == platform).map(|it| it.handle.as_str()).collect();
        for player in self.troupe.iter().filter(|player| !forgotten.contains(&player.person.handle.as_str())) {
            let accepted = catalogue.line(player.lang(), "accepted-heading", &[]);
            let told = directs(player).iter().filter(|seen| !seen.ephemeral && seen.text.contains(&accepted)).count();
            done.ledger.see(platform, "accepted", told);
        }
        done.ledger.expect(platform, "accepted", by("accepted:"));
        let archived = rooms.iter().filter(|room| room.place.archived && room.place.kind == PlaceKind::Private).count();
        done.ledger.expect(
            platform,
            "archived",
            self.pairs.iter().filter(|pair| matches!(pair.state, PairState::Archived { .. })).count(),
        );
        done.ledger.see(platform, "archived", archived);
        let answered = done.answers.iter().filter(|(on, ..)| on == platform).count();
        done.ledger.expect(platform, "answered", answered);
        done.ledger.see(platform, "answered", answered);
    }
}

fn was_skipped(effect: &EffectRecord) -> bool {
    effect.result.as_ref().is_some_and(|result| result["skipped"] == true)
}
