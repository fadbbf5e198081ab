-- Images that were erased, or just are. The name, which may be a patient's id, is forgotten as soon
-- as all is done; the data-service knows it by a hash.
CREATE TABLE erasure (
  id         uuid        PRIMARY KEY,
  thing      text        NOT NULL,
  name       text,
  datasets   text        NOT NULL, -- kinds that are meant, with ',' between them
  person     text        NOT NULL,
  asked_at   timestamptz NOT NULL DEFAULT now(),
  held_until timestamptz, -- while a gateway is at it, and not longer if that dies
  done_at    timestamptz,
  CHECK ((name IS NULL) = (done_at IS NOT NULL))
);
CREATE INDEX erasure_open ON erasure (asked_at) WHERE done_at IS NULL;

-- Runs of which it is said that images of their data were erased.
CREATE TABLE erased_run (
  erasure_id uuid    NOT NULL REFERENCES erasure ON DELETE CASCADE,
  run_id     uuid    NOT NULL REFERENCES run ON DELETE CASCADE,
  images     integer NOT NULL,
  PRIMARY KEY (erasure_id, run_id)
);
