using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Roundtable.Bench.Identity;

internal sealed class AccountsDbContext(DbContextOptions<AccountsDbContext> options) : IdentityDbContext(options);
