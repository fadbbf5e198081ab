-- Of the network before it learned without labels, on the validation split.
ALTER TABLE run ADD COLUMN beginning_metrics text;
