-- What attempts of a resumed run count on from; 0: it was never resumed.
ALTER TABLE run ADD COLUMN attempts_after integer NOT NULL DEFAULT 0;
