-- Written by dpc: who may do what in database "sales". Run it whole, as a superuser, after each apply and when an agreement has ended.
-- It takes all rights in the schemas below from every user of an IAM role or user, and then gives what is
-- declared. Not ended: rights in a schema that is declared no more, and those through PUBLIC, a group, a role
-- of the database or the ownership of a table.
BEGIN;
SET LOCAL search_path TO pg_catalog;
CREATE OR REPLACE PROCEDURE public.sp_dpc_user(a_user VARCHAR(256)) AS $$
DECLARE
  known INTEGER;
BEGIN
  SELECT COUNT(*) INTO known FROM pg_user WHERE LOWER(usename) = LOWER(a_user);
  IF known = 0 THEN
    EXECUTE 'CREATE USER ' || quote_ident(a_user) || ' PASSWORD DISABLE';
  END IF;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_close(a_schema VARCHAR(256)) AS $$
DECLARE
  person RECORD;
BEGIN
  FOR person IN
    SELECT u.usename FROM pg_user u, pg_namespace n
    WHERE n.nspname = a_schema AND NOT u.usesuper AND (LOWER(u.usename) LIKE 'iamr:%' OR LOWER(u.usename) LIKE 'iam:%')
  LOOP
    EXECUTE 'REVOKE ALL ON ALL TABLES IN SCHEMA ' || quote_ident(a_schema) || ' FROM ' || quote_ident(person.usename);
    EXECUTE 'REVOKE ALL ON SCHEMA ' || quote_ident(a_schema) || ' FROM ' || quote_ident(person.usename);
  END LOOP;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_close_future(a_schema VARCHAR(256), an_owner VARCHAR(256)) AS $$
DECLARE
  person RECORD;
BEGIN
  FOR person IN
    SELECT u.usename FROM pg_user u
    WHERE LOWER(u.usename) <> LOWER(an_owner) AND (LOWER(u.usename) LIKE 'iamr:%' OR LOWER(u.usename) LIKE 'iam:%')
  LOOP
    EXECUTE 'ALTER DEFAULT PRIVILEGES FOR USER ' || quote_ident(an_owner) || ' IN SCHEMA ' || quote_ident(a_schema)
      || ' REVOKE ALL ON TABLES FROM ' || quote_ident(person.usename);
  END LOOP;
END;
$$ LANGUAGE plpgsql;
CREATE OR REPLACE PROCEDURE public.sp_dpc_table(
  a_schema VARCHAR(256), a_table VARCHAR(256), rights VARCHAR(256), a_user VARCHAR(256)) AS $$
DECLARE
  known INTEGER;
BEGIN
  SELECT COUNT(*) INTO known FROM pg_class c, pg_namespace n
    WHERE c.relnamespace = n.oid AND n.nspname = a_schema AND c.relname = a_table;
  IF known = 0 THEN
    RAISE INFO 'table %.% is not there yet: run this script again once it is', a_schema, a_table;
  ELSE
    EXECUTE 'GRANT ' || rights || ' ON TABLE ' || quote_ident(a_schema) || '.' || quote_ident(a_table)
      || ' TO ' || quote_ident(a_user);
  END IF;
END;
$$ LANGUAGE plpgsql;
CALL public.sp_dpc_user('IAMR:acme-orders-production');
CALL public.sp_dpc_user('IAMR:acme-reports-production');
CREATE SCHEMA IF NOT EXISTS "exports";
CALL public.sp_dpc_close('exports');
CALL public.sp_dpc_close_future('exports', 'IAMR:acme-orders-production');
CREATE SCHEMA IF NOT EXISTS "orders";
CALL public.sp_dpc_close('orders');
CALL public.sp_dpc_close_future('orders', 'IAMR:acme-orders-production');
GRANT USAGE, CREATE ON SCHEMA "exports" TO "IAMR:acme-orders-production";
GRANT USAGE ON SCHEMA "exports" TO "IAMR:acme-reports-production";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "exports" TO "IAMR:acme-orders-production";
GRANT SELECT ON ALL TABLES IN SCHEMA "exports" TO "IAMR:acme-reports-production";
ALTER DEFAULT PRIVILEGES FOR USER "IAMR:acme-orders-production" IN SCHEMA "exports" GRANT SELECT ON TABLES TO "IAMR:acme-reports-production";
GRANT USAGE, CREATE ON SCHEMA "orders" TO "IAMR:acme-orders-production";
GRANT USAGE ON SCHEMA "orders" TO "IAMR:acme-reports-production";
CALL public.sp_dpc_table('orders', 'daily', 'SELECT, INSERT, UPDATE, DELETE', 'IAMR:acme-orders-production');
CALL public.sp_dpc_table('orders', 'daily', 'SELECT', 'IAMR:acme-reports-production');
DROP PROCEDURE public.sp_dpc_user(VARCHAR(256));
DROP PROCEDURE public.sp_dpc_close(VARCHAR(256));
DROP PROCEDURE public.sp_dpc_close_future(VARCHAR(256), VARCHAR(256));
DROP PROCEDURE public.sp_dpc_table(VARCHAR(256), VARCHAR(256), VARCHAR(256), VARCHAR(256));
COMMIT;
