-- Whose turn it is: of one priority, experiments are served one after the other. Jobs of senders that
-- name no experiment are served as if they were all of one.
ALTER TABLE job ADD COLUMN experiment text    NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN priority   integer NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN claimed_at timestamptz; -- the last time
CREATE INDEX job_turns ON job (kind, experiment, claimed_at) WHERE claimed_at IS NOT NULL;
-- The events that told of the end, as JSON, to be told again; null before, and where it ended earlier
-- than they were kept.
ALTER TABLE job ADD COLUMN told text;
