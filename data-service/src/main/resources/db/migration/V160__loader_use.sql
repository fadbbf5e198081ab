-- When a loader was last told of or served, to within a day; null: not since it was made.
ALTER TABLE loader ADD COLUMN used_at timestamptz;
