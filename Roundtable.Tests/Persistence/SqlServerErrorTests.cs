using System.Reflection;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Infrastructure.Persistence.SqlServer;
using Roundtable.Infrastructure.Persistence.Transactions;

namespace Roundtable.Tests.Persistence;

/// <summary>How SQL Server errors are classified: a conflict, a retry, a 503 or a bug.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SqlServerErrorTests
{
    private readonly SqlServerErrors errors = new();

    [TestCase(
        2601,
        "Cannot insert duplicate key row in object 'dbo.Users' with unique index 'IX_Users_NormalizedEmail'. The duplicate key "
            + "value is (A@EXAMPLE.COM)."
    )]
    [TestCase(2627, "Violation of UNIQUE KEY constraint 'IX_Users_NormalizedEmail'. Cannot insert duplicate key in object 'dbo.Users'.")]
    public void DuplicateKey_IsRecognised_ByTableAndColumn(int number, string message)
    {
        var exception = new DbUpdateException("Saving failed", Failure(number, message));
        Assert.Multiple(() =>
        {
            Assert.That(errors.IsDuplicateKey(exception, null, null), Is.True);
            Assert.That(errors.IsDuplicateKey(exception, "Users", "NormalizedEmail"), Is.True);
            Assert.That(errors.IsDuplicateKey(exception, "Sessions", "KeyHash"), Is.False);
            Assert.That(errors.IsUnavailable(exception), Is.False, "a conflict is not an outage");
        });
    }

    [TestCase(102)] // syntax
    [TestCase(207)] // no such column
    [TestCase(547)] // foreign key
    [TestCase(515)] // null
    [TestCase(8152)] // too long
    [TestCase(2628)] // too long, and where
    public void StatementErrors_AreNotUnavailable(int number)
    {
        Assert.That(errors.IsUnavailable(Failure(number)), Is.False);
        Assert.That(errors.IsDuplicateKey(Failure(number), null, null), Is.False);
    }

    // Errors when a database moves to another machine, restarts or is overloaded.
    [TestCase(1205, Description = "chosen as a deadlock's victim")]
    [TestCase(1222, Description = "lock time-out")]
    [TestCase(4060, Description = "the database cannot be opened")]
    [TestCase(40197, Description = "Azure: error while processing, fail-over among others")]
    [TestCase(10053, Description = "connection aborted")]
    [TestCase(10054, Description = "connection reset")]
    [TestCase(10060, Description = "no answer")]
    [TestCase(10061, Description = "connection refused")]
    [TestCase(64, Description = "the network name is gone")]
    [TestCase(596, Description = "the session was killed")]
    [TestCase(976, Description = "availability group: not a readable secondary")]
    [TestCase(978, Description = "availability group: read intent only")]
    [TestCase(983, Description = "availability group: the database changes its role")]
    [TestCase(3906, Description = "the database is read-only: this was the primary until now")]
    [TestCase(6005, Description = "the server shuts down")]
    [TestCase(921, Description = "the database is still recovering")]
    [TestCase(18401, Description = "the server is starting")]
    public async Task TransientErrors_AreRetried_AndUnavailable(int number)
    {
        Assert.That(errors.IsUnavailable(new InvalidOperationException("Somewhere above", Failure(number))), Is.True);

        var attempts = 0;
        var answer = await Strategy().ExecuteAsync(() => ++attempts == 1 ? throw Failure(number) : Task.FromResult(42));
        Assert.That((answer, attempts), Is.EqualTo((42, 2)));
    }

    [Test]
    public void LastingOutages_AreUnavailable()
    {
        var failure = Assert.ThrowsAsync<RetryLimitExceededException>(() =>
            Strategy().ExecuteAsync(() => Task.FromException(Failure(1205)))
        );
        Assert.That(errors.IsUnavailable(failure), Is.True);
        Assert.That(errors.IsUnavailable(new TimeoutException()), Is.True);
        Assert.That(errors.IsUnavailable(new InvalidOperationException("A bug")), Is.False);
    }

    // Azure recommends a five-second pause after each of these: the test only needs to see them classified as outages.
    [TestCase(40613, Description = "Azure: the database is not available")]
    [TestCase(40501, Description = "Azure: busy")]
    [TestCase(49918, Description = "Azure: not enough resources")]
    [TestCase(233, Description = "no process at the other end")]
    [TestCase(18456, Description = "sign-in refused")]
    public void OtherOutages_AreUnavailable(int number) => Assert.That(errors.IsUnavailable(Failure(number)), Is.True);

    [Test]
    public void Timeouts_AreUnavailable_WithoutRetry()
    {
        var attempts = 0;
        var failure = Assert.ThrowsAsync<SqlException>(() =>
            Strategy()
                .ExecuteAsync(() =>
                {
                    attempts++;
                    return Task.FromException(Failure(-2));
                })
        );
        Assert.That((attempts, errors.IsUnavailable(failure)), Is.EqualTo((1, true)));
    }

    [Test]
    public void DuplicateKeys_AreNotRetried_ByTheProvider()
    {
        var attempts = 0;
        Assert.ThrowsAsync<SqlException>(() =>
            Strategy()
                .ExecuteAsync(() =>
                {
                    attempts++;
                    return Task.FromException(Failure(2627));
                })
        );
        Assert.That(attempts, Is.EqualTo(1), "the unit of work retries, with new entities");
    }

    [TestCase("Server=x;Database=y;MultipleActiveResultSets=false")]
    [TestCase("Server=x;Database=y")]
    public void Connections_HaveNoMars_AndAShortTimeout(string given)
    {
        var builder = new SqlConnectionStringBuilder(SqlServerConnectionStrings.ForRequests(given, null));
        Assert.Multiple(() =>
        {
            Assert.That(builder.MultipleActiveResultSets, Is.False);
            Assert.That(builder.ConnectTimeout, Is.LessThanOrEqualTo(3));
        });
    }

    [Test]
    public void Commits_AreUnavailable_WithoutRetry()
    {
        var attempts = 0;
        var failure = Assert.ThrowsAsync<CommitException>(() =>
            Strategy()
                .ExecuteAsync(() =>
                {
                    attempts++;
                    return Task.FromException(new CommitException(Failure(10054)));
                })
        );
        Assert.That((attempts, errors.IsUnavailable(failure)), Is.EqualTo((1, true)));
    }

    [TestCase("Server=x", null, 5)]
    [TestCase("Server=x;Command Timeout=9", null, 9)]
    [TestCase("Server=x;Command Timeout=9", 60, 60)]
    public void Statements_HaveTheConfiguredTimeout(string given, int? setting, int expected)
    {
        var builder = new SqlConnectionStringBuilder(
            SqlServerConnectionStrings.ForRequests(given, setting is { } s ? TimeSpan.FromSeconds(s) : null)
        );
        Assert.That(builder.CommandTimeout, Is.EqualTo(expected));
    }

    [TestCase("Server=x", "Roundtable")]
    [TestCase("Server=x;Application Name=Accounts", "Accounts")]
    public void Connections_HaveAnApplicationName(string given, string expected) =>
        Assert.That(
            new SqlConnectionStringBuilder(SqlServerConnectionStrings.ForRequests(given, null)).ApplicationName,
            Is.EqualTo(expected)
        );

    [Test]
    public void ForeignKeyErrors_AreConflicts_NotOutages()
    {
        var exception = new DbUpdateException("Saving failed", Failure(547));
        Assert.That(
            (errors.IsForeignKey(exception), errors.IsUnavailable(exception), errors.IsDuplicateKey(exception, null, null)),
            Is.EqualTo((true, false, false))
        );
    }

    /// <summary>The execution strategy as configured for SQL Server.</summary>
    private static IExecutionStrategy Strategy()
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddPersistence(new DatabaseOptions { Provider = DatabaseProvider.SqlServer }, "Server=nowhere");
        return services
            .BuildServiceProvider()
            .CreateScope()
            .ServiceProvider.GetRequiredService<RoundtableDbContext>()
            .Database.CreateExecutionStrategy();
    }

    /// <summary>Created by reflection: SqlException has no public constructors.</summary>
    private static SqlException Failure(int number, string message = "Something is wrong.")
    {
        const BindingFlags hidden = BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        var constructor = typeof(SqlError)
            .GetConstructors(hidden)
            .First(c => c.GetParameters() is [var first, ..] && first.ParameterType == typeof(int));
        var values = constructor
            .GetParameters()
            .Select(p =>
                p.Name switch
                {
                    "infoNumber" => number,
                    "errorMessage" => message,
                    _ when p.ParameterType == typeof(string) => "",
                    _ when p.ParameterType.IsValueType => Activator.CreateInstance(p.ParameterType),
                    _ => null,
                }
            )
            .ToArray();
        var collection = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        typeof(SqlErrorCollection).GetMethod("Add", hidden)!.Invoke(collection, [constructor.Invoke(values)]);
        return (SqlException)
            typeof(SqlException)
                .GetMethod("CreateException", hidden, [typeof(SqlErrorCollection), typeof(string)])!
                .Invoke(null, [collection, "16.00"])!;
    }
}
