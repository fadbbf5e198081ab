-- What a job waits for besides its turn, such as room on the disk; null: for nothing.
ALTER TABLE job ADD COLUMN waiting_for text;
-- What attempts of a resumed run have counted on from, last; 0: it was never resumed.
ALTER TABLE job ADD COLUMN resumed_after integer NOT NULL DEFAULT 0;
