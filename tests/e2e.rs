//! The season as stories: real people's clicks and lines on the pretend platforms, through the real adapters, on
//! simulated time, on Discord and on Slack. Refuses to sleep and to look inside where a person could look instead.

#[cfg(test)]
mod e2e {
    mod harness;

    mod about;
    mod after_meetings;
    mod agreement;
    mod announcing;
    mod applying;
    mod audit;
    mod buttons;
    mod clocks;
    mod closing;
    mod concerns;
    mod coordinators;
    mod crash;
    mod deadline;
    mod decisions;
    mod delivery;
    mod digest;
    mod extension;
    mod files;
    mod home;
    mod leaving;
    mod matching;
    mod meetings;
    mod missed_cron;
    mod my_data;
    mod nasty_text;
    mod nudge_desk;
    mod nudges;
    mod office_lost;
    mod pace;
    mod pair_desk;
    mod permissions;
    mod promises;
    mod publishing;
    mod pulse;
    mod rematch;
    mod reminders;
    mod reminding;
    mod replicas;
    mod reports;
    mod reviewing;
    mod roster;
    mod roster_desk;
    mod roster_import;
    mod season_dates;
    mod season_in_small;
    mod settings;
    mod status;
    mod steps;
    mod stuck;
    mod trouble;
    mod twice;
    mod unhappy;
    mod unreachable;
    mod walk;
    mod which_pair;
}
