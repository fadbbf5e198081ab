-- The transaction that wrote an event; null in one of before it was kept. Ids rise within one experiment
-- only. Who looks at all of them asks for the transactions after those that had ended at the last look.
ALTER TABLE run_event ADD COLUMN transaction bigint;
ALTER TABLE run_event ALTER COLUMN transaction SET DEFAULT pg_current_xact_id()::text::bigint;
CREATE INDEX run_event_transaction ON run_event (transaction) WHERE transaction IS NOT NULL;

-- Experiments that have changed without an event: one was deleted, or what people say of it.
CREATE TABLE changed_experiment (
  id          uuid        PRIMARY KEY,
  transaction bigint      NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  at          timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX changed_experiment_transaction ON changed_experiment (transaction);
CREATE INDEX changed_experiment_at ON changed_experiment (at);
