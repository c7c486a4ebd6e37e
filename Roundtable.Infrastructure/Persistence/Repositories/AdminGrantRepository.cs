using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Users;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class AdminGrantRepository(RoundtableDbContext db) : IAdminGrantRepository
{
    public Task<bool> ExistsAsync(string normalizedEmail, CancellationToken ct)
    {
        var hash = Hash(normalizedEmail);
        return db.AdminGrants.AnyAsync(g => g.EmailHash == hash, ct);
    }

    public void Add(string normalizedEmail, DateTime nowUtc) => db.AdminGrants.Add(AdminGrant.To(Hash(normalizedEmail), nowUtc));

    private static string Hash(string normalizedEmail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedEmail)));
}
