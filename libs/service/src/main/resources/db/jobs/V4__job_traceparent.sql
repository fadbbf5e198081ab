-- What the job is done for (W3C Trace Context); null where nothing is traced.
ALTER TABLE job ADD COLUMN traceparent text;
