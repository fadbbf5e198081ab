-- What is known of processes that died with jobs in hand. died is the attempt whose holder was last
-- found dead, deaths counts such attempts since the last progress. Jobs whose process died with
-- several are suspects: they are tried again one at a time. reached is how far the job said it was.
ALTER TABLE job ADD COLUMN died    integer NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN deaths  integer NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN suspect boolean NOT NULL DEFAULT false;
ALTER TABLE job ADD COLUMN reached text;
CREATE INDEX job_suspects ON job (kind) WHERE suspect;
