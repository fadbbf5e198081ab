-- The runs that a prepared data set was for, and the models that were trained, the newest first.
CREATE INDEX run_prepared ON run ((prepared::jsonb ->> 'id'));
CREATE INDEX run_models ON run (ended_at DESC, id) WHERE checkpoint IS NOT NULL AND tested_model IS NULL;
