-- When something was last heard of a run from its workers, or it entered its state, and when they were
-- last, and first, asked without an answer since; null where they were not.
ALTER TABLE run ADD COLUMN answered_at      timestamptz NOT NULL DEFAULT now();
ALTER TABLE run ADD COLUMN asked_at         timestamptz;
ALTER TABLE run ADD COLUMN unanswered_since timestamptz;
