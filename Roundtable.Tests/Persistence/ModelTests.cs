using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Persistence;

/// <summary>Rules of the model, so that both databases can hold a million users.</summary>
public sealed class ModelTests
{
    // Exported by the account itself; Identity's logins and claims by classes of Accounts.
    private static readonly string[] InTheAccount = ["Users", "Roles", "Sessions", "Tokens", "Email", "Identity"];

    private static IEnumerable<TestCaseData> Providers()
    {
        yield return new TestCaseData((Func<RoundtableDbContext>)Models.Sqlite).SetArgDisplayNames("Sqlite");
        yield return new TestCaseData((Func<RoundtableDbContext>)Models.SqlServer).SetArgDisplayNames("SqlServer");
    }

    [TestCaseSource(nameof(Providers))]
    public void Migrations_MatchTheModel(Func<RoundtableDbContext> open)
    {
        using var db = open();
        Assert.That(db.Database.HasPendingModelChanges(), Is.False, "Run: dotnet ef migrations add");
    }

    [TestCaseSource(nameof(Providers))]
    public void ForeignKeys_HaveAnIndexThatBeginsWithThem(Func<RoundtableDbContext> open) =>
        ModelGuards.ForeignKeysHaveAnIndex(Of(open)).ShouldBeEmpty();

    [TestCaseSource(nameof(Providers))]
    public void Sorts_HaveAnIndex(Func<RoundtableDbContext> open) =>
        ModelGuards.SortsHaveAnIndex(Of(open) with { Application = Product.Types.Application }).ShouldBeEmpty();

    [Test]
    public void SqlServer_ComparesKeysAndHashesOrdinally() =>
        ModelGuards.KeysAndHashesCompareOrdinally(Of(Models.SqlServer)).ShouldBeEmpty();

    [Test]
    public void SqlServer_ComparesUniqueTextsOrdinally() => ModelGuards.UniqueTextsCompareOrdinally(Of(Models.SqlServer)).ShouldBeEmpty();

    [Test]
    public void SqlServer_IdsAreChar32()
    {
        Assert.That(ModelGuards.Ids(Of(Models.SqlServer)).ToList(), Has.Count.GreaterThan(8));
        ModelGuards.IdsAreChar32(Of(Models.SqlServer)).ShouldBeEmpty();
    }

    [Test]
    public void SqlServer_TimesAreDateTime2()
    {
        Assert.That(ModelGuards.Columns<DateTime>(Of(Models.SqlServer)).ToList(), Has.Count.GreaterThan(10));
        ModelGuards.TimesAreDateTime2(Of(Models.SqlServer)).ShouldBeEmpty();
        ModelGuards.TimeColumnsEndInUtc(Of(Models.SqlServer)).ShouldBeEmpty();
    }

    [Test]
    public void SqlServer_IndexKeysFit()
    {
        Assert.That(Of(Models.SqlServer).Tables.SelectMany(ModelGuards.Keys).ToList(), Has.Count.GreaterThan(20));
        ModelGuards.IndexKeysFit(Of(Models.SqlServer)).ShouldBeEmpty();
    }

    [Test]
    public void SqlServer_HasOneCascadePathToEachTable() => ModelGuards.CascadesReachATableOnce(Of(Models.SqlServer)).ShouldBeEmpty();

    // Deleting an account is one statement: rows that reference it by a foreign key are deleted with it.
    [TestCaseSource(nameof(Providers))]
    public void Rows_AreDeletedWithTheirUser(Func<RoundtableDbContext> open)
    {
        Assert.That(ModelGuards.KeysOfUsers(Of(open)).ToList(), Has.Count.GreaterThanOrEqualTo(5));
        ModelGuards.RowsAreDeletedWithTheirUser(Of(open)).ShouldBeEmpty();
    }

    // A user's data export includes the data of all features.
    [Test]
    public void EntitiesWithAUser_AreExported() =>
        ModelGuards
            .EntitiesOfAUserAreExported(Of(Models.Sqlite) with { Application = Product.Types.Application, Exceptions = InTheAccount })
            .ShouldBeEmpty();

    /// <summary>Builds the model for a database.</summary>
    internal static Subject Of(Func<RoundtableDbContext> open)
    {
        using var db = open();
        return new Subject { Tables = [.. db.GetService<IDesignTimeModel>().Model.GetRelationalModel().Tables] };
    }
}
