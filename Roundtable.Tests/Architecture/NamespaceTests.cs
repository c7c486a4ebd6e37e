using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Infrastructure's namespaces know each other in one direction, and SQLite's engine stands behind its door.</summary>
public sealed class NamespaceTests
{
    private const string Engine = "Roundtable.Infrastructure.Sqlite";

    // The door: where it is made, where transactions begin, where statements run, and where they are timed.
    private static readonly string[] Door =
    [
        "PersistenceRegistration",
        "SqliteConnectionInterceptor",
        "WriteCoordinator",
        "StatementRunner",
        "StatementTimes",
    ];

    private static IReadOnlyCollection<Type> Infrastructure { get; } =
    [
        .. typeof(Roundtable.Infrastructure.DependencyInjection)
            .Assembly.GetTypes()
            .Where(t =>
                !t.IsNested
                && t.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
                && !t.Namespace.EndsWith("Migrations", StringComparison.Ordinal)
            ),
    ];

    [Test]
    public void Infrastructure_HasNoCycles() => NamespaceGuards.NamespacesFormNoCycle(Infrastructure, "Infrastructure").ShouldBeEmpty();

    [Test]
    public void Engine_IsEnteredByItsDoor() => NamespaceGuards.NamespaceIsEnteredBy(Infrastructure, Engine, Door).ShouldBeEmpty();

    [Test]
    public void Engine_KnowsEfCoreAndSqliteAlone() =>
        NamespaceGuards
            .NamespaceKnows(Infrastructure, Engine, ["Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "SQLitePCL"])
            .ShouldBeEmpty();
}
