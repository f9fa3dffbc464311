//! A meeting as a calendar file (RFC 5545) that any calendar opens. The same meeting keeps its name in the calendar
//! through every change. It holds the two names, the place they wrote and nothing else of theirs; times are in UTC,
//! which every calendar shows on its owner's clock.

use chrono::{DateTime, TimeDelta, Utc};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};
use plsep_domain::text;

use super::meeting::{Attendee, MeetingView};
use super::{Arg, Voice};
use crate::chat::File;

/// Which file it is, besides what the meeting says.
pub struct Invitation<'a> {
    /// The meeting's name in calendars: the same for ever, and nobody else's.
    pub uid: &'a str,
    /// When the file is made.
    pub now: DateTime<Utc>,
    /// Whether the meeting is called off.
    pub cancelled: bool,
}

impl Voice<'_> {
    /// The file of a meeting.
    #[must_use]
    pub fn meeting_file(&self, meeting: &MeetingView, people: &[Attendee; 2], invitation: &Invitation<'_>) -> File {
        let Invitation { uid, now, cancelled } = invitation;
        let name = |person: &Attendee| Arg::Words(text::clean(&person.name, false));
        let summary = self.line("meeting-file-summary", &[("one", name(&people[0])), ("other", name(&people[1]))]);
        let mut event = Event::new();
        event
            .uid(uid)
            .timestamp(*now)
            .sequence(u32::try_from(meeting.sequence).unwrap_or(u32::MAX))
            .summary(&summary)
            .starts(meeting.starts_at)
            .ends(meeting.starts_at + TimeDelta::minutes(meeting.minutes))
            .status(if *cancelled { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if !meeting.place.is_empty() {
            event.location(&text::clean(&meeting.place, false));
        }
        let mut calendar = Calendar::empty();
        calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//PLSEP Mentorship//Meetings//EN"));
        // Published to the two, not an invitation to be answered: it opens alike in every calendar.
        calendar.append_property(("METHOD", if *cancelled { "CANCEL" } else { "PUBLISH" }));
        calendar.push(event.done());
        let day = meeting.starts_at.with_timezone(&self.zone).format("%Y-%m-%d");
        File {
            name: format!("meeting-{day}.ics"),
            media: "text/calendar".to_owned(),
            alt: None,
            content: calendar.to_string().into_bytes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::Tz;
    use plsep_domain::{Lang, MeetingState};

    use super::*;
    use crate::chat::UserRef;
    use crate::words::Catalogue;

    #[test]
    fn a_file_says_who_when_and_where_and_no_word_breaks_it() {
        let catalogue = Catalogue::embedded();
        let voice = Voice::new(&catalogue, Lang::En, Tz::America__Los_Angeles);
        let attendee = |name: &str| Attendee {
            user: UserRef("U1".to_owned()),
            name: name.to_owned(),
            zone: Tz::America__Los_Angeles,
        };
        let people = [attendee("Ada, \u{202e}the; first"), attendee("ليلى 🌻\nEND:VEVENT")];
        let meeting = MeetingView {
            id: 7.into(),
            pair: 3.into(),
            starts_at: "2025-03-14T21:00:00Z".parse().unwrap(),
            minutes: 45,
            place: "https://example.org/j/1?a=b;c, room\n2".to_owned(),
            sequence: 2,
            state: MeetingState::Planned,
        };
        let now = "2025-03-05T18:00:00Z".parse().unwrap();
        let file = voice.meeting_file(&meeting, &people, &Invitation { uid: "abc@plsep", now, cancelled: false });
        assert_eq!((file.name.as_str(), file.media.as_str()), ("meeting-2025-03-14.ics", "text/calendar"));
        let text = String::from_utf8(file.content).unwrap();
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "VERSION:2.0",
            "PRODID:-//PLSEP Mentorship//Meetings//EN",
            "METHOD:PUBLISH",
            "UID:abc@plsep",
            "SEQUENCE:2",
            "DTSTAMP:20250305T180000Z",
            "DTSTART:20250314T210000Z",
            "DTEND:20250314T214500Z",
            "STATUS:CONFIRMED",
            "SUMMARY:Mentorship meeting: Ada\\, the\\; first and ليلى 🌻 END:VEVENT",
            "LOCATION:https://example.org/j/1?a=b\\;c\\, room 2",
        ] {
            assert!(unfolded.lines().any(|have| have == line), "{line} in\n{unfolded}");
        }
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert!(text.split('\n').filter(|line| !line.is_empty()).all(|line| line.ends_with('\r')));
        let gone = voice.meeting_file(&meeting, &people, &Invitation { uid: "abc@plsep", now, cancelled: true });
        let text = String::from_utf8(gone.content).unwrap();
        assert!(text.contains("METHOD:CANCEL") && text.contains("STATUS:CANCELLED") && text.contains("UID:abc@plsep"));
    }
}
