-- Distributes the tables over the nodes of Citus, after R__watchword_001_tokens.sql. All rows of one holder are on one node.
-- User IDs and serial numbers are distributed by their own keys. Every node has all rows of four small tables. The rows that the
-- tables already have move to the nodes. All statements are one transaction.
SET LOCAL citus.multi_shard_modify_mode TO 'sequential';

-- Citus has no foreign keys between tables that are distributed by different keys. A change writes the enrolment, its user ID,
-- its serial numbers and its tokens in one transaction, so the references hold without them.
ALTER TABLE ${prefix}token DROP CONSTRAINT ${prefix}token_owner;

ALTER TABLE ${prefix}serial DROP CONSTRAINT ${prefix}serial_service_id_holder_fkey;

ALTER TABLE ${prefix}user_id DROP CONSTRAINT ${prefix}user_id_service_id_holder_fkey;

-- A unique constraint must contain the distribution key. The enrolment's row has one user ID, so a holder has one only.
ALTER TABLE ${prefix}user_id DROP CONSTRAINT ${prefix}user_id_holder;

-- These two served the foreign key of the tokens only.
ALTER TABLE ${prefix}serial DROP CONSTRAINT ${prefix}serial_holder;

DROP INDEX ${prefix}token_serial;

SELECT create_reference_table('${prefix}schema_version');

SELECT create_reference_table('${prefix}batch');

SELECT create_reference_table('${prefix}consumer');

SELECT create_reference_table('${prefix}key_check');

SELECT create_distributed_table('${prefix}enrolment', 'holder', colocate_with => 'none');

SELECT create_distributed_table('${prefix}token', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}device', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}event', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}reason', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}anchor', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}feed', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}feed_decision', 'holder', colocate_with => '${prefix}enrolment');

SELECT create_distributed_table('${prefix}user_id', 'user_id', colocate_with => 'none');

SELECT create_distributed_table('${prefix}serial', 'serial', colocate_with => 'none');

INSERT INTO ${prefix}schema_version (script) VALUES ('R__watchword_001_tokens_by_holder.sql');
