//! The real binary, killed with SIGKILL at random instants while people apply, are paired, check in and withdraw on
//! both pretend platforms, and started again each time. Afterwards everything that every person saw is looked
//! through: nothing acknowledged is lost, and nothing is there twice. Also: how it stops when it is asked to.
//!
//! The seed of the instants is printed; `PLSEP_KILL_SEED` sets it.

#[cfg(test)]
mod kill {
    mod check;
    mod people;
    #[path = "../e2e/harness/postgres.rs"]
    mod postgres;
    mod restoring;
    mod season;
    mod stopping;
    mod world;

    use std::time::Duration;

    use plsep_bot::clock::within;
    use season::Act;
    use world::{Dice, Process, World};

    /// Kills over all acts of one season.
    const KILLS: [(Act, usize); 3] = [(Act::Apply, 20), (Act::Pair, 24), (Act::Run, 16)];
    /// A start that takes longer than this is killed like any other.
    const START_MAX: Duration = Duration::from_millis(1500);
    /// Where nothing happens any more, a process dies after this.
    const LONGEST: Duration = Duration::from_millis(700);
    /// Once the kills of an act are done, its people come to an end within this.
    const ACT_MAX: Duration = Duration::from_secs(60);

    /// When a process dies.
    #[derive(Clone, Copy)]
    enum Moment {
        /// So long after it was started.
        InStart(Duration),
        /// So long after both platforms let it in.
        AfterStart(Duration),
        /// In the instant in which something has happened on a platform for so many times: often before the process
        /// can note that it has.
        AfterChanges { on: usize, changes: u64 },
    }

    impl Moment {
        fn thrown(dice: &Dice) -> Self {
            match dice.below(6) {
                0 => Self::InStart(Duration::from_millis(dice.below(150))),
                1 | 2 => Self::AfterStart(Duration::from_millis(dice.below(400))),
                _ => Self::AfterChanges {
                    on: usize::try_from(dice.below(2)).unwrap_or_default(),
                    changes: 1 + dice.below(8),
                },
            }
        }
    }

    /// The instant itself has to be waited for.
    async fn passes(instant: Duration) {
        let _ = within(instant, std::future::pending::<()>()).await;
    }

    async fn season_under_fire(database: String, name: &str) {
        let dice = Dice::from_environment();
        println!("-- on {name}: PLSEP_KILL_SEED={}", dice.seed());
        let world = World::open(database, name).await;
        let (mut kills, mut in_start, mut slowest) = (0, 0, Duration::ZERO);
        for (act, quota) in KILLS {
            world.set_season(act).await;
            let mut crowd = std::pin::pin!(people::play(&world, act));
            let (mut done, mut killed) = (false, 0);
            while killed < quota {
                let process = Process::start(&world);
                let moment = Moment::thrown(&dice);
                let life = async {
                    if let Moment::InStart(instant) = moment {
                        return passes(instant).await;
                    }
                    if let Ok(took) = within(START_MAX, world.connected(&process)).await {
                        slowest = slowest.max(took);
                    }
                    match moment {
                        Moment::AfterChanges { on, changes } => world.changes(on, changes, LONGEST).await,
                        Moment::InStart(instant) | Moment::AfterStart(instant) => passes(instant).await,
                    }
                };
                tokio::select! {
                    () = life => {}
                    () = async { crowd.as_mut().await; done = true; std::future::pending().await }, if !done => {}
                }
                in_start += usize::from(!world.is_connected());
                process.kill();
                world.disconnected().await;
                killed += 1;
            }
            kills += killed;
            let process = Process::start(&world);
            if !done && within(ACT_MAX, crowd.as_mut()).await.is_err() {
                panic!("{act:?} does not come to its end\n{}\n{}", world.screens(), process.log());
            }
            within(ACT_MAX, world.connected(&process)).await.expect("it connects");
            world.delivered(&process).await;
            process.stop(&world).await;
        }
        println!("{name}: {kills} kills, {in_start} of them before it was connected; slowest start {slowest:?}");
        assert!(kills >= 50);
        check::everything(&world).await;
        world.close().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_over_sqlite() {
        let folder = world::fresh_folder("sqlite");
        season_under_fire(format!("sqlite://{}/plsep.sqlite", folder.display()), "sqlite").await;
        let _ = std::fs::remove_dir_all(folder);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn killed_over_postgres() {
        let Some(server) = postgres::server() else { return };
        let database = postgres::fresh(&server).await;
        season_under_fire(database.clone(), "postgres").await;
        postgres::remove(&server, &database).await;
    }
}
