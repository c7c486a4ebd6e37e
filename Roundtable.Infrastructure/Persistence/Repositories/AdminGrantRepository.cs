using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Accounts;
using Roundtable.Domain.Users;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class AdminGrantRepository(RoundtableDbContext db) : IAdminGrantRepository
{
    public async Task<bool> TryAddAsync(string normalizedEmail, DateTime nowUtc, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(normalizedEmail)));
        if (await db.AdminGrants.AnyAsync(g => g.EmailHash == hash, ct))
        {
            return false;
        }

        db.AdminGrants.Add(AdminGrant.To(hash, nowUtc));
        return true;
    }
}
