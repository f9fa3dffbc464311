-- What coordinators do with the roster, and what they say to many at once.

-- A list of participants that a coordinator handed in. sheet is what was read of it and figures what the question named,
-- until the question is answered or expires; undo is what the lines said before, while the import can be taken back.
CREATE TABLE roster_imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL,
    person INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'done', 'left', 'undone')),
    sheet TEXT,
    figures TEXT NOT NULL,
    undo TEXT,
    made_at INTEGER NOT NULL,
    done_at INTEGER,
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;
CREATE INDEX roster_imports_latest ON roster_imports (community, id);

-- What a coordinator says to many at once. words is what it says until the question about it is answered; since is when that
-- was asked, or when it was begun, or taken up again, to be sent.
CREATE TABLE announcements (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    person INTEGER NOT NULL,
    audience TEXT NOT NULL CHECK (audience IN ('mentees', 'mentors', 'pairs', 'everyone')),
    words TEXT,
    messages INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'left', 'sending', 'ended')),
    since INTEGER NOT NULL,
    CHECK ((state = 'asked') = (words IS NOT NULL)),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;
CREATE INDEX announcements_going_out ON announcements (id) WHERE state = 'sending';

-- A database that was copied while the bot served, as each copy says of itself. What was done between the copy and the
-- first start on it is not known there, so for a day after that start it is looked for before it is done.
CREATE TABLE copies (
    copied_at INTEGER NOT NULL,
    started_at INTEGER
) STRICT;

-- What coordinators said of a season's monthly question: since when it is paused, and when they last wanted it asked at once.
CREATE TABLE nudge_controls (
    season INTEGER PRIMARY KEY REFERENCES seasons (id),
    paused_at INTEGER,
    ask_at INTEGER
) STRICT;
