using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Features and namespaces reference each other in one direction, and only its entry points use SQLite's engine.</summary>
public sealed class NamespaceTests
{
    private const string ApplicationRoot = "Roundtable.Application";
    private const string Engine = "Roundtable.Infrastructure.Sqlite";

    // The entry points: registration, starting transactions, running statements, and timing them.
    private static readonly string[] EntryPoints =
    [
        "PersistenceRegistration",
        "SqliteConnectionInterceptor",
        "WriteCoordinator",
        "StatementRunner",
        "StatementTimes",
    ];

    // Application's features, each with those that it may use besides Common; a new feature comes last and may use all.
    private static readonly Dictionary<string, string[]> Features = new()
    {
        ["Events"] = [],
        ["Profiles"] = [],
        ["Statistics"] = [],
        ["Audit"] = ["Events"],
        ["Roles"] = ["Audit"],
        ["Users"] = ["Events", "Profiles", "Statistics", "Audit", "Roles"],
        ["Tokens"] = ["Users"],
        ["Sessions"] = ["Statistics", "Audit", "Roles", "Users", "Tokens"],
        ["Email"] = ["Audit", "Users", "Tokens"],
        ["ApiKeys"] = ["Events", "Profiles", "Audit", "Roles", "Users", "Email"],
        ["ServiceAccounts"] = ["Events", "Profiles", "Audit", "Roles", "ApiKeys"],
        ["EmailAddresses"] = ["Audit", "Users", "Tokens", "Sessions", "Email", "ApiKeys"],
        ["SignIn"] = ["Audit", "Users", "Tokens", "Sessions", "Email", "EmailAddresses"],
        ["TwoFactor"] = ["Audit", "Users", "Tokens", "Sessions", "Email", "SignIn"],
        ["Passwords"] = ["Audit", "Users", "Tokens", "Sessions", "Email", "EmailAddresses", "SignIn", "TwoFactor", "ApiKeys"],
        ["Passkeys"] = ["Audit", "Users", "Tokens", "Email", "SignIn"],
        ["Accounts"] = ["Profiles", "Audit", "Users", "Tokens", "Sessions", "Email", "EmailAddresses", "Passwords", "Passkeys"],
        ["MagicLinks"] = ["Audit", "Users", "Tokens", "Email", "EmailAddresses", "SignIn"],
        ["Administration"] =
        [
            "ApiKeys",
            "ExternalLogins",
            "Profiles",
            "Statistics",
            "Audit",
            "Roles",
            "Users",
            "Sessions",
            "Email",
            "EmailAddresses",
            "Passwords",
            "Accounts",
            "MagicLinks",
        ],
        ["Impersonation"] = ["Audit", "Users", "Tokens", "Sessions", "SignIn"],
        ["Transfer"] = ["Profiles", "Audit", "Roles", "Users", "EmailAddresses", "Passwords"],
        ["Operations"] = ["Audit"],
        ["Webhooks"] = ["Events", "Profiles", "Audit", "Email"],
    };

    private static IReadOnlyCollection<Type> Application { get; } = TypesOf(typeof(Roundtable.Application.DependencyInjection));

    private static IReadOnlyCollection<Type> Infrastructure { get; } = TypesOf(typeof(Roundtable.Infrastructure.DependencyInjection));

    [Test]
    public void Application_HasNoCycles() =>
        NamespaceGuards.NamespacesFormNoCycle([.. Application.Where(t => t.Namespace != ApplicationRoot)], "Application").ShouldBeEmpty();

    [Test]
    public void Features_ReferenceOnlyAllowedFeatures() =>
        NamespaceGuards.FeaturesReferenceOnlyAllowed(Application, ApplicationRoot, Features).ShouldBeEmpty();

    [Test]
    public void Infrastructure_HasNoCycles() => NamespaceGuards.NamespacesFormNoCycle(Infrastructure, "Infrastructure").ShouldBeEmpty();

    [Test]
    public void SqliteEngine_IsReferencedThroughItsEntryPointsOnly() =>
        NamespaceGuards.NamespaceIsReferencedOnlyBy(Infrastructure, Engine, EntryPoints).ShouldBeEmpty();

    [Test]
    public void SqliteEngine_ReferencesOnlyEfCoreAndSqlite() =>
        NamespaceGuards
            .NamespaceReferencesOnly(Infrastructure, Engine, ["Microsoft.EntityFrameworkCore", "Microsoft.Data.Sqlite", "SQLitePCL"])
            .ShouldBeEmpty();

    private static Type[] TypesOf(Type root) =>
        [
            .. root
                .Assembly.GetTypes()
                .Where(t =>
                    !t.IsNested
                    && t.Namespace?.StartsWith("Roundtable", StringComparison.Ordinal) is true
                    && !t.Namespace.EndsWith("Migrations", StringComparison.Ordinal)
                ),
        ];
}
