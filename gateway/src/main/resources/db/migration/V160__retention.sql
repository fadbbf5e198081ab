-- For how many seconds the last checkpoint of a run outlives its end; null: as the installation says.
ALTER TABLE run ADD COLUMN retention  bigint;
-- When all but the weights of its best models was removed, and when the curve of its loss was left
-- with a few points; null or before its end: not yet.
ALTER TABLE run ADD COLUMN trimmed_at timestamptz;
ALTER TABLE run ADD COLUMN thinned_at timestamptz;
CREATE INDEX run_untrimmed ON run (ended_at) WHERE trimmed_at IS NULL OR trimmed_at < ended_at;
CREATE INDEX run_unthinned ON run (ended_at) WHERE thinned_at IS NULL OR thinned_at < ended_at;
