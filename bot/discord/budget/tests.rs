//! The budget as a client at work meets it: many requests at once, answers late and out of order.

use super::*;

const COUNTED: Asked = Asked { counted: true, renames: false };

fn at(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_740_000_000_000 + ms).unwrap()
}

fn told(remaining: u32, reset_ms: u64) -> Told {
    Told {
        bucket: Some("abc".into()),
        limit: Some(5),
        remaining: Some(remaining),
        reset_after: Some(Duration::from_millis(reset_ms)),
        ..Told::default()
    }
}

fn held(ms: u64) -> Result<Taken, NotYet> {
    Err(NotYet::For(Duration::from_millis(ms), Scope::Here))
}

fn message(channel: u64) -> RouteKey {
    RouteKey::of("POST", &format!("/channels/{channel}/messages"))
}

#[test]
fn ids_do_not_divide_a_bucket_but_places_do() {
    let key = RouteKey::of("PATCH", "/channels/12/messages/34?x=1");
    assert_eq!(key, RouteKey { shape: "PATCH channels/:id/messages/:id".into(), major: "12".into() });
    let hook = RouteKey::of("POST", "/webhooks/7/secret");
    assert_eq!(hook, RouteKey { shape: "POST webhooks/:id/:id".into(), major: "7/secret".into() });
}

#[test]
fn the_first_request_goes_alone_and_the_others_wait_for_its_answer() {
    let mut budget = Budget::default();
    let first = budget.take(&message(1), COUNTED, at(0)).unwrap();
    assert_eq!(budget.take(&message(1), COUNTED, at(10)), Err(NotYet::AfterAnswer));
    assert!(budget.take(&message(2), COUNTED, at(10)).is_ok(), "another channel is another bucket");
    budget.answered(&first, &told(4, 5_000), at(200));
    for _ in 0..4 {
        assert!(budget.take(&message(1), COUNTED, at(210)).is_ok());
    }
    assert_eq!(budget.take(&message(1), COUNTED, at(210)), held(4_990), "what is out is spent");
}

#[test]
fn an_empty_bucket_is_left_alone_until_it_fills() {
    let mut budget = Budget::default();
    let first = budget.take(&message(1), COUNTED, at(0)).unwrap();
    budget.answered(&first, &told(0, 5_000), at(0));
    assert_eq!(budget.take(&message(1), COUNTED, at(1_000)), held(4_000));
    let again: Vec<_> = (0..5).map(|_| budget.take(&message(1), COUNTED, at(5_000)).unwrap()).collect();
    assert_eq!(budget.take(&message(1), COUNTED, at(5_000)), Err(NotYet::AfterAnswer), "the new window is full");
    budget.answered(&again[0], &told(4, 5_000), at(5_100));
    assert_eq!(budget.take(&message(1), COUNTED, at(5_100)), held(5_000), "the other four are on their way");
}

#[test]
fn answers_out_of_order_do_not_give_back_what_is_spent() {
    let mut budget = Budget::default();
    let first = budget.take(&message(1), COUNTED, at(0)).unwrap();
    budget.answered(&first, &told(4, 5_000), at(0));
    let out: Vec<_> = (0..4).map(|_| budget.take(&message(1), COUNTED, at(10)).unwrap()).collect();
    for (taken, remaining) in out.iter().zip([0, 3, 1, 2]) {
        budget.answered(taken, &told(remaining, 4_900), at(100));
    }
    assert_eq!(budget.take(&message(1), COUNTED, at(100)), held(4_900));
}

#[test]
fn a_request_that_crosses_into_the_next_window_is_counted_there() {
    let mut budget = Budget::default();
    let first = budget.take(&message(1), COUNTED, at(0)).unwrap();
    budget.answered(&first, &told(4, 1_000), at(0));
    let late = budget.take(&message(1), COUNTED, at(999)).unwrap();
    for _ in 0..4 {
        assert!(budget.take(&message(1), COUNTED, at(1_000)).is_ok());
    }
    assert_eq!(budget.take(&message(1), COUNTED, at(1_000)), Err(NotYet::AfterAnswer), "it may be the fifth");
    budget.answered(&late, &told(4, 1_000), at(1_100));
    assert_eq!(budget.take(&message(1), COUNTED, at(1_100)), held(1_000));
}

#[test]
fn routes_of_one_bucket_share_it() {
    let mut budget = Budget::default();
    let edit = RouteKey::of("PATCH", "/channels/1/messages/5");
    let one = budget.take(&message(1), COUNTED, at(0)).unwrap();
    let other = budget.take(&edit, COUNTED, at(0)).unwrap();
    budget.answered(&one, &told(3, 5_000), at(0));
    budget.answered(&other, &told(0, 5_000), at(0));
    assert!(budget.take(&message(1), COUNTED, at(1)).is_err());
}

#[test]
fn a_lost_answer_leaves_the_next_request_to_learn() {
    let mut budget = Budget::default();
    let lost = budget.take(&message(1), COUNTED, at(0)).unwrap();
    budget.lost(&lost, at(10));
    assert!(budget.take(&message(1), COUNTED, at(20)).is_ok());
    assert_eq!(budget.take(&message(1), COUNTED, at(20)), Err(NotYet::AfterAnswer));
}

#[test]
fn a_refusal_closes_its_bucket_and_a_global_one_closes_all() {
    let mut budget = Budget::default();
    let there = RouteKey::of("GET", "/guilds/2/channels");
    let refused = Told { retry_after: Some(Duration::from_millis(700)), ..Told::default() };
    let one = budget.take(&message(1), COUNTED, at(0)).unwrap();
    budget.answered(&one, &refused, at(0));
    assert_eq!(budget.take(&message(1), COUNTED, at(0)), held(700));
    let other = budget.take(&there, COUNTED, at(0)).unwrap();
    budget.answered(&other, &Told { global: true, ..refused }, at(0));
    let everything = Err(NotYet::For(Duration::from_millis(600), Scope::Everything));
    assert_eq!(budget.take(&there, COUNTED, at(100)), everything);
    let hook = Asked { counted: false, renames: false };
    assert!(budget.take(&RouteKey::of("POST", "/webhooks/1/t"), hook, at(100)).is_ok());
}

#[test]
fn fifty_in_a_second_and_not_one_more_however_late_the_answers() {
    let mut budget = Budget::default();
    let key = |n: i64| RouteKey::of("GET", &format!("/guilds/{n}"));
    let sent: Vec<_> = (0..60).filter_map(|n| budget.take(&key(n), COUNTED, at(n)).ok()).collect();
    assert_eq!(sent.len(), GLOBAL_PER_SECOND);
    assert_eq!(budget.take(&key(99), COUNTED, at(1_000)), Err(NotYet::AfterAnswer), "all may arrive just now");
    budget.answered(&sent[0], &Told::default(), at(1_200));
    let everything = Err(NotYet::For(Duration::from_secs(1), Scope::Everything));
    assert_eq!(budget.take(&key(99), COUNTED, at(1_200)), everything);
    assert!(budget.take(&key(99), COUNTED, at(2_200)).is_ok());
}

#[test]
fn a_channel_is_renamed_twice_in_ten_minutes() {
    let mut budget = Budget::default();
    let key = RouteKey::of("PATCH", "/channels/1");
    let renames = Asked { counted: true, renames: true };
    for minute in [0, 1] {
        let taken = budget.take(&key, renames, at(minute * 60_000)).unwrap();
        budget.answered(&taken, &told(4, 5_000), at(minute * 60_000));
    }
    assert_eq!(budget.take(&key, renames, at(120_000)), held(480_000));
    assert!(budget.take(&key, COUNTED, at(120_000)).is_ok(), "other changes are free");
    assert!(budget.take(&RouteKey::of("PATCH", "/channels/2"), renames, at(120_000)).is_ok());
    assert!(budget.take(&key, renames, at(600_000)).is_ok());
}

#[test]
fn whoever_is_refused_again_and_again_stops_asking_well_before_the_ban() {
    let mut budget = Budget::default();
    let stops = (0..REFUSED_MAX).filter(|_| budget.refusal(true, at(0))).count();
    assert_eq!(stops, 1, "it is said once");
    let everything = NotYet::For(Duration::from_secs(540), Scope::Everything);
    assert_eq!(budget.not_shut_out(at(60_000)), Err(everything));
    assert_eq!(budget.not_shut_out(at(600_000)), Ok(()));
}

#[test]
fn a_clock_that_jumps_back_closes_nothing_for_years() {
    let mut budget = Budget::default();
    let first = budget.take(&message(1), COUNTED, at(1_000_000_000)).unwrap();
    budget.answered(&first, &told(0, 5_000), at(1_000_000_000));
    assert!(budget.take(&message(1), COUNTED, at(0)).is_ok());
}
