//! Several processes share one community: one receives, all send, nobody sees anything twice, and when one dies
//! another goes on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use plsep_bot::chat::{Bounds, Connection, Message, Text};
use plsep_bot::clock::{Clock, within};
use plsep_bot::outbox::Policy;
use plsep_bot::store::{Effect, NewEffect, PersonSeen, Store, To};
use plsep_bot::wiring::{Bot, BotParts, LEASE, ROSTER_STEP};
use plsep_bot::words::Catalogue;
use plsep_bot::{discord, slack};
use plsep_domain::Role::{Mentee, Mentor};
use plsep_sandbox::FaultKind;
use sqlx::{Connection as _, Executor};
use tokio::runtime::Runtime;

use super::harness::{Both, OnDiscord, Story, resident, run_shared_test};

const PAIR: [(&str, plsep_domain::Role); 2] = [("ada", Mentee), ("grace", Mentor)];
const PATIENCE: Duration = Duration::from_secs(10);

/// A further process: its own runtime, connections and store.
struct Process {
    runtime: Option<Runtime>,
    bot: Arc<Bot>,
}

impl Process {
    async fn start(t: &Story, database: &str, by_itself: bool) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = runtime.expect("a runtime starts");
        let environment = t.stage.environment();
        let value = |name: &str| environment.iter().find(|(key, _)| *key == name).map(|(_, value)| value.clone());
        let discord = value("DISCORD_TOKEN")
            .map(|token| discord::Settings { api_url: value("DISCORD_API_URL"), ..discord::Settings::new(token) });
        let slack = value("SLACK_BOT_TOKEN").zip(value("SLACK_APP_TOKEN")).map(|(bot, app)| slack::Settings {
            api_url: value("SLACK_API_URL"),
            sockets: 1,
            ..slack::Settings::new(bot, app)
        });
        let (world, program, database) = (t.stage.clock.clone(), (*t.program).clone(), database.to_owned());
        let starting = runtime.spawn(async move {
            let now = move || DateTime::from_timestamp_millis(world.now_ms()).expect("a moment of the world");
            Bot::start(BotParts {
                store: Store::connect(&database).await.expect("the database opens"),
                clock: Clock::simulated(now),
                program,
                discord,
                slack,
                policy: Policy {
                    owner: "another".to_owned(),
                    lease: TimeDelta::seconds(60),
                    batch: 1,
                    parallel: 1,
                    give_up_after: TimeDelta::hours(48),
                    backoff_first: TimeDelta::seconds(2),
                    backoff_max: TimeDelta::minutes(15),
                },
                flood: Bounds::default(),
                roster_step: ROSTER_STEP,
                incident_seed: 1,
                by_itself,
            })
            .await
            .expect("the bot starts")
        });
        let bot = starting.await.expect("the bot starts");
        within(PATIENCE, bot.ready()).await.expect("the bot becomes ready");
        Self { runtime: Some(runtime), bot }
    }

    /// Does what is due, one effect at a time; how many.
    async fn works(&self) -> usize {
        let (bot, mut done) = (Arc::clone(&self.bot), 0);
        let runtime = self.runtime.as_ref().expect("it lives");
        let work = async move {
            loop {
                match bot.step().await.expect("the bot works") {
                    0 => return done,
                    more => done += more,
                }
            }
        };
        runtime.spawn(work).await.expect("the bot works")
    }

    /// The same, without waiting for it.
    fn begins_to_work(&self) {
        let bot = Arc::clone(&self.bot);
        self.runtime.as_ref().expect("it lives").spawn(async move { bot.step().await });
    }

    fn stands(&self) -> Connection {
        self.bot.connections()[0].1.borrow().clone()
    }

    /// Waits until it stands so.
    async fn comes_to(&self, wanted: &Connection) {
        let mut connection = self.bot.connections().remove(0).1;
        within(PATIENCE, connection.wait_for(|now| now == wanted)).await.expect("it comes to that").expect("it lives");
    }

    /// Ends at once: nothing is finished, nothing given back.
    fn dies(self) {}
}

impl Drop for Process {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn first_stands(t: &Story) -> Connection {
    t.stage.bot().await.expect("it runs").connections()[0].1.borrow().clone()
}

fn lease() -> TimeDelta {
    TimeDelta::from_std(LEASE).expect("a few seconds")
}

#[tokio::test]
async fn whoever_stands_by_takes_over_when_the_other_stops_or_dies() {
    run_shared_test(Both, async |t, database| {
        let ada = t.person("ada");
        let other = Process::start(&t, database, false).await;
        assert_eq!(first_stands(&t).await, Connection::Ready);
        assert_eq!(other.stands(), Connection::Standby);

        // A clean stop gives the lease back: no time has to pass.
        t.stage.stop_bot().await;
        other.works().await;
        other.comes_to(&Connection::Ready).await;
        ada.asks("status", &[]).await;
        t.until("Ada is answered", || ada.has("You have not applied this season")).await;

        // The first comes back and stands by; then the other dies without a word.
        t.stage.restart_bot().await.expect("the bot starts");
        assert_eq!(first_stands(&t).await, Connection::Standby);
        other.dies();
        t.settle().await;
        assert_eq!(first_stands(&t).await, Connection::Standby, "its lease still runs");
        t.stage.clock.travel_to((t.now() + lease()).timestamp_millis());
        t.settle().await;
        within(PATIENCE, t.stage.bot().await.expect("it runs").ready()).await.expect("it receives");
        assert_eq!(first_stands(&t).await, Connection::Ready);
        ada.asks("about", &[]).await;
        ada.sees_times(1, "How to apply");
    })
    .await;
}

#[tokio::test]
async fn a_death_is_noticed_at_once_where_the_server_can_tell() {
    run_shared_test(Both, async |t, database| {
        t.stage.stop_bot().await;
        let one = Process::start(&t, database, true).await;
        one.comes_to(&Connection::Ready).await;
        let other = Process::start(&t, database, true).await;
        assert_eq!(other.stands(), Connection::Standby);
        // The clock stands still, so the lease never runs out by itself.
        one.dies();
        other.comes_to(&Connection::Ready).await;
        let ada = t.person("ada");
        ada.actor.says(&ada.line("mentorship", "status", &[])).await.expect("the command is there");
        t.until("Ada is answered", || ada.has("You have not applied this season")).await;
        other.bot.stop(PATIENCE).await;
        t.stage.restart_bot().await.expect("the bot starts");
        assert_eq!(first_stands(&t).await, Connection::Ready);
    })
    .await;
}

#[tokio::test]
async fn all_of_them_send_and_nobody_sees_anything_twice() {
    run_shared_test(Both, async |t, database| {
        // Each conversation is one process's at a time, so there are many.
        for number in 0..80 {
            t.joins(resident(&format!("reader{number}"), &format!("Reader {number}"), "America/Los_Angeles"));
        }
        t.settle().await;
        let other = Process::start(&t, database, false).await;
        let catalogue = Catalogue::embedded();
        let community = t.stage.community(t.platform().key()).await.expect("the bot knows its community");
        let mut tx = t.stage.store.write().await.expect("the database answers");
        let voice = plsep_bot::words::Voice::new(&catalogue, plsep_domain::Lang::En, chrono_tz::UTC);
        for number in 0..80 {
            let message = voice.apology(&format!("number {number} of many"));
            let user = plsep_bot::chat::UserRef(t.id_of(&format!("reader{number}")));
            let seen = PersonSeen { user, name: "Reader".to_owned(), locale: None, zone: None, email: None };
            let reader = tx.upsert_person(community, &seen, t.now()).await.expect("the database answers").id;
            let effect = Effect::Post { to: To::Person(reader), message };
            let new = NewEffect { community, key: format!("many:{number}"), due_at: t.now(), effect };
            assert!(tx.enqueue(&new, t.now()).await.expect("it is queued"));
        }
        tx.commit().await.expect("the database answers");
        let mine = t.stage.bot().await.expect("it runs");
        let (by_one, by_other) = tokio::join!(
            async {
                let mut done = 0;
                // Also as many again as the platform's pace has put off.
                loop {
                    match mine.step().await.expect("the bot works") {
                        0 => return done,
                        more => done += more,
                    }
                }
            },
            other.works()
        );
        t.drain().await;
        assert!(by_other > 0, "the one that stands by sends as well ({by_one} by the one that receives)");
        for number in 0..80 {
            t.person(&format!("reader{number}")).sees_times(1, &format!("number {number} of many"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_job_that_two_of_them_run_at_once_is_done_once() {
    run_shared_test(Both, async |t, database| {
        t.until_paired(&PAIR).await;
        t.travel_to("2025-03-20 09:59").await;
        let other = Process::start(&t, database, false).await;
        t.clock_jumps_to("2025-03-20 10:00");
        let mine = t.stage.bot().await.expect("it runs");
        let (one, _) = tokio::join!(mine.step(), other.works());
        one.expect("the bot works");
        t.drain().await;
        other.works().await;
        for who in ["ada", "grace"] {
            assert_eq!(t.person(who).in_room("Your check-in for March 2025").len(), 1);
        }
    })
    .await;
}

#[tokio::test]
async fn who_was_deposed_acts_on_nothing_and_says_so() {
    run_shared_test(Both, async |t, database| {
        let ada = t.person("ada");
        ada.applies_as(Mentee).await;
        ada.asks("withdraw", &[]).await;
        // The first holds still while its lease runs out, and another process takes over.
        t.stage.clock.travel_to((t.now() + lease()).timestamp_millis());
        let other = Process::start(&t, database, false).await;
        other.comes_to(&Connection::Ready).await;
        // Both listen now, and both platforms may deliver to either: to the deposed one alone, once the other is gone.
        other.dies();
        if let Some(slack) = &t.stage.slack {
            let gone = slack.sockets().watch().wait_for(|open| *open == 1).await.map(|_| ());
            gone.expect("the platform notices that a socket is gone");
        }
        ada.presses("Withdraw").await;
        ada.sees_times(1, "I was just being restarted");
        assert_eq!(t.application("ada").await.expect("she applied").state.key(), "submitted");
        // It has noticed meanwhile; when the dead one's lease is over, it receives again.
        assert_eq!(first_stands(&t).await, Connection::Standby);
        if let Some(slack) = &t.stage.slack {
            // Nothing more is sent to a socket that is about to close.
            let gone = slack.sockets().watch().wait_for(|open| *open == 0).await.map(|_| ());
            gone.expect("the platform notices that the socket is gone");
        }
        t.stage.clock.travel_to((t.now() + lease()).timestamp_millis());
        t.settle().await;
        within(PATIENCE, t.stage.bot().await.expect("it runs").ready()).await.expect("it receives");
        ada.presses("Withdraw").await;
        assert_eq!(t.application("ada").await.expect("she applied").state.key(), "withdrawn");
    })
    .await;
}

#[tokio::test]
async fn what_one_sent_and_could_not_report_the_next_one_finds_after_the_lease() {
    run_shared_test(Both, async |t, database| {
        t.until_paired(&PAIR).await;
        let community = t.stage.community(t.platform().key()).await.expect("the bot knows its community");
        let other = Process::start(&t, database, false).await;
        let pair = t.pairs().await.remove(0);
        let message = Message::paragraph(Text::plain("Said by whom?"));
        let effect = Effect::Post { to: To::Pair(pair.id), message };
        let new = NewEffect { community, key: "whose".to_owned(), due_at: t.now(), effect };
        let mut tx = t.stage.store.write().await.expect("the database answers");
        assert!(tx.enqueue(&new, t.now()).await.expect("it is queued"));
        tx.commit().await.expect("the database answers");
        // The other one sends it; the platform does not answer, and the process dies waiting.
        t.goes_wrong(if t.on_discord() { "/messages" } else { "chat.postMessage" }, FaultKind::NeverAnswer, 0);
        other.begins_to_work();
        let ada = t.person("ada");
        t.until("it is posted", || ada.has("Said by whom?")).await;
        other.dies();
        t.settle().await;
        let waits = || async {
            let mut tx = t.stage.store.read().await.expect("the database answers");
            tx.pending_effects().await.expect("it reads")
        };
        assert_eq!(waits().await, 1, "as long as the claim holds, nobody else touches it");
        t.stage.clock.travel_to((t.now() + TimeDelta::minutes(2)).timestamp_millis());
        t.drain().await;
        assert_eq!(waits().await, 0);
        assert_eq!(ada.in_room("Said by whom?").len(), 1);
    })
    .await;
}

#[tokio::test]
async fn who_cannot_renew_in_time_stops_by_itself() {
    run_shared_test(OnDiscord, async |t, database| {
        t.stage.stop_bot().await;
        let one = Process::start(&t, database, true).await;
        one.comes_to(&Connection::Ready).await;
        // Somebody bars the way to the leases. The clock stands still, so nobody could take over by it.
        let mut barrier = sqlx::PgConnection::connect(database).await.expect("the database answers");
        barrier.execute("BEGIN; LOCK TABLE leases IN EXCLUSIVE MODE").await.expect("the table can be locked");
        let barred = Instant::now();
        one.comes_to(&Connection::Standby).await;
        assert!(barred.elapsed() < LEASE, "it stops before its lease is over: {:?}", barred.elapsed());
        barrier.execute("ROLLBACK").await.expect("the lock is given up");
        one.comes_to(&Connection::Ready).await;
        let ada = t.person("ada");
        ada.actor.says(&ada.line("mentorship", "status", &[])).await.expect("the command is there");
        t.until("Ada is answered", || ada.has("You have not applied this season")).await;
        one.bot.stop(PATIENCE).await;
        t.stage.restart_bot().await.expect("the bot starts");
    })
    .await;
}
