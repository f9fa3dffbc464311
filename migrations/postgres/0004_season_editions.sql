-- Each state of a season's program has a number of its own, so that one that was read before need not be read again.
-- The numbers come from a sequence: one that was given in a transaction that came to nothing is never given again.
-- A trigger gives them, whoever changes the program.

CREATE SEQUENCE season_editions;

ALTER TABLE seasons ADD COLUMN edition BIGINT NOT NULL DEFAULT nextval('season_editions');

CREATE FUNCTION next_season_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.edition := nextval('season_editions');
    RETURN NEW;
END
$$;

CREATE TRIGGER seasons_next_edition BEFORE INSERT OR UPDATE OF program ON seasons
    FOR EACH ROW EXECUTE FUNCTION next_season_edition();
