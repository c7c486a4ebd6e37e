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

    public bool ShouldMigrateOnStart => MigrateOnStart ?? Provider == DatabaseProvider.Sqlite;
}

/// <summary>The database engines there are migrations for.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}
