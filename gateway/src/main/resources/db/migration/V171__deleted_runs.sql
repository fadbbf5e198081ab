-- Runs that were deleted. Whoever was still at work on one may leave a folder of it behind.
CREATE TABLE deleted_run (
  run_id     uuid        PRIMARY KEY,
  deleted_at timestamptz NOT NULL DEFAULT now()
);
