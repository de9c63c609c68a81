SELECT create_distributed_table('${prefix}branch', 'service_id', colocate_with => '${prefix}enrolment');

INSERT INTO ${prefix}schema_version (script) VALUES ('R__watchword_002_later_by_institution.sql');
