-- What has been prepared, by any replica. The files below the artifact root are the truth; a row
-- whose folder is gone says what there was.
CREATE TABLE prepared_dataset (
  id          text        PRIMARY KEY,
  name        text        NOT NULL,
  dataset     text        NOT NULL,
  prepared_at timestamptz NOT NULL
);
CREATE INDEX prepared_dataset_newest ON prepared_dataset (prepared_at DESC, id);

-- Descriptions of loaders, so that any replica serves what another was told of.
CREATE TABLE loader (
  id          text        PRIMARY KEY,
  prepared_id text        NOT NULL,
  spec        text        NOT NULL,
  created_at  timestamptz NOT NULL
);
