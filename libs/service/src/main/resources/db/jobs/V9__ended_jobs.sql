-- Those that are old enough are forgotten.
CREATE INDEX job_ended ON job (updated_at) WHERE state NOT IN ('QUEUED', 'RUNNING');
