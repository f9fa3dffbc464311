-- Lists of participants that are too long to be taken in at once.

-- What is still to be written of a list whose question was answered with yes, for as long as that is under way. work is
-- every line it writes with what stood there before; taken is how many of them have been looked at. A community takes in
-- one list at a time. person is whoever said yes.
CREATE TABLE roster_work (
    import INTEGER PRIMARY KEY REFERENCES roster_imports (id),
    community INTEGER NOT NULL UNIQUE,
    season INTEGER NOT NULL,
    person INTEGER NOT NULL,
    work TEXT NOT NULL,
    taken INTEGER NOT NULL,
    begun_at INTEGER NOT NULL,
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (person, community) REFERENCES people (id, community)
) STRICT;
