-- What only one process may do at a time, and who does it. The token grows with every take-over: whoever
-- holds an older one holds nothing. held_until is 0 once it was given back. session_pid and session_since
-- name the holder's session at the server, where its end shows the holder's death.
CREATE TABLE leases (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    token BIGINT NOT NULL,
    owner TEXT NOT NULL,
    held_until BIGINT NOT NULL,
    session_pid BIGINT,
    session_since BIGINT,
    CHECK ((session_pid IS NULL) = (session_since IS NULL))
);

-- What an event was answered with, so that a second delivery is told the same. NULL where that is not kept.
ALTER TABLE inbox ADD COLUMN answer JSONB;
