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

-- Long work. Whoever holds the lease works on a job; attempt counts the claims, so that a holder
-- whose lease lapsed can be told from the present one. spent counts the claims that ended badly
-- since the last progress: an orderly release gives its one back.
CREATE TABLE job (
  run_id           text        NOT NULL,
  kind             text        NOT NULL,
  payload          text        NOT NULL,
  state            text        NOT NULL DEFAULT 'QUEUED'
                   CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
  owner            text,
  lease_until      timestamptz,
  attempt          integer     NOT NULL DEFAULT 0,
  spent            integer     NOT NULL DEFAULT 0,
  max_attempts     integer     NOT NULL,
  not_before       timestamptz NOT NULL DEFAULT now(),
  cancel_requested boolean     NOT NULL DEFAULT false,
  error_code       text,
  error_message    text,
  created_at       timestamptz NOT NULL DEFAULT now(),
  updated_at       timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (run_id, kind)
);
CREATE INDEX job_open ON job (kind, created_at) WHERE state IN ('QUEUED', 'RUNNING');

-- What the event is told for (W3C Trace Context); null where nothing is traced.
ALTER TABLE outbox ADD COLUMN traceparent text;

-- What the job is done for (W3C Trace Context); null where nothing is traced.
ALTER TABLE job ADD COLUMN traceparent text;
