using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.HotReads;

/// <summary>Loads a user with profile and roles for modification: the context tracks them.</summary>
internal static class UserLoader
{
    private static readonly string[] Included = [nameof(User.Profile), nameof(User.Roles)];
    private static readonly string[] ForSignIn = [.. Included, nameof(User.Credentials)];

    public static Task<User?> ByIdAsync(RoundtableDbContext db, string id, CancellationToken ct) =>
        StatementRunner.LoadAsync(db, nameof(User.Id), id, Included, CompiledQueries<Queries>.Of(db).ById, ct);

    public static Task<User?> ByEmailAsync(RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
        StatementRunner.LoadAsync(db, nameof(User.NormalizedEmail), normalizedEmail, Included, CompiledQueries<Queries>.Of(db).ByEmail, ct);

    public static Task<User?> ForSignInByIdAsync(RoundtableDbContext db, string id, CancellationToken ct) =>
        StatementRunner.LoadAsync(db, nameof(User.Id), id, ForSignIn, CompiledQueries<Queries>.Of(db).ForSignInById, ct);

    public static Task<User?> ForSignInByEmailAsync(RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
        StatementRunner.LoadAsync(
            db,
            nameof(User.NormalizedEmail),
            normalizedEmail,
            ForSignIn,
            CompiledQueries<Queries>.Of(db).ForSignInByEmail,
            ct
        );

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ForSignInById { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string id, CancellationToken ct) =>
                    db.Users.Include(u => u.Profile).Include(u => u.Roles).Include(u => u.Credentials).FirstOrDefault(u => u.Id == id)
            );

        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ForSignInByEmail { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
                    db
                        .Users.Include(u => u.Profile)
                        .Include(u => u.Roles)
                        .Include(u => u.Credentials)
                        .FirstOrDefault(u => u.NormalizedEmail == normalizedEmail)
            );

        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ById { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string id, CancellationToken ct) =>
                    db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefault(u => u.Id == id)
            );

        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ByEmail { get; } =
            EF.CompileAsyncQuery(
                (RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
                    db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefault(u => u.NormalizedEmail == normalizedEmail)
            );
    }
}
