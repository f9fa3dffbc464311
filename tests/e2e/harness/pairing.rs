//! From applications to pairs, as far as a story only needs them to be there.

use plsep_domain::Role::{self, Mentee, Mentor};

use super::{Person, Story};

impl Story {
    /// These people apply, are accepted and paired; the introductions are delivered. It is February 18, 10 AM.
    pub async fn until_paired(&self, people: &[(&str, Role)]) {
        self.until_proposed(people).await;
        self.publishes().await;
    }

    /// These people apply and are accepted; a proposal is made. It is February 18, 10 AM.
    pub async fn until_proposed(&self, people: &[(&str, Role)]) {
        for (handle, role) in people {
            self.person(handle).applies_as(*role).await;
        }
        self.accepts_and_proposes().await;
    }

    /// Ada and Grace are for children's work, Ben and Marcus for outreach; Sam has a proposal before them. It is February
    /// 18, 10 AM.
    pub async fn four_who_suit_by_two(&self) -> [Person; 5] {
        let people = ["ada", "ben", "grace", "marcus", "sam"].map(|handle| self.person(handle));
        let [ada, ben, grace, marcus, _] = &people;
        ada.applies_as(Mentee).await;
        ben.applies_with(Mentee, &[("specialisations_sought", &["outreach"])]).await;
        grace.applies_as(Mentor).await;
        marcus.applies_with(Mentor, &[("specialisations_offered", &["outreach"])]).await;
        self.accepts_and_proposes().await;
        people
    }

    /// On February 18, 10 AM, everybody who applied is accepted, and a proposal is made.
    pub async fn accepts_and_proposes(&self) {
        self.travel_to("2025-02-18 10:00").await;
        let sam = self.person("sam");
        sam.commands("applications accept-all", &[]).await;
        sam.presses("Yes, accept them").await;
        self.drain().await;
        sam.commands("match propose", &[]).await;
    }

    /// What is proposed is published, and the introductions are delivered.
    pub async fn publishes(&self) {
        let sam = self.person("sam");
        sam.commands("match publish", &[]).await;
        sam.presses("Yes, publish and introduce").await;
        self.drain().await;
    }
}
