-- Adds :users accounts with profile, credentials, role and one live session each to a SQLite database with the schema.
-- Ids begin with zeros, addresses are bench<n>@example.com, names have a common part, a number, and a family name that 20 people share (lib/search.lua).
PRAGMA synchronous = OFF;
PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP TABLE Numbers (N INTEGER PRIMARY KEY, Name TEXT NOT NULL);
WITH RECURSIVE Counting(N) AS (SELECT 1 UNION ALL SELECT N + 1 FROM Counting WHERE N < :users)
INSERT INTO Numbers
SELECT N, printf('Person %d ', N) || substr('BDFGHJKLMNPRSTVZ', (N / 20 & 15) + 1, 1) || substr('aeio', (N / 320 & 3) + 1, 1) || substr('bdfghjklmnprstvz', (N / 1280 & 15) + 1, 1)
       || substr('aeio', (N / 20480 & 3) + 1, 1) || substr('bdfghjklmnprstvz', (N / 81920 & 15) + 1, 1)
FROM Counting;

INSERT INTO Users (Id, Email, NormalizedEmail, EmailVerified, Name, NormalizedName, Origin, LastSeenOrEpochUtc, CreatedAtUtc, UpdatedAtUtc, Version)
SELECT printf('%032x', N), printf('bench%d@example.com', N), printf('BENCH%d@EXAMPLE.COM', N), N % 10 <> 0, Name, upper(Name), 'Imported',
       strftime('%Y-%m-%d %H:%M:%S', '2025-01-01', '+' || (N % 500000) || ' minutes'), strftime('%Y-%m-%d %H:%M:%S', '2024-01-01', '+' || (N % 500000) || ' minutes'),
       '2025-01-01 00:00:00', 1
FROM Numbers;
INSERT INTO UserProfiles (UserId, Bio, Locale, TimeZone) SELECT printf('%032x', N), NULL, 'en', 'Europe/Vienna' FROM Numbers;
INSERT INTO Credentials (UserId, FailedAttempts, TwoFactorEnabled, LastTwoFactorStep) SELECT printf('%032x', N), 0, 0, 0 FROM Numbers;
INSERT INTO UserRoles (UserId, RoleName) SELECT printf('%032x', N), 'user' FROM Numbers;
INSERT INTO Sessions (Id, UserId, KeyHash, Method, RememberMe, IpAddress, UserAgent, CreatedAtUtc, AuthenticatedAtUtc, RefreshedAtUtc, LastSeenAtUtc, ExpiresAtUtc)
SELECT printf('1%031x', N), printf('%032x', N), printf('%064x', N), 'MagicLink', 1, '203.0.113.7', 'bench', datetime('now'), datetime('now'), datetime('now'), datetime('now'), datetime('now', '+7 days')
FROM Numbers;

-- What the search's worker would do, for minutes and beside the load.
INSERT INTO UserSearch (rowid, Text) SELECT k.RowKey, u.NormalizedEmail || char(10) || u.NormalizedName FROM UserSearchPending p JOIN Users u ON u.Id = p.UserId JOIN UserSearchKeys k ON k.UserId = u.Id;
DELETE FROM UserSearchPending;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
ANALYZE;
