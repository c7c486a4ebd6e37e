using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence;

/// <summary>Loads a user with profile and roles, to be changed: the context tracks them.</summary>
internal interface IUserLoads
{
    Task<User?> ByIdAsync(RoundtableDbContext db, string id, CancellationToken ct);

    Task<User?> ByEmailAsync(RoundtableDbContext db, string normalizedEmail, CancellationToken ct);
}
