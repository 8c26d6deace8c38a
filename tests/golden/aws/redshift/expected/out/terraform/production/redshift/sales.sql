-- Written by dpc: who may do what in database "sales". Run it as its owner, whole.
-- The users are those of IAM roles; each exists once its role has asked for credentials, and the tables
-- once their owner has made them.
BEGIN;
REVOKE ALL ON ALL TABLES IN SCHEMA "exports" FROM "IAMR:acme-orders-production";
REVOKE ALL ON SCHEMA "exports" FROM "IAMR:acme-orders-production";
REVOKE ALL ON ALL TABLES IN SCHEMA "exports" FROM "IAMR:acme-reports-production";
REVOKE ALL ON SCHEMA "exports" FROM "IAMR:acme-reports-production";
ALTER DEFAULT PRIVILEGES FOR USER "IAMR:acme-orders-production" IN SCHEMA "exports" REVOKE ALL ON TABLES FROM "IAMR:acme-reports-production";
REVOKE ALL ON ALL TABLES IN SCHEMA "orders" FROM "IAMR:acme-orders-production";
REVOKE ALL ON SCHEMA "orders" FROM "IAMR:acme-orders-production";
REVOKE ALL ON ALL TABLES IN SCHEMA "orders" FROM "IAMR:acme-reports-production";
REVOKE ALL ON SCHEMA "orders" FROM "IAMR:acme-reports-production";
GRANT USAGE, CREATE ON SCHEMA "exports" TO "IAMR:acme-orders-production";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "exports" TO "IAMR:acme-orders-production";
GRANT USAGE ON SCHEMA "exports" TO "IAMR:acme-reports-production";
GRANT SELECT ON ALL TABLES IN SCHEMA "exports" TO "IAMR:acme-reports-production";
ALTER DEFAULT PRIVILEGES FOR USER "IAMR:acme-orders-production" IN SCHEMA "exports" GRANT SELECT ON TABLES TO "IAMR:acme-reports-production";
GRANT USAGE, CREATE ON SCHEMA "orders" TO "IAMR:acme-orders-production";
GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE "orders"."daily" TO "IAMR:acme-orders-production";
GRANT USAGE ON SCHEMA "orders" TO "IAMR:acme-reports-production";
GRANT SELECT ON TABLE "orders"."daily" TO "IAMR:acme-reports-production";
COMMIT;
