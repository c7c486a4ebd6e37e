using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Domain.Roles;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

/// <summary>
/// Loads users within a transaction by prepared statements, and hands them to the context as EF Core's query would: that query takes several times as
/// long, while everybody waits who wants to write.
/// </summary>
internal sealed class SqliteUserLoads : IUserLoads
{
    private static readonly ConditionalWeakTable<IModel, Statements> Known = [];

    private readonly UserLoads others = new();

    public Task<User?> ByIdAsync(RoundtableDbContext db, string id, CancellationToken ct) =>
        CanLoad(db) is { } connection ? Task.FromResult(Load(db, connection, Of(db).ById, id)) : others.ByIdAsync(db, id, ct);

    public Task<User?> ByEmailAsync(RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
        CanLoad(db) is { } connection ? Task.FromResult(Load(db, connection, Of(db).ByEmail, normalizedEmail)) : others.ByEmailAsync(db, normalizedEmail, ct);

    private static Statements Of(RoundtableDbContext db) => Known.GetValue(db.Model, static model => new Statements(model));

    // Whom the context knows already stays as they are there, which EF Core sees to.
    private static PreparedSqliteConnection? CanLoad(RoundtableDbContext db) =>
        db.Database.GetDbConnection() is PreparedSqliteConnection { IsInTransaction: true } connection && !db.ChangeTracker.Tracks<User>() ? connection : null;

    private static User? Load(RoundtableDbContext db, PreparedSqliteConnection connection, string sql, string key)
    {
        if (connection.Query(sql, [key], Of(db), static (row, of) => (User: of.Users.Read(row), Profile: of.Profiles.Read(row))) is not [var (user, profile)])
        {
            return null;
        }

        // The context puts together what belongs together. Not Attach: it looks for more behind each of them.
        db.Entry(user).State = EntityState.Unchanged;
        db.Entry(profile).State = EntityState.Unchanged;
        foreach (var role in connection.Query(Of(db).RolesOf, [user.Id], Of(db).Roles, static (row, roles) => roles.Read(row)))
        {
            db.Entry(role).State = EntityState.Unchanged;
        }

        return user;
    }

    private sealed class Statements
    {
        public Statements(IModel model)
        {
            Users = new SqliteEntityReader<User>(model, "u", 0);
            Profiles = new SqliteEntityReader<UserProfile>(model, "p", Users.Count);
            Roles = new SqliteEntityReader<UserRole>(model, "r", 0);
            RolesOf = $"""SELECT {Roles.Columns} FROM "UserRoles" r WHERE r."UserId" = ?1""";
            var sql = $"""SELECT {Users.Columns}, {Profiles.Columns} FROM "Users" u JOIN "UserProfiles" p ON p."UserId" = u."Id" WHERE u.""";
            ById = sql + "\"Id\" = ?1";
            ByEmail = sql + "\"NormalizedEmail\" = ?1";
        }

        public SqliteEntityReader<User> Users { get; }

        public SqliteEntityReader<UserProfile> Profiles { get; }

        public SqliteEntityReader<UserRole> Roles { get; }

        public string ById { get; }

        public string ByEmail { get; }

        public string RolesOf { get; }
    }
}
