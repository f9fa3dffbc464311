//! The season after: it was set up once, whoever applied anew is in it with what they wrote, and nobody else is.

use super::deliveries::is_whole;
use super::{Broken, Case, Done};
use crate::cli::stage::StageError;
use crate::store::AuditWho;

impl Case<'_, '_> {
    /// Promises 1 and 2, for the next season. That the one before has lost nothing by it is judged with everything else.
    pub(super) async fn goes_into_the_next(&self, done: &Done) -> Result<Vec<Broken>, StageError> {
        let mut findings = Vec::new();
        let mut tx = self.season.theatre.store.read().await?;
        let seasons = self.season.seasons(&mut tx, self.platform).await?.len();
        if seasons != 2 {
            findings.push(format!("exactly once: there are {seasons} seasons, and there were to be two"));
        }
        let log = tx.audit(self.community, u32::MAX).await?;
        // The first one was set up by the bot when it came.
        let by_people = log.iter().filter(|entry| matches!(entry.who, AuditWho::Person(_)));
        let set_up = by_people.filter(|entry| entry.action == "season.create").count();
        if set_up != 1 {
            findings.push(format!("exactly once: the next season was set up {set_up} times"));
        }
        let next = self.season.next_season(&mut tx, self.platform).await?;
        let applied = tx.applications(next.id).await?;
        let anew = || done.anew.iter().filter(|(platform, _)| *platform == self.platform).map(|(_, handle)| handle);
        for handle in anew() {
            let user = self.season.id_of(self.platform, handle);
            let mut mine = applied.iter().filter(|(_, person)| person.user.0 == user);
            if !mine.any(|(application, _)| is_whole(application, handle)) {
                findings.push(format!("nothing lost: {handle} applied for the next season, and it is not kept"));
            }
        }
        if applied.len() != anew().count() {
            findings.push(format!(
                "nothing lost: {} have applied anew, and {} are kept",
                anew().count(),
                applied.len()
            ));
        }
        if !tx.pairs(next.id).await?.is_empty() {
            findings.push("decided: the next season has pairs that nobody has published".to_owned());
        }
        Ok(self.tells(findings.into_iter().map(|what| (what, None)).collect()))
    }
}
