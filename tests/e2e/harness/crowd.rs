//! More people than a story can let apply one by one: they join on the platform, and their accepted applications are
//! put where the bot keeps them.

use plsep_bot::chat::UserRef;
use plsep_bot::store::PersonSeen;
use plsep_domain::application::parse_answer;
use plsep_domain::{Answers, ApplicationState, Role};

use super::{Story, answers, resident};

impl Story {
    /// So many mentees and as many mentors are accepted: `mentee1`, `mentor1` and so on.
    pub async fn accepts_crowd(&self, pairs: usize) {
        let people: Vec<(String, Role)> = (1..=pairs)
            .flat_map(|number| [Role::Mentee, Role::Mentor].map(|role| (format!("{}{number}", role.key()), role)))
            .collect();
        for (handle, _) in &people {
            self.joins(resident(handle, &format!("Person {handle}"), "America/Los_Angeles"));
        }
        self.settle().await;
        let residents = self.platform().residents();
        let mut tx = self.stage.store.write().await.expect("the database takes it");
        let community = self.community_in(&mut tx).await;
        let season = tx.current_season(community).await.expect("it reads").expect("there is one").id;
        for (handle, role) in &people {
            let who = residents.iter().find(|who| who.handle == *handle).expect("they joined");
            let seen = PersonSeen {
                user: UserRef(who.id.clone()),
                name: who.name.clone(),
                locale: None,
                zone: None,
                email: None,
            };
            let now = self.now();
            let person = tx.upsert_person(community, &seen, now).await.expect("it takes it").id;
            let application = tx.start_application(season, person, *role, now).await.expect("it takes it").id;
            let mut given = Answers::default();
            for question in self.program.questions_for(*role) {
                let raw = answers::usual(handle, *role, question);
                given.put(&question.key, parse_answer(question, &raw).expect("a usual answer fits"));
            }
            let accepted = ApplicationState::Accepted;
            tx.submit_application(application, &given, &accepted, now, now).await.expect("it takes it");
        }
        tx.commit().await.expect("it is kept");
    }
}
