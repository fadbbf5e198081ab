-- Splits of prepared data sets. The SHA-256 is that of content, the JSON text with the ids of each
-- part; the other columns repeat what a list shows of it.
CREATE TABLE split (
  sha256     text        PRIMARY KEY,
  dataset    text        NOT NULL,
  kind       text        NOT NULL,
  parameters text        NOT NULL,
  train      integer     NOT NULL,
  val        integer     NOT NULL,
  test       integer     NOT NULL,
  content    text        NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX split_newest ON split (created_at DESC, sha256);
