using Microsoft.EntityFrameworkCore;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Loads users through EF Core.</summary>
internal sealed class UserLoads : IUserLoads
{
    public Task<User?> ByIdAsync(RoundtableDbContext db, string id, CancellationToken ct) => CompiledQueries<Queries>.Of(db).ById(db, id, ct);

    public Task<User?> ByEmailAsync(RoundtableDbContext db, string normalizedEmail, CancellationToken ct) => CompiledQueries<Queries>.Of(db).ByEmail(db, normalizedEmail, ct);

    private sealed class Queries
    {
        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ById { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, string id, CancellationToken ct) => db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefault(u => u.Id == id));

        public Func<RoundtableDbContext, string, CancellationToken, Task<User?>> ByEmail { get; } = EF.CompileAsyncQuery(
            (RoundtableDbContext db, string normalizedEmail, CancellationToken ct) =>
                db.Users.Include(u => u.Profile).Include(u => u.Roles).FirstOrDefault(u => u.NormalizedEmail == normalizedEmail));
    }
}
