-- What a job waits for besides its turn, such as room on the disk; null: for nothing.
ALTER TABLE job ADD COLUMN waiting_for text;
