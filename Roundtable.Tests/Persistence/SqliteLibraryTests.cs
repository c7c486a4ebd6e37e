using Roundtable.Infrastructure.Persistence.Sqlite;

namespace Roundtable.Tests.Persistence;

/// <summary>A SQLite version with the WAL-reset bug can corrupt its file and is rejected.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SqliteLibraryTests
{
    [TestCase("3.7.0")]
    [TestCase("3.50.4")]
    [TestCase("3.51.2")]
    public void Check_ReportsTheOldestFixedVersion_WhenTheLibraryHasTheBug(string version) =>
        Assert.That(
            SqliteLibrary.Check(Version.Parse(version))?.ToString(),
            Does.StartWith("Database:Provider ").And.Contain(version).And.Contain("3.51.3")
        );

    [TestCase("3.51.3")]
    [TestCase("3.53.4")]
    public void Check_Passes_WhenTheBugIsFixed(string version) => Assert.That(SqliteLibrary.Check(Version.Parse(version)), Is.Null);

    [Test]
    public void Check_Passes_OnTheCurrentLibrary() => Assert.That(SqliteLibrary.Check(SqliteLibrary.Version), Is.Null);
}
