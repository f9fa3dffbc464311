-- What people set for themselves, meetings, private questions about the fit, what coordinators are asked to look at,
-- and the closing survey.

-- What a person chose comes before what the platform tells. hours_from and hours_to are minutes of the day, in the
-- person's own zone; NULL means the program's civil hours. reach says where they are asked about their meetings.
ALTER TABLE people ADD COLUMN chosen_language TEXT;
ALTER TABLE people ADD COLUMN chosen_zone TEXT;
ALTER TABLE people ADD COLUMN hours_from INTEGER CHECK (hours_from BETWEEN 0 AND 1439);
ALTER TABLE people ADD COLUMN hours_to INTEGER CHECK (hours_to BETWEEN 0 AND 1439);
ALTER TABLE people ADD COLUMN reach TEXT NOT NULL DEFAULT 'channel' CHECK (reach IN ('direct', 'channel'));
ALTER TABLE people ADD COLUMN snoozed_until INTEGER;
-- When the person asked to be forgotten; the row keeps counts whole and says nothing of them any more.
ALTER TABLE people ADD COLUMN erased_at INTEGER;

-- The text that was signed, as the person read it. Programs change their texts, and a version does not bring one back.
ALTER TABLE signatures ADD COLUMN text TEXT;

-- Whom a question about a month was put to: whoever pauses, or has answered, is left out. A row of nobody says that the
-- month's round has begun for the pair.
ALTER TABLE nudges ADD COLUMN to_mentor INTEGER NOT NULL DEFAULT 1 CHECK (to_mentor IN (0, 1));
ALTER TABLE nudges ADD COLUMN to_mentee INTEGER NOT NULL DEFAULT 1 CHECK (to_mentee IN (0, 1));

-- Who pauses, for a round through thousands.
CREATE INDEX people_snoozed ON people (community, snoozed_until) WHERE snoozed_until IS NOT NULL;

ALTER TABLE pairs ADD COLUMN cadence TEXT NOT NULL DEFAULT 'monthly';

-- A meeting that was set, moved, held, missed or cancelled. sequence grows with every change, for calendars. remind_at
-- and ask_at say when its two people are still to be reminded of it and asked about it; NULL once that is done.
CREATE TABLE meetings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pair INTEGER NOT NULL REFERENCES pairs (id),
    starts_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    place TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'missed', 'disputed', 'cancelled')),
    sequence INTEGER NOT NULL,
    set_by INTEGER NOT NULL REFERENCES people (id),
    remind_at INTEGER,
    ask_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX meetings_of_pair ON meetings (pair, starts_at);
CREATE UNIQUE INDEX meetings_planned ON meetings (pair, starts_at) WHERE state = 'planned';
CREATE INDEX meetings_remind ON meetings (remind_at) WHERE remind_at IS NOT NULL;
CREATE INDEX meetings_ask ON meetings (ask_at) WHERE ask_at IS NOT NULL;

-- What somebody has typed of a meeting that is not set yet, because something is still asked back. about says which:
-- a pair's new one, a pair's past one, or a change of one.
CREATE TABLE meeting_drafts (
    person INTEGER NOT NULL REFERENCES people (id),
    about TEXT NOT NULL,
    words TEXT NOT NULL,
    minutes TEXT NOT NULL,
    place TEXT NOT NULL,
    kept_at INTEGER NOT NULL,
    PRIMARY KEY (person, about)
) STRICT;

-- What each of the two said of a meeting afterwards; a person's latest word counts.
CREATE TABLE meeting_reports (
    meeting INTEGER NOT NULL REFERENCES meetings (id),
    person INTEGER NOT NULL REFERENCES people (id),
    held INTEGER NOT NULL CHECK (held IN (0, 1)),
    given_at INTEGER NOT NULL,
    PRIMARY KEY (meeting, person)
) STRICT;

-- The private question about the fit, to each person of a pair.
CREATE TABLE pulses (
    pair INTEGER NOT NULL REFERENCES pairs (id),
    person INTEGER NOT NULL REFERENCES people (id),
    occasion TEXT NOT NULL CHECK (occasion IN ('first_meeting', 'mid_term')),
    asked_at INTEGER NOT NULL,
    answer TEXT CHECK (answer IN ('good', 'deciding', 'not_good')),
    note TEXT,
    answered_at INTEGER,
    PRIMARY KEY (pair, person, occasion),
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;

-- What a coordinator should look at: raised once under its key, and open until somebody resolves it.
CREATE TABLE concerns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 120),
    kind TEXT NOT NULL,
    pair INTEGER REFERENCES pairs (id),
    person INTEGER,
    note TEXT,
    raised_at INTEGER NOT NULL,
    assigned_to INTEGER,
    resolved_at INTEGER,
    resolved_by INTEGER,
    resolution TEXT,
    UNIQUE (community, key),
    CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community),
    FOREIGN KEY (assigned_to, community) REFERENCES people (id, community),
    FOREIGN KEY (resolved_by, community) REFERENCES people (id, community)
) STRICT;
CREATE INDEX concerns_open ON concerns (community, id) WHERE resolved_at IS NULL;

-- A person's closing survey: as it was last typed, and as it was last given.
CREATE TABLE surveys (
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    person INTEGER NOT NULL,
    draft TEXT NOT NULL CHECK (json_valid(draft)),
    answers TEXT CHECK (json_valid(answers)),
    given_at INTEGER,
    PRIMARY KEY (season, person),
    CHECK ((answers IS NULL) = (given_at IS NULL)),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;

-- A direct message that could not be delivered waits for its reader's next visit; settled_at tells when it was read.
ALTER TABLE outbox ADD COLUMN unread_by INTEGER REFERENCES people (id);
CREATE INDEX outbox_unread ON outbox (unread_by) WHERE unread_by IS NOT NULL AND settled_at IS NULL;

-- Who did what was answered, so that their answers can be forgotten with them.
ALTER TABLE inbox ADD COLUMN person INTEGER;
CREATE INDEX inbox_person ON inbox (person) WHERE person IS NOT NULL;
