-- Adds :users accounts with profile and one live session each, and the administrator, to a database with the tables of schema.sql.
-- The same people as in ../seed.sql.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY, name TEXT NOT NULL);
WITH RECURSIVE counting(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < :users)
INSERT INTO numbers
SELECT n, printf('Person %d ', n) || substr('BDFGHJKLMNPRSTVZ', (n / 20 & 15) + 1, 1) || substr('aeio', (n / 320 & 3) + 1, 1) || substr('bdfghjklmnprstvz', (n / 1280 & 15) + 1, 1)
       || substr('aeio', (n / 20480 & 3) + 1, 1) || substr('bdfghjklmnprstvz', (n / 81920 & 15) + 1, 1)
FROM counting;

INSERT INTO user (id, name, email, email_verified, created_at, updated_at, role, banned)
SELECT printf('%032x', n), name, printf('bench%d@example.com', n), n % 10 <> 0,
       (unixepoch('2024-01-01') + n % 500000 * 60) * 1000, unixepoch('2025-01-01') * 1000, 'user', 0
FROM numbers;
INSERT INTO profile (user_id, bio, locale, time_zone) SELECT printf('%032x', n), NULL, 'en', 'Europe/Vienna' FROM numbers;
INSERT INTO session (id, expires_at, created_at, updated_at, token, ip_address, user_agent, user_id)
SELECT printf('1%031x', n), unixepoch('now', '+7 days') * 1000, unixepoch() * 1000, unixepoch() * 1000, printf('%032x', n), '203.0.113.7', 'bench', printf('%032x', n)
FROM numbers;
INSERT INTO user (id, name, email, email_verified, created_at, updated_at, role, banned)
VALUES ('bench', 'Bench', 'bench@example.com', 1, unixepoch() * 1000, unixepoch() * 1000, 'admin', 0);
INSERT INTO profile (user_id, locale, time_zone) VALUES ('bench', 'en', 'Europe/Vienna');
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
ANALYZE;
