-- What coordinators decided about a pair before it is proposed: that it is made, or that it is not.

CREATE TABLE match_rulings (
    community BIGINT NOT NULL,
    season BIGINT NOT NULL,
    mentee BIGINT NOT NULL,
    mentor BIGINT NOT NULL,
    ruling TEXT NOT NULL,
    decided_by BIGINT NOT NULL,
    decided_at BIGINT NOT NULL,
    PRIMARY KEY (season, mentee, mentor),
    CHECK (mentor <> mentee),
    FOREIGN KEY (season, community) REFERENCES seasons (id, community),
    FOREIGN KEY (mentee, community) REFERENCES people (id, community),
    FOREIGN KEY (mentor, community) REFERENCES people (id, community),
    FOREIGN KEY (decided_by, community) REFERENCES people (id, community)
);

-- A mentee is pinned to one mentor.
CREATE UNIQUE INDEX match_rulings_pin ON match_rulings (season, mentee) WHERE ruling = 'pinned';
