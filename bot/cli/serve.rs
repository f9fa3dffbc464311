//! `serve` and `migrate`: the bot on the real platforms.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use super::Failed;
use super::stage::{connect, open_to_serve};
use crate::chat::{Bounds, Connection};
use crate::clock::{Clock, within};
use crate::config::{self, Config, Secret};
use crate::outbox::Policy;
use crate::store::{Done, Store};
use crate::wiring::{Bot, BotParts, ROSTER_STEP};
use crate::{discord, slack};

/// How long finishing what is at work may take. With what follows it stays below the ten seconds after which service
/// managers lose their patience.
const PATIENCE: Duration = Duration::from_secs(8);

/// How long closing the database may take after that. It is safe to end without: what is committed is committed.
const CLOSING: Duration = Duration::from_millis(500);

pub(super) async fn run(config: &Config) -> Result<(), Failed> {
    let mut stop = std::pin::pin!(stop_signal());
    let (store, bot) = tokio::select! {
        // First in line, so that it is heard from here on.
        biased;
        () = &mut stop => {
            println!("Stopped before the bot was running.");
            return Ok(());
        }
        started = start(config) => started?,
    };
    println!("The bot is running. Stop it with Ctrl-C.");
    report_connections(&bot);
    stop.await;
    println!("Stopping: what is at work is finished first.");
    bot.stop(PATIENCE).await;
    let Done { turns, commits, statements } = store.done();
    tracing::info!(turns, commits, statements, "what the database did");
    if within(CLOSING, store.close()).await.is_err() {
        tracing::warn!("the database was still busy");
    }
    Ok(())
}

async fn start(config: &Config) -> Result<(Store, Arc<Bot>), Failed> {
    println!("The bot is starting.");
    let program = config::load_program(&config.program)?;
    let clock = Clock::system();
    let store = open_to_serve(config.database.reveal(), clock.now()).await?;
    let bot = Bot::start(BotParts {
        store: store.clone(),
        incident_seed: u64::from(std::process::id()) << 32 | clock.now().timestamp().unsigned_abs(),
        clock,
        program,
        discord: discord_settings(config),
        slack: slack_settings(config),
        policy: policy(config),
        flood: Bounds::default(),
        roster_step: ROSTER_STEP,
        by_itself: true,
    })
    .await?;
    Ok((store, bot))
}

/// Logs how each platform stands, now and whenever it changes.
fn report_connections(bot: &Bot) {
    for (name, mut connection) in bot.connections() {
        tokio::spawn(async move {
            loop {
                let now = connection.borrow_and_update().clone();
                match now {
                    Connection::Ready => tracing::info!(platform = name, "connected"),
                    Connection::Standby => tracing::info!(platform = name, "standing by: another process receives"),
                    Connection::Connecting => tracing::info!(platform = name, "connecting"),
                    Connection::Down(why) => {
                        tracing::warn!(platform = name, why, "the connection is lost; trying again")
                    }
                    Connection::Stopped => return,
                }
                if connection.changed().await.is_err() {
                    return;
                }
            }
        });
    }
}

pub(super) async fn migrate(config: &Config) -> Result<(), Failed> {
    let store = connect(config.database.reveal()).await?;
    let applied = store.migrate().await?;
    store.close().await;
    if applied.from == applied.to {
        println!("The database is up to date (version {}).", applied.to);
    } else {
        println!("The database is brought from version {} to version {}.", applied.from, applied.to);
    }
    Ok(())
}

/// Waits for Ctrl-C or, where there is such a thing, SIGTERM.
pub(super) async fn stop_signal() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::error!(%error, "Ctrl-C cannot be waited for");
    }
}

fn discord_settings(config: &Config) -> Option<discord::Settings> {
    let from = &config.discord;
    let token = from.token.as_ref().map(Secret::reveal)?;
    Some(discord::Settings {
        api_url: Some(from.api_url.clone()),
        reply_deadline: from.waits.reply_deadline,
        request_timeout: from.waits.request_timeout,
        ..discord::Settings::new(token)
    })
}

fn slack_settings(config: &Config) -> Option<slack::Settings> {
    let from = &config.slack;
    let tokens = from.tokens.as_ref()?;
    Some(slack::Settings {
        api_url: Some(from.api_url.clone()),
        reply_deadline: from.waits.reply_deadline,
        request_timeout: from.waits.request_timeout,
        ..slack::Settings::new(tokens.bot.reveal().to_owned(), tokens.app.reveal().to_owned())
    })
}

fn policy(config: &Config) -> Policy {
    let time = |duration: Duration| TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX);
    let outbox = &config.outbox;
    Policy {
        owner: format!("process-{}", std::process::id()),
        lease: time(outbox.lease),
        batch: outbox.batch,
        parallel: outbox.parallel,
        give_up_after: time(outbox.give_up_after),
        backoff_first: time(outbox.backoff_first),
        backoff_max: time(outbox.backoff_max),
    }
}
