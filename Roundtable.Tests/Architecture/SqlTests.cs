using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>SQL is EF Core's business, but for the files of one database's own.</summary>
public sealed class SqlTests
{
    // The pragma that turns the write-ahead log on, where the file is made.
    private static readonly string[] Allowed = ["SchemaMigrator.cs"];

    [Test]
    public void Sql_IsWrittenInTheFilesOfOneDatabaseOnly() => SourceGuards.SqlStandsInItsPlace(Product.Sources with { Named = Allowed }).ShouldBeEmpty();

    [TestCase("db.Users.FromSql($\"x\")", true)]
    [TestCase("db.Database.ExecuteSqlRawAsync(sql)", true)]
    [TestCase("db.Database.SqlQuery<int>($\"x\")", true)]
    [TestCase("command.CommandText = \"SELECT 1\"", true)]
    [TestCase("connection.CreateCommand()", true)]
    [TestCase("db.Users.ExecuteUpdateAsync(s => s)", false)]
    public void Sql_IsNoticed(string code, bool expected) =>
        Assert.That(SourceGuards.SqlStandsInItsPlace(new Subject { Sources = [new SourceFile("Roundtable.Api/Users/Some.cs", code)] }).Any(), Is.EqualTo(expected));

    [Test]
    public void Providers_AreAskedForInPersistenceOnly() => SourceGuards.ProvidersStayInPersistence(Product.Sources).ShouldBeEmpty();
}
