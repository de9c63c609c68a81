SELECT create_reference_table('${prefix}branch');

INSERT INTO ${prefix}schema_version (script) VALUES ('R__watchword_002_later_by_holder.sql');
