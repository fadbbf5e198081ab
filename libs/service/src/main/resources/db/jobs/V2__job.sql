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
