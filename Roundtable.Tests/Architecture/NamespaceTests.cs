using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Infrastructure's namespaces reference each other in one direction, and only its entry points use SQLite's engine.</summary>
public sealed class NamespaceTests
{
    private const string Engine = "Roundtable.Infrastructure.Sqlite";

    // The entry points: registration, starting transactions, running statements, and timing them.
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
