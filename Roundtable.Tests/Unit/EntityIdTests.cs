using Roundtable.Domain.Common;
using Roundtable.Domain.Users;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Unit;

/// <summary>IDs sort by creation time.</summary>
public sealed class EntityIdTests
{
    private static readonly DateTime Now = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    [Test]
    public void New_SortsInOrder_WithinAMillisecond()
    {
        var now = Now.AddDays(1);
        var ids = Enumerable.Range(0, 10_000).Select(_ => EntityId.New(now)).ToList();
        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(ids, Is.Unique);
    }

    [Test]
    public void New_StaysInOrder_WhenOldAccountsAreImportedInBetween()
    {
        var now = Now.AddDays(2);
        var ids = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            ids.Add(EntityId.New(now));
            var imported = User.Import(People.Parse($"old{i}@example.com"), null, now.AddYears(-5));
            Assert.That(string.CompareOrdinal(imported.Id, ids[0]), Is.Negative);
        }

        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void New_StaysInOrder_WhenAnotherClockIsAhead()
    {
        var ids = new List<string>();
        for (var i = 0; i < 200; i++)
        {
            ids.Add(EntityId.New(Now));
            Assert.That(string.CompareOrdinal(EntityId.New(Now.AddMilliseconds(700)), ids[^1]), Is.Positive);
        }

        Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
    }

    [Test]
    public void New_IsUnique_WhenCalledInParallel() =>
        Assert.That(ParallelEnumerable.Range(0, 100_000).Select(_ => EntityId.New(Now)).ToList(), Is.Unique);

    [Test]
    public void New_IsBetweenTheBoundsOfItsTime()
    {
        var then = new DateTime(2019, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        var ids = Enumerable.Range(0, 100).Select(_ => EntityId.New(then)).ToList();
        Assert.That(ids, Is.Unique);
        Assert.That(ids.All(EntityId.IsValid), Is.True);
        Assert.That(
            ids.All(id => string.CompareOrdinal(EntityId.Lowest(then), id) <= 0 && string.CompareOrdinal(id, EntityId.Beyond(then)) < 0),
            Is.True
        );
    }
}
