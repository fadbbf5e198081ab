-- Records that services have put aside, until somebody has seen to them. Keys and values are bytes,
-- headers a JSON list of [name, value in Base64]: senders may have written anything.
CREATE TABLE dead_letter (
  id              uuid        PRIMARY KEY,
  topic           text        NOT NULL,
  topic_partition integer,
  topic_offset    bigint,
  service         text,
  reason          text        NOT NULL,
  record_key      bytea,
  headers         text        NOT NULL,
  value           bytea,
  bytes           bigint      NOT NULL,
  kept            boolean     NOT NULL, -- false: no broker took the value
  put_at          timestamptz NOT NULL,
  state           text        NOT NULL DEFAULT 'WAITING'
                  CHECK (state IN ('WAITING', 'REPLAYED', 'DROPPED')),
  settled_at      timestamptz
);
CREATE INDEX dead_letter_newest ON dead_letter (put_at DESC, id);
CREATE INDEX dead_letter_waiting ON dead_letter (topic, put_at) WHERE state = 'WAITING';
