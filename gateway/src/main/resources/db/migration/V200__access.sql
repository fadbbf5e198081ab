-- Whose an experiment is (the person is in owner), and who may see it: the person alone,
-- the team too, or all. Experiments of before belong to whoever uses this machine.
ALTER TABLE experiment ADD COLUMN team    text NOT NULL DEFAULT 'local';
ALTER TABLE experiment ADD COLUMN sharing text NOT NULL DEFAULT 'TEAM'
  CHECK (sharing IN ('PRIVATE', 'TEAM', 'ALL'));
UPDATE experiment SET owner = 'local' WHERE owner = 'unknown';
CREATE INDEX experiment_owner ON experiment (owner);
CREATE INDEX experiment_team ON experiment (team);

-- Who might see an experiment before it changed or was deleted; null in a row of before that was kept: all.
ALTER TABLE changed_experiment ADD COLUMN owner   text;
ALTER TABLE changed_experiment ADD COLUMN team    text;
ALTER TABLE changed_experiment ADD COLUMN sharing text;

-- Tokens of programs. What a program sends is known by its SHA-256 only.
CREATE TABLE service_token (
  id         uuid        PRIMARY KEY,
  sha256     text        NOT NULL UNIQUE,
  name       text        NOT NULL,
  person     text        NOT NULL,
  team       text        NOT NULL,
  role       text        NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX service_token_person ON service_token (person, team);

-- Links that sign a browser in, each once.
CREATE TABLE sign_in_link (
  sha256     text        PRIMARY KEY,
  person     text        NOT NULL,
  team       text        NOT NULL,
  role       text        NOT NULL,
  token_id   uuid,
  expires_at timestamptz NOT NULL
);
