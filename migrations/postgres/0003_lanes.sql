-- Effects go out in lanes, one for each conversation; wait for their turn at the platform's pace; may stop
-- being wanted; and once given up, can be laid aside.

ALTER TABLE outbox ADD COLUMN lane TEXT;
ALTER TABLE outbox ADD COLUMN pace TEXT NOT NULL DEFAULT 'post' CHECK (pace IN ('open', 'close', 'direct', 'post'));
ALTER TABLE outbox ADD COLUMN holds BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE outbox ADD COLUMN first_at BIGINT;
ALTER TABLE outbox ADD COLUMN terms JSONB NOT NULL DEFAULT '{}';
ALTER TABLE outbox ADD COLUMN settled_at BIGINT;
UPDATE outbox SET first_at = created_at WHERE attempts > 0;
CREATE INDEX outbox_lane ON outbox (lane, id) WHERE state = 'pending';
