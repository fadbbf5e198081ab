-- JSON is kept as text, exactly as it was given or sent: it is never searched here.
CREATE TABLE experiment (
  id              uuid        PRIMARY KEY,
  name            text        NOT NULL,
  state           text        NOT NULL,
  document        text        NOT NULL,
  notices         text        NOT NULL,
  idempotency_key text        UNIQUE,
  request_sha256  text        NOT NULL,
  created_at      timestamptz NOT NULL,
  ended_at        timestamptz
);
CREATE INDEX experiment_newest ON experiment (created_at DESC, id);

CREATE TABLE run (
  id               uuid        PRIMARY KEY,
  experiment_id    uuid        NOT NULL REFERENCES experiment ON DELETE CASCADE,
  position         integer     NOT NULL, -- in the expanded experiment
  dataset          text        NOT NULL,
  backbone         text        NOT NULL,
  initialisation   text        NOT NULL,
  labels           text        NOT NULL,
  repetition       integer     NOT NULL,
  seed             bigint      NOT NULL,
  model_name       text        NOT NULL,
  config           text        NOT NULL,
  config_sha256    text        NOT NULL,
  tested_run_id    uuid,                 -- where nothing is trained: whose model is evaluated
  tested_model     text,
  state            text        NOT NULL,
  cancel_requested boolean     NOT NULL,
  attempt          integer     NOT NULL, -- this and the next three: how far the phase is known to be
  step             integer     NOT NULL,
  validated        integer     NOT NULL,
  checkpointed     integer     NOT NULL,
  progress         text        NOT NULL,
  prepared         text,
  checkpoint       text,                 -- folder relative to the artifact root
  val_metrics      text,
  test_metrics     text,
  error            text,
  created_at       timestamptz NOT NULL,
  ended_at         timestamptz,
  UNIQUE (experiment_id, position)
);
CREATE INDEX run_state ON run (state);
CREATE INDEX run_by_model_name ON run (model_name, ended_at DESC) WHERE state = 'SUCCEEDED';

-- What happened, append-only. Ids rise with the order of commits within one experiment, because
-- every writer holds the lock on the experiment's row: a reader that asks for what is after the
-- last id it has seen misses nothing.
CREATE TABLE run_event (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  experiment_id uuid        NOT NULL REFERENCES experiment ON DELETE CASCADE,
  run_id        uuid,                    -- null: of the experiment as a whole
  type          text        NOT NULL,
  payload       text        NOT NULL,
  at            timestamptz NOT NULL
);
CREATE INDEX run_event_stream ON run_event (experiment_id, id);
CREATE INDEX run_event_history ON run_event (run_id, id);
