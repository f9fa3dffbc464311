-- What coordinators decided about a pair before it is proposed: that it is made, or that it is not.

CREATE TABLE match_rulings (
    community INTEGER NOT NULL,
    season INTEGER NOT NULL,
    mentee INTEGER NOT NULL,
    mentor INTEGER NOT NULL,
    ruling TEXT NOT NULL,
    decided_by INTEGER NOT NULL,
    decided_at INTEGER NOT NULL,
    PRIMARY KEY (season, mentee, mentor),
    CHECK (mentor <> mentee),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (mentee, community) REFERENCES people (id, community),
    FOREIGN KEY (mentor, community) REFERENCES people (id, community),
    FOREIGN KEY (decided_by, community) REFERENCES people (id, community)
) STRICT;

-- A mentee is pinned to one mentor.
CREATE UNIQUE INDEX match_rulings_pin ON match_rulings (season, mentee) WHERE ruling = 'pinned';
