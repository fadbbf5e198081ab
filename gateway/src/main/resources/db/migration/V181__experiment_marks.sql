-- Whose an experiment is, what people say of it, and what kinds of data sets its runs have (a JSON list, as tags is).
ALTER TABLE experiment ADD COLUMN owner    text    NOT NULL DEFAULT 'unknown';
ALTER TABLE experiment ADD COLUMN starred  boolean NOT NULL DEFAULT false;
ALTER TABLE experiment ADD COLUMN archived boolean NOT NULL DEFAULT false;
ALTER TABLE experiment ADD COLUMN tags     text    NOT NULL DEFAULT '[]';
ALTER TABLE experiment ADD COLUMN note     text    NOT NULL DEFAULT '';
ALTER TABLE experiment ADD COLUMN datasets text    NOT NULL DEFAULT '[]';
UPDATE experiment e SET datasets = COALESCE(
  (SELECT to_json(array_agg(DISTINCT r.dataset ORDER BY r.dataset))::text FROM run r WHERE r.experiment_id = e.id),
  '[]');
