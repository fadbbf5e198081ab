-- Run once, by the image, when the volume is empty: a database per service, owned by a role of its own.
\getenv gateway GATEWAY_DB_PASSWORD
\getenv data DATA_DB_PASSWORD
\getenv trainer TRAINER_DB_PASSWORD
\getenv eval EVAL_DB_PASSWORD
CREATE ROLE gateway LOGIN PASSWORD :'gateway';
CREATE ROLE data LOGIN PASSWORD :'data';
CREATE ROLE trainer LOGIN PASSWORD :'trainer';
CREATE ROLE eval LOGIN PASSWORD :'eval';
CREATE DATABASE gateway OWNER gateway;
CREATE DATABASE data OWNER data;
CREATE DATABASE trainer OWNER trainer;
CREATE DATABASE eval OWNER eval;
-- Everybody may open every database otherwise.
REVOKE ALL ON DATABASE gateway, data, trainer, eval FROM PUBLIC;
