-- How fast trainings are, by network, image size, batch and machine, as it was measured last.
CREATE TABLE measured_speed (
  setting     text             NOT NULL,
  machine     text             NOT NULL,
  image       double precision NOT NULL, -- seconds, as all that follow
  evaluated   double precision NOT NULL,
  validation  double precision NOT NULL,
  run         double precision NOT NULL,
  measured_at timestamptz      NOT NULL,
  PRIMARY KEY (setting, machine)
);
