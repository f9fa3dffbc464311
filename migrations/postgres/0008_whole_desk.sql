-- What makes the coordinators' desk whole.

-- A mentor whose pair was ended for a new match of the mentee, and who shall not be given somebody else for that place.
ALTER TABLE pairs ADD COLUMN mentor_rests BOOLEAN NOT NULL DEFAULT FALSE;

-- Groups of the platform whose members coordinate the program, for as long as they are in them. Who is in one is asked of
-- the platform each time, and kept nowhere. name is what the group was called when it was appointed.
CREATE TABLE coordinator_groups (
    community BIGINT NOT NULL REFERENCES communities (id),
    chat_group TEXT NOT NULL,
    name TEXT NOT NULL,
    since BIGINT NOT NULL,
    PRIMARY KEY (community, chat_group)
);

-- What a database on a server is known by. It travels with a dump and fits only the database in which it was written, so
-- that one that was put back from a dump knows that it was. A database in a file leaves it empty: its copies say so
-- themselves.
CREATE TABLE database_marks (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    mark TEXT NOT NULL
);

-- Until when a pair may go on, where coordinators let it go on after the end of the season.
ALTER TABLE pairs ADD COLUMN agreed_until BIGINT;
CREATE INDEX pairs_agreed ON pairs (season, agreed_until) WHERE agreed_until IS NOT NULL;
