-- The run whose model is evaluated, or begun with.
ALTER TABLE run RENAME COLUMN tested_run_id TO source_run_id;
ALTER TABLE run ADD COLUMN starting_point text; -- null: first weights
