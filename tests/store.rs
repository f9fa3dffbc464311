//! One suite for the store, told twice: on SQLite, and on PostgreSQL where `PLSEP_TEST_POSTGRES` names a
//! server (`.ci/postgres` starts one). Each story has a database of its own.

#[cfg(test)]
mod store {
    #[macro_use]
    mod harness;

    mod aggregates;
    mod ahead;
    mod alone;
    mod announcements;
    mod begun_anew;
    mod behind;
    mod connect;
    mod copies;
    mod erasure;
    mod harm;
    mod kept;
    mod leases;
    mod meetings;
    mod migrations;
    mod nudge_controls;
    mod opening;
    mod outbox;
    mod pairs;
    #[path = "../e2e/harness/postgres.rs"]
    mod postgres;
    mod pulses;
    mod roster;
    mod rounds;
    mod sharing;
    mod signs;
    mod trouble;
    mod writers;
}
