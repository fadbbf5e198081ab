-- Records that a receiver has in hand, or had when it died. A row is deleted with the record's
-- effect; one whose receiver is null failed there, and that receiver lived on.
CREATE TABLE delivery (
  topic           text        NOT NULL,
  topic_partition integer     NOT NULL,
  topic_offset    bigint      NOT NULL,
  receiver        text,
  deaths          integer     NOT NULL DEFAULT 0, -- of receivers that had it in hand
  since           timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (topic, topic_partition, topic_offset)
);

-- Receivers that were asked to stop: what they had in hand then did not kill them.
CREATE TABLE stopped_receiver (
  receiver   text        PRIMARY KEY,
  stopped_at timestamptz NOT NULL DEFAULT now()
);
