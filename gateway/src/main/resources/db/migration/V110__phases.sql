-- Trainings that follow each other; the next begins with the run that source_run_id names.
ALTER TABLE run ADD COLUMN phase integer NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN last_phase boolean NOT NULL DEFAULT true;
CREATE INDEX run_by_source ON run (source_run_id) WHERE source_run_id IS NOT NULL;
