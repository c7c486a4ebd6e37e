using Microsoft.EntityFrameworkCore;

namespace Roundtable.Infrastructure.Persistence.Sqlite;

public sealed class SqliteRoundtableDbContext(DbContextOptions<SqliteRoundtableDbContext> options) : RoundtableDbContext(options);
