-- Who did what. Each line has the hash of the one before in its own; number has no gaps.
CREATE TABLE audit (
  number bigint      PRIMARY KEY,
  at     timestamptz NOT NULL,
  asked  bigint      UNIQUE REFERENCES audit,
  person text,
  team   text,
  role   text,
  token  uuid,
  action text        NOT NULL,
  object text,
  remote text,
  result text        NOT NULL,
  detail text,
  hash   text        NOT NULL
);
CREATE INDEX audit_person ON audit (person, number);
CREATE INDEX audit_action ON audit (action, number);
CREATE INDEX audit_object ON audit (object, number);

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'lines of the audit trail are neither changed nor removed'; END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
