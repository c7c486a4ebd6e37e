using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Only files specific to one database contain SQL; EF Core generates the rest.</summary>
public sealed class SqlTests
{
    // Contains the pragma that enables the write-ahead log when the file is created.
    private static readonly string[] Allowed = ["SchemaMigrator.cs"];

    [Test]
    public void Sql_IsInProviderSpecificFilesOnly() =>
        SourceGuards.SqlIsInAllowedFiles(Product.Sources with { Exceptions = Allowed }).ShouldBeEmpty();

    [Test]
    public void ProviderChecks_AreInPersistenceOnly() => SourceGuards.ProvidersStayInPersistence(Product.Sources).ShouldBeEmpty();
}
