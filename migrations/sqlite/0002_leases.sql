-- What only one process may do at a time, and who does it. The token grows with every take-over: whoever
-- holds an older one holds nothing. held_until is 0 once it was given back. session_pid and session_since
-- name the holder's session at a database server; a file has none, and is for one process anyway.
CREATE TABLE leases (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    token INTEGER NOT NULL,
    owner TEXT NOT NULL,
    held_until INTEGER NOT NULL,
    session_pid INTEGER,
    session_since INTEGER,
    CHECK ((session_pid IS NULL) = (session_since IS NULL))
) STRICT;

-- What an event was answered with, so that a second delivery is told the same. NULL where that is not kept.
ALTER TABLE inbox ADD COLUMN answer TEXT CHECK (json_valid(answer));
