namespace Roundtable.Infrastructure.Persistence;

/// <summary>Configures the database.</summary>
public sealed class DatabaseOptions
{
    public const string SectionName = "Database";

    public const string ConnectionName = "Roundtable";

    /// <summary>The database engine, <c>Sqlite</c> or <c>SqlServer</c>. Default: Sqlite.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>Whether pending migrations are applied at startup. Default: true for SQLite, false for SQL Server.</summary>
    public bool? MigrateOnStart { get; set; }

    /// <summary>
    /// How long a statement may take on SQL Server, 1 second to 10 minutes; migrations may take longer. Default: what the connection string
    /// says in <c>Command Timeout</c>, else 5 seconds.
    /// </summary>
    public TimeSpan? CommandTimeout { get; set; }

    /// <summary>Settings for SQL Server only.</summary>
    public SqlServerOptions SqlServer { get; set; } = new();

    /// <summary>Settings for SQLite only.</summary>
    public SqliteOptions Sqlite { get; set; } = new();

    public bool ShouldMigrateOnStart => MigrateOnStart ?? Provider == DatabaseProvider.Sqlite;
}

/// <summary>Configures SQL Server.</summary>
public sealed class SqlServerOptions
{
    /// <summary>The maximum number of changes sent to the server in one batch, 1 to 1000. Default: 42, as EF Core has it.</summary>
    public int MaxBatchSize { get; set; } = 42;
}

/// <summary>Configures SQLite.</summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The engine that runs statements: <c>Fast</c>, this program's own, or <c>EfCore</c>, EF Core alone, which is several times slower.
    /// Default: Fast.
    /// </summary>
    public SqliteEngine Engine { get; set; } = SqliteEngine.Fast;
}

/// <summary>The engine that runs SQLite statements.</summary>
public enum SqliteEngine
{
    Fast,
    EfCore,
}

/// <summary>The database engines that have migrations.</summary>
public enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}
