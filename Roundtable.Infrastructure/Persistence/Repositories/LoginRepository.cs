using Microsoft.EntityFrameworkCore;
using Roundtable.Application.ExternalLogins;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class LoginRepository(RoundtableDbContext db) : ILoginRepository
{
    public Task<UserLogin?> LoadAsync(string provider, string subject, CancellationToken ct) =>
        db.UserLogins.FirstOrDefaultAsync(l => l.LoginProvider == provider && l.ProviderKey == subject, ct);

    public async Task<IReadOnlyList<UserLogin>> ListAsync(string userId, CancellationToken ct) =>
        await db.UserLogins.Where(l => l.UserId == userId).OrderBy(l => l.LoginProvider).ThenBy(l => l.ProviderKey).ToListAsync(ct);

    public void Add(UserLogin login) => db.UserLogins.Add(login);

    public void Remove(UserLogin login) => db.UserLogins.Remove(login);
}
