-- What coordinators decide about one pair.

-- A mentor whose pair was ended for a new match of the mentee, and who shall not be given somebody else for that place.
ALTER TABLE pairs ADD COLUMN mentor_rests INTEGER NOT NULL DEFAULT 0;
