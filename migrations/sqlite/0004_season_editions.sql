-- Each state of a season's program has a number of its own, so that one that was read before need not be read again.
-- The numbers are drawn, not counted: one that was given in a transaction that came to nothing never means another
-- state. Triggers give them, whoever changes the program.

ALTER TABLE seasons ADD COLUMN edition INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER seasons_first_edition AFTER INSERT ON seasons
BEGIN
    UPDATE seasons SET edition = random() WHERE id = NEW.id;
END;

CREATE TRIGGER seasons_next_edition AFTER UPDATE OF program ON seasons
BEGIN
    UPDATE seasons SET edition = random() WHERE id = NEW.id;
END;

UPDATE seasons SET edition = random();
