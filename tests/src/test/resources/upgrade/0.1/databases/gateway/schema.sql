-- Events that wait to be sent. A row is written in the transaction of the change it tells of, and
-- deleted when the broker has acknowledged it.
CREATE TABLE outbox (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event_id   text        NOT NULL UNIQUE,
  source     text        NOT NULL,
  type       text        NOT NULL,
  topic      text        NOT NULL,
  event_key  text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  data       text        NOT NULL
);

-- Events that had their effect. A row is written in the transaction of that effect, so that the
-- same event, delivered again, has none.
CREATE TABLE inbox (
  source      text        NOT NULL,
  event_id    text        NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, event_id)
);
CREATE INDEX inbox_received_at ON inbox (received_at);

-- What the event is told for (W3C Trace Context); null where nothing is traced.
ALTER TABLE outbox ADD COLUMN traceparent text;

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

-- What a search tries with this run; null where none is searched.
ALTER TABLE run ADD COLUMN learning_rate double precision;

-- The run whose model is evaluated, or begun with.
ALTER TABLE run RENAME COLUMN tested_run_id TO source_run_id;
ALTER TABLE run ADD COLUMN starting_point text; -- null: first weights

-- Of the model's nearest neighbours on the validation split; null where they were not asked.
ALTER TABLE run ADD COLUMN knn_metrics text;
-- What a reader of the results should know of the training.
ALTER TABLE run ADD COLUMN notices text NOT NULL DEFAULT '[]';

-- Trainings that follow each other; the next begins with the run that source_run_id names.
ALTER TABLE run ADD COLUMN phase integer NOT NULL DEFAULT 1;
ALTER TABLE run ADD COLUMN last_phase boolean NOT NULL DEFAULT true;
CREATE INDEX run_by_source ON run (source_run_id) WHERE source_run_id IS NOT NULL;

-- Of the network before it learned without labels, on the validation split.
ALTER TABLE run ADD COLUMN beginning_metrics text;

-- When a run entered its state, when it was last heard of, and how long trainings have held a device.
ALTER TABLE run ADD COLUMN state_since    timestamptz      NOT NULL DEFAULT now();
ALTER TABLE run ADD COLUMN heard_at       timestamptz      NOT NULL DEFAULT now();
ALTER TABLE run ADD COLUMN trained_since  timestamptz; -- null where nobody trains it now
ALTER TABLE run ADD COLUMN trained_before double precision NOT NULL DEFAULT 0; -- seconds
ALTER TABLE run ADD COLUMN device         text;        -- cpu or gpu; null until a training began
CREATE INDEX run_at_work ON run (created_at) WHERE ended_at IS NULL;

-- What training and evaluation have taken, and on which machines; null in a run of before it was kept.
ALTER TABLE run ADD COLUMN costs text;
