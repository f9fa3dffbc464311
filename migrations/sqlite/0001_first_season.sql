-- Everything one season needs, for several communities side by side. A row that belongs to a community says
-- so and is bound to it by its foreign keys, so that nothing of one community can point into another.
-- Instants are microseconds since 1970 in UTC. Ids are never used twice: outbox keys are made of them.

CREATE TABLE communities (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    chat TEXT NOT NULL,
    chat_id TEXT NOT NULL,
    name TEXT NOT NULL,
    coordinators_channel TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (chat, chat_id)
) STRICT;

CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL REFERENCES communities (id),
    chat_user TEXT NOT NULL,
    name TEXT NOT NULL,
    locale TEXT,
    zone TEXT,
    email TEXT,
    present INTEGER NOT NULL CHECK (present IN (0, 1)),
    seen_at INTEGER NOT NULL,
    UNIQUE (community, chat_user),
    UNIQUE (id, community)
) STRICT;

CREATE TABLE coordinators (
    community INTEGER NOT NULL,
    person INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (community, person),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;

CREATE TABLE seasons (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL REFERENCES communities (id),
    program_key TEXT NOT NULL,
    program TEXT NOT NULL CHECK (json_valid(program)),
    created_at INTEGER NOT NULL,
    UNIQUE (community, program_key),
    UNIQUE (id, community)
) STRICT;

CREATE TABLE roster (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL REFERENCES communities (id),
    email_key TEXT NOT NULL CHECK (email_key <> ''),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    chat_user TEXT,
    library_system TEXT NOT NULL,
    active INTEGER NOT NULL CHECK (active IN (0, 1)),
    updated_at INTEGER NOT NULL,
    UNIQUE (community, email_key)
) STRICT;

CREATE TABLE applications (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    person INTEGER NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('mentee', 'mentor')),
    draft TEXT NOT NULL CHECK (json_valid(draft)),
    answers TEXT CHECK (json_valid(answers)),
    state TEXT NOT NULL,
    decline_reason TEXT,
    submitted_at INTEGER,
    updated_at INTEGER NOT NULL,
    UNIQUE (season, person),
    CHECK ((state = 'declined') = (decline_reason IS NOT NULL)),
    CHECK ((answers IS NULL) = (submitted_at IS NULL)),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;

CREATE TABLE proposals (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    season INTEGER NOT NULL REFERENCES seasons (id),
    body TEXT NOT NULL CHECK (json_valid(body)),
    created_at INTEGER NOT NULL,
    published_at INTEGER,
    UNIQUE (id, season)
) STRICT;

CREATE TABLE pairs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    proposal INTEGER NOT NULL,
    mentor INTEGER NOT NULL,
    mentee INTEGER NOT NULL,
    score INTEGER NOT NULL,
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),
    state TEXT NOT NULL,
    state_at INTEGER NOT NULL,
    end_reason TEXT,
    channel TEXT,
    updated_at INTEGER NOT NULL,
    UNIQUE (community, channel),
    CHECK (mentor <> mentee),
    CHECK ((state IN ('ended', 'archived')) = (end_reason IS NOT NULL)),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (proposal, season) REFERENCES proposals (id, season),
    FOREIGN KEY (mentor, community) REFERENCES people (id, community),
    FOREIGN KEY (mentee, community) REFERENCES people (id, community)
) STRICT;

-- A mentee has one mentor at a time.
CREATE UNIQUE INDEX pairs_live_mentee ON pairs (season, mentee) WHERE state IN ('published', 'introduced');
CREATE INDEX pairs_mentor ON pairs (season, mentor);

CREATE TABLE signatures (
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    person INTEGER NOT NULL,
    typed_name TEXT NOT NULL,
    signed_at INTEGER NOT NULL,
    text_version TEXT NOT NULL,
    timing TEXT NOT NULL,
    PRIMARY KEY (season, person),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;

-- Every answer that was given stays; a person's latest one counts.
CREATE TABLE checkin_answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    pair INTEGER NOT NULL REFERENCES pairs (id),
    period TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES people (id),
    answer TEXT NOT NULL,
    given_at INTEGER NOT NULL
) STRICT;
CREATE INDEX checkin_answers_latest ON checkin_answers (pair, period, person, given_at, id);

CREATE TABLE nudges (
    pair INTEGER NOT NULL REFERENCES pairs (id),
    period TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    nudged_at INTEGER NOT NULL,
    PRIMARY KEY (pair, period, sequence)
) STRICT;

-- attempts_void: how many of the attempts are known to have had no effect.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL REFERENCES communities (id),
    key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 120),
    effect TEXT NOT NULL CHECK (json_valid(effect)),
    state TEXT NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'done', 'dead')),
    due_at INTEGER NOT NULL,
    steps TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(steps)),
    attempts INTEGER NOT NULL DEFAULT 0,
    attempts_void INTEGER NOT NULL DEFAULT 0,
    lease_token INTEGER NOT NULL DEFAULT 0,
    lease_owner TEXT,
    lease_until INTEGER,
    error TEXT,
    result TEXT CHECK (json_valid(result)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (community, key),
    CHECK ((state = 'done') = (result IS NOT NULL)),
    CHECK ((lease_owner IS NULL) = (lease_until IS NULL))
) STRICT;
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'pending';

CREATE TABLE inbox (
    community INTEGER NOT NULL REFERENCES communities (id),
    event_key TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (community, event_key)
) STRICT;
CREATE INDEX inbox_seen ON inbox (seen_at);

CREATE TABLE job_runs (
    season INTEGER NOT NULL REFERENCES seasons (id),
    job TEXT NOT NULL,
    last_run INTEGER NOT NULL,
    PRIMARY KEY (season, job)
) STRICT;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL REFERENCES communities (id),
    at INTEGER NOT NULL,
    actor TEXT NOT NULL CHECK (actor IN ('person', 'bot', 'operator')),
    actor_person INTEGER,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL CHECK (json_valid(detail)),
    CHECK ((actor = 'person') = (actor_person IS NOT NULL)),
    FOREIGN KEY (actor_person, community) REFERENCES people (id, community)
) STRICT;
CREATE INDEX audit_newest ON audit (community, id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;
