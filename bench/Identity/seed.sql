-- Adds :users accounts to the tables of ASP.NET Core Identity: the same people as in ../seed.sql.
PRAGMA synchronous = OFF;
BEGIN;
WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < :users)
INSERT INTO AspNetUsers (Id, UserName, NormalizedUserName, Email, NormalizedEmail, EmailConfirmed, SecurityStamp, ConcurrencyStamp,
                         PhoneNumberConfirmed, TwoFactorEnabled, LockoutEnabled, AccessFailedCount)
SELECT printf('%032x', n), printf('bench%d@example.com', n), printf('BENCH%d@EXAMPLE.COM', n), printf('bench%d@example.com', n),
       printf('BENCH%d@EXAMPLE.COM', n), 1, printf('%032X', n), printf('%032x', n), 0, 0, 1, 0
FROM counting;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
ANALYZE;
