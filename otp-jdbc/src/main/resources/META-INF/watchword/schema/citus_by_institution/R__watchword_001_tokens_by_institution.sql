-- Distributes the tables over the nodes of Citus, after R__watchword_001_tokens.sql. All rows of one institution are on one
-- node. The foreign keys stay, because both sides of each are on the same node. The rows that the tables already have move to
-- the nodes. All statements are one transaction.
SET LOCAL citus.multi_shard_modify_mode TO 'sequential';

SELECT create_reference_table('${prefix}schema_version');

SELECT create_distributed_table('${prefix}enrolment', 'service_id', colocate_with => 'none');

SELECT create_distributed_table('${prefix}user_id', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}batch', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}serial', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}token', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}device', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}event', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}reason', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}anchor', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}key_check', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}consumer', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}feed', 'service_id', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}feed_decision', 'service_id', colocate_with => '${prefix}enrolment');

INSERT INTO ${prefix}schema_version (script) VALUES ('R__watchword_001_tokens_by_institution.sql');
