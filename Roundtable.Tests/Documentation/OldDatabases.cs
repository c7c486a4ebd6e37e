using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Documentation;

/// <summary>
/// SQLite versions of the databases that users migrate from, with a few users, and what the pages' own queries export from them.
/// </summary>
internal static class OldDatabases
{
    public const string Password = "correct horse battery";

    private const string Identity = """
        CREATE TABLE AspNetUsers (Id TEXT PRIMARY KEY, UserName TEXT, NormalizedUserName TEXT, Email TEXT,
          NormalizedEmail TEXT, EmailConfirmed INTEGER NOT NULL, PasswordHash TEXT, SecurityStamp TEXT, ConcurrencyStamp TEXT,
          PhoneNumber TEXT, PhoneNumberConfirmed INTEGER NOT NULL, TwoFactorEnabled INTEGER NOT NULL, LockoutEnd TEXT,
          LockoutEnabled INTEGER NOT NULL, AccessFailedCount INTEGER NOT NULL);
        CREATE TABLE AspNetRoles (Id TEXT PRIMARY KEY, Name TEXT, NormalizedName TEXT, ConcurrencyStamp TEXT);
        CREATE TABLE AspNetUserRoles (UserId TEXT NOT NULL, RoleId TEXT NOT NULL, PRIMARY KEY (UserId, RoleId));
        CREATE TABLE AspNetUserLogins (LoginProvider TEXT NOT NULL, ProviderKey TEXT NOT NULL, ProviderDisplayName TEXT,
          UserId TEXT NOT NULL, PRIMARY KEY (LoginProvider, ProviderKey));
        INSERT INTO AspNetRoles VALUES ('r1', 'Admin', 'ADMIN', NULL), ('r2', 'User', 'USER', NULL);
        INSERT INTO AspNetUsers VALUES
          ('1', 'ada', 'ADA', 'ada@moved-identity.example', 'ADA@MOVED-IDENTITY.EXAMPLE', 1, $hash, 's', 'c', NULL, 0, 0, NULL, 1, 0),
          ('2', 'bob', 'BOB', 'bob@moved-identity.example', 'BOB@MOVED-IDENTITY.EXAMPLE', 0, NULL, 's', 'c',
            NULL, 0, 0, '9999-12-31 23:59:59.9999999+00:00', 1, 0),
          ('3', 'eve', 'EVE', 'eve@moved-identity.example', 'EVE@MOVED-IDENTITY.EXAMPLE', 1, $hash, 's', 'c',
            NULL, 0, 0, '2020-01-01 00:00:00+00:00', 1, 0),
          ('4', 'nobody', 'NOBODY', NULL, NULL, 0, NULL, 's', 'c', NULL, 0, 0, NULL, 1, 0);
        INSERT INTO AspNetUserRoles VALUES ('1', 'r1'), ('1', 'r2');
        INSERT INTO AspNetUserLogins VALUES ('GitHub', '583231', 'GitHub', '1'), ('Microsoft', 'aa00', 'Microsoft', '1');
        """;

    private const string BetterAuth = """
        CREATE TABLE "user" (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL UNIQUE, emailVerified INTEGER NOT NULL,
          image TEXT, createdAt DATE NOT NULL, updatedAt DATE NOT NULL, role TEXT,
          banned INTEGER, banReason TEXT, banExpires DATE);
        CREATE TABLE account (id TEXT PRIMARY KEY, accountId TEXT NOT NULL, providerId TEXT NOT NULL, userId TEXT NOT NULL, password TEXT);
        INSERT INTO "user" VALUES
          ('1', 'Ada', 'ada@moved-better-auth.example', 1, NULL, '2024-01-02T03:04:05.678Z', '2024-01-02T03:04:05.678Z',
            'admin', NULL, NULL, NULL),
          ('2', '', 'bob@moved-better-auth.example', 0, NULL, '2024-02-02T03:04:05.678Z', '2024-02-02T03:04:05.678Z',
            'user', 1, 'Spam', NULL),
          ('3', 'Eve', 'eve@moved-better-auth.example', 1, NULL, '2024-03-02T03:04:05.678Z', '2024-03-02T03:04:05.678Z',
            'user', 1, 'Noise', '2024-04-01T00:00:00.000Z');
        INSERT INTO account VALUES ('a1', '1', 'credential', '1', $hash), ('a2', '583232', 'github', '1', NULL),
          ('a3', '3', 'credential', '3', $hash);
        """;

    /// <summary>Returns the lines that the page's SQLite query exports.</summary>
    public static IReadOnlyList<string> Export(Page page)
    {
        var isIdentity = page.Path.Contains("identity", StringComparison.Ordinal);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = isIdentity ? Identity : BetterAuth;
        create.Parameters.AddWithValue(
            "$hash",
            isIdentity ? new PasswordHasher<object>().HashPassword(new object(), Password) : BetterAuthHash()
        );
        create.ExecuteNonQuery();
        using var export = connection.CreateCommand();
        export.CommandText = page.Blocks.Single(b => b.Notes.GetValueOrDefault("database") == "sqlite").Text;
        using var reader = export.ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
        {
            lines.Add(reader.GetString(0));
        }

        return lines;
    }

    private static string BetterAuthHash()
    {
        using var fixture = JsonDocument.Parse(
            File.ReadAllText(Repository.PathOf("Roundtable.Tests", "Administration", "Fixtures", "better-auth-hashes.json"))
        );
        return fixture
            .RootElement.EnumerateArray()
            .Single(r => r.GetProperty("password").GetString() == Password)
            .GetProperty("hash")
            .GetString()!;
    }
}
