-- What coordinators do with the roster.

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
