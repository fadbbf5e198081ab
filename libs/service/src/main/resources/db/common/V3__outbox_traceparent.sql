-- What the event is told for (W3C Trace Context); null where nothing is traced.
ALTER TABLE outbox ADD COLUMN traceparent text;
