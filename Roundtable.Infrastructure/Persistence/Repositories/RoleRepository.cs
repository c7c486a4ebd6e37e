using Microsoft.EntityFrameworkCore;
using Roundtable.Application.Roles;
using Roundtable.Domain.Roles;

namespace Roundtable.Infrastructure.Persistence.Repositories;

internal sealed class RoleRepository(RoundtableDbContext db) : IRoleRepository
{
    public Task<Role?> FindAsync(string name, CancellationToken ct) => db.Roles.AsNoTracking().FirstOrDefaultAsync(r => r.Name == name, ct);

    public async Task<IReadOnlyList<Role>> FindAllAsync(IReadOnlyCollection<string> names, CancellationToken ct) =>
        await db.Roles.AsNoTracking().Where(r => names.Contains(r.Name)).ToListAsync(ct);
}
