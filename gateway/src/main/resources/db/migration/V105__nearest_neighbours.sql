-- Of the model's nearest neighbours on the validation split; null where they were not asked.
ALTER TABLE run ADD COLUMN knn_metrics text;
-- What a reader of the results should know of the training.
ALTER TABLE run ADD COLUMN notices text NOT NULL DEFAULT '[]';
