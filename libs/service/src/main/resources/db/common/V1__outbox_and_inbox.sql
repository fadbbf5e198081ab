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
