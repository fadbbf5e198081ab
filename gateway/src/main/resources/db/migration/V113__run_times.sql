-- When a run entered its state, when it was last heard of, and how long trainings have held a device.
ALTER TABLE run ADD COLUMN state_since    timestamptz      NOT NULL DEFAULT now();
ALTER TABLE run ADD COLUMN heard_at       timestamptz      NOT NULL DEFAULT now();
ALTER TABLE run ADD COLUMN trained_since  timestamptz; -- null where nobody trains it now
ALTER TABLE run ADD COLUMN trained_before double precision NOT NULL DEFAULT 0; -- seconds
ALTER TABLE run ADD COLUMN device         text;        -- cpu or gpu; null until a training began
CREATE INDEX run_at_work ON run (created_at) WHERE ended_at IS NULL;
