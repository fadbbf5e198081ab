-- What training and evaluation have taken, and on which machines; null in a run of before it was kept.
ALTER TABLE run ADD COLUMN costs text;
