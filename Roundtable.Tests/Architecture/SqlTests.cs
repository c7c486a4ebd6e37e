using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>SQL is EF Core's business, but for the files of one database's own.</summary>
public sealed partial class SqlTests
{
    [Test]
    public void Sql_IsWrittenInTheFilesOfOneDatabaseOnly()
    {
        var written = Repository.ProductFiles().Where(f => !IsOfOneDatabase(f)).Where(f => Sql().IsMatch(File.ReadAllText(f))).Select(Name);
        // The pragma that turns the write-ahead log on, where the file is made.
        Assert.That(written, Is.SubsetOf(new[] { "SchemaMigrator.cs" }));
    }

    [TestCase("db.Users.FromSql($\"x\")", true)]
    [TestCase("db.Database.ExecuteSqlRawAsync(sql)", true)]
    [TestCase("db.Database.SqlQuery<int>($\"x\")", true)]
    [TestCase("command.CommandText = \"SELECT 1\"", true)]
    [TestCase("connection.CreateCommand()", true)]
    [TestCase("db.Users.ExecuteUpdateAsync(s => s)", false)]
    public void Sql_IsNoticed(string code, bool expected) => Assert.That(Sql().IsMatch(code), Is.EqualTo(expected));

    [Test]
    public void Providers_AreAskedForInPersistenceOnly()
    {
        var asking = Repository.ProductFiles()
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}Persistence{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(f => Provider().IsMatch(File.ReadAllText(f)))
            .Select(Name);
        Assert.That(asking, Is.Empty);
    }

    private static bool IsOfOneDatabase(string file) => Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "Sqlite" or "SqlServer");

    private static string Name(string file) => Path.GetFileName(file);

    [GeneratedRegex(@"\b(FromSql(Raw|Interpolated)?|ExecuteSql(Raw|Interpolated)?(Async)?|SqlQuery(Raw)?)\s*[<(]|\bCommandText\s*=|\bCreateCommand\(")]
    private static partial Regex Sql();

    [GeneratedRegex(@"\bIsSqlite\(\)|\bIsSqlServer\(\)|\bnew Sqlite(Connection|Command)\b|\bnew Sql(Connection|Command)\(")]
    private static partial Regex Provider();
}
