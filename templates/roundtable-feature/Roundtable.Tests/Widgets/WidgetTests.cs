using Roundtable.Domain.Widgets;

namespace Roundtable.Tests.Widgets;

/// <summary>The entity enforces its rules for every caller.</summary>
public sealed class WidgetTests
{
    private static readonly DateTime Now = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    [Test]
    public void Create_SetsIdOwnerAndTimes()
    {
        var made = Widget.Create("owner", "First draft", null, Now);

        Assert.Multiple(() =>
        {
            Assert.That(made.Id, Does.Match("^[0-9a-f]{32}$"));
            Assert.That(
                (made.OwnerId, made.Name, made.NormalizedName, made.Description),
                Is.EqualTo(("owner", "First draft", "FIRST DRAFT", (string?)null))
            );
            Assert.That((made.CreatedAtUtc, made.UpdatedAtUtc, made.Version), Is.EqualTo((Now, Now, 1)));
        });
    }

    [Test]
    public void Change_IncrementsTheVersion_AndSetsTheTime()
    {
        var changed = Widget.Create("owner", "First draft", null, Now);

        changed.Change("Second draft", "Done", Now.AddHours(1));

        Assert.Multiple(() =>
        {
            Assert.That((changed.Name, changed.NormalizedName, changed.Description), Is.EqualTo(("Second draft", "SECOND DRAFT", "Done")));
            Assert.That((changed.CreatedAtUtc, changed.UpdatedAtUtc, changed.Version), Is.EqualTo((Now, Now.AddHours(1), 2)));
        });
    }

    [TestCase("")]
    [TestCase(" \t")]
    public void Change_Throws_WhenNameIsBlank(string name) =>
        Assert.That(() => Widget.Create("owner", name, null, Now), Throws.InstanceOf<ArgumentException>());

    [TestCase(Widget.NameMaxLength, Widget.DescriptionMaxLength)]
    public void Change_AcceptsTexts_OfMaximumLength(int name, int description) =>
        Assert.That(() => Make(name, description), Throws.Nothing);

    [TestCase(Widget.NameMaxLength + 1, 0)]
    [TestCase(1, Widget.DescriptionMaxLength + 1)]
    public void Change_Throws_WhenATextIsTooLong(int name, int description) =>
        Assert.That(() => Make(name, description), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static Widget Make(int name, int description) =>
        Widget.Create("owner", new string('n', name), new string('d', description), Now);
}
