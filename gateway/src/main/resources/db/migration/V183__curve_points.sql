-- Points of curves by their iteration: a chart takes some of them, at equal distances. Of a point that
-- was made again after an interruption the later comes first.
CREATE INDEX run_event_curve ON run_event
  (run_id, type, ((payload::jsonb ->> 'iteration')::integer), id DESC)
  WHERE type IN ('training.progress.v1', 'training.validated.v1');
CREATE INDEX run_event_kind ON run_event (run_id, type, id);
