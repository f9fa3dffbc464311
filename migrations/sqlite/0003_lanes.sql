-- Effects go out in lanes, one for each conversation; wait for their turn at the platform's pace; may stop
-- being wanted; and once given up, can be laid aside.

ALTER TABLE outbox ADD COLUMN lane TEXT;
ALTER TABLE outbox ADD COLUMN pace TEXT NOT NULL DEFAULT 'post' CHECK (pace IN ('open', 'close', 'direct', 'post'));
ALTER TABLE outbox ADD COLUMN holds INTEGER NOT NULL DEFAULT 0 CHECK (holds IN (0, 1));
ALTER TABLE outbox ADD COLUMN first_at INTEGER;
ALTER TABLE outbox ADD COLUMN terms TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(terms));
ALTER TABLE outbox ADD COLUMN settled_at INTEGER;
UPDATE outbox SET first_at = created_at WHERE attempts > 0;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state = 'pending';
