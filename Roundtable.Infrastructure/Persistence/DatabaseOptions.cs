namespace Roundtable.Infrastructure.Persistence;

/// <summary>Where the data is kept.</summary>
public sealed class DatabaseOptions
{
    public const string SectionName = "Database";

    public const string ConnectionName = "Roundtable";

    /// <summary>The database engine, <c>Sqlite</c> or <c>SqlServer</c>. Default: Sqlite.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Whether pending migrations are applied at the start. Default: true for SQLite, false for SQL Server.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>What concerns SQLite alone.</summary>
    public SqliteOptions Sqlite { get; set; } = new();

    public bool ShouldMigrateOnStart => MigrateOnStart ?? Provider == DatabaseProvider.Sqlite;
}

/// <summary>How SQLite is worked with.</summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// What runs the statements: <c>Fast</c>, this program's own engine, or <c>EfCore</c>, EF Core alone, which is several times slower. Default: Fast.
    /// </summary>
    public SqliteEngine Engine { get; set; } = SqliteEngine.Fast;
}

/// <summary>What runs SQLite's statements.</summary>
public enum SqliteEngine
{
    Fast,
    EfCore,
}

/// <summary>The database engines there are migrations for.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}
