-- What a search tries with this run; null where none is searched.
ALTER TABLE run ADD COLUMN learning_rate double precision;
