using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>SQL is EF Core's business, but for the files of one database's own.</summary>
public sealed class SqlTests
{
    // The pragma that turns the write-ahead log on, where the file is made.
    private static readonly string[] Allowed = ["SchemaMigrator.cs"];

    [Test]
    public void Sql_IsWrittenInTheFilesOfOneDatabaseOnly() =>
        SourceGuards.SqlStandsInItsPlace(Product.Sources with { Named = Allowed }).ShouldBeEmpty();

    [Test]
    public void Providers_AreAskedForInPersistenceOnly() => SourceGuards.ProvidersStayInPersistence(Product.Sources).ShouldBeEmpty();
}
