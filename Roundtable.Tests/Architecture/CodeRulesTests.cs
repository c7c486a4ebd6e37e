using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Conventions that reviewers should not have to check.</summary>
public sealed class CodeRulesTests
{
    // Deliberately not sealed: Result is the base of Result<T>, the requests are bases of each list's own parameters.
    private static readonly string[] Open = ["Result", "ListRequest", "UserFilterRequest", "AuditFilterRequest"];

    // Identity's managers and validators take no CancellationToken.
    private static readonly string[] WithoutToken = ["IRoleRepository.AddAsync", "IPasswords.CheckAsync", "PasswordStorage.SetAsync"];

    [Test]
    public void Classes_AreSealed() => CodeGuards.ClassesAreSealed(Product.Types with { Named = Open }).ShouldBeEmpty();

    [Test]
    public void Classes_HaveFewDependencies() => CodeGuards.ClassesHaveFewDependencies(Product.Types).ShouldBeEmpty();

    [Test]
    public void Times_EndInUtc_InEntities()
    {
        CodeGuards.TimesEndInUtc(Product.Types).ShouldBeEmpty();
        CodeGuards.TimesAreDateTimes(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public void Entities_HavePrivateSetters() => CodeGuards.EntitiesHavePrivateSetters(Product.Types).ShouldBeEmpty();

    [Test]
    public void Options_HaveASectionAndTellTheirDefaults()
    {
        Assert.That(CodeGuards.Options(Product.Types).ToList(), Has.Count.GreaterThanOrEqualTo(5));
        CodeGuards.OptionsTellTheirDefaults(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public void Options_BeginAsTheirCommentsSay() => CodeGuards.CommentsOfOptionsAreTrue(Product.Types).ShouldBeEmpty();

    [Test]
    public void Options_CanBeGivenOnTheCommandLine() => CodeGuards.OptionsCanBeGivenOnTheCommandLine(Product.Types).ShouldBeEmpty();

    [Test]
    public void Files_AreShort()
    {
        SourceGuards.FilesAreShort(Product.Sources).ShouldBeEmpty();
        SourceGuards.FilesAreShort(Product.Tests).ShouldBeEmpty();
    }

    [Test]
    public void Lines_AreShort()
    {
        SourceGuards.LinesAreShort(Product.Sources).ShouldBeEmpty();
        SourceGuards.LinesAreShort(Product.Tests).ShouldBeEmpty();
    }

    [Test]
    public void Comments_UseTheWordsOfTheField()
    {
        SourceGuards.CommentsUseTheWordsOfTheField(Product.Sources).ShouldBeEmpty();
        SourceGuards.CommentsUseTheWordsOfTheField(Product.Tests).ShouldBeEmpty();
    }

    [Test]
    public void Time_IsNeverReadFromTheSystem() => SourceGuards.TimeIsInjected(Product.Sources).ShouldBeEmpty();

    [Test]
    public void CancellationTokens_StandLastAndAreCalledCt_InApplication() =>
        CodeGuards.CancellationTokensStandLast(Product.Types).ShouldBeEmpty();

    [Test]
    public void AsynchronousWork_CanBeCancelled_InApplication() =>
        CodeGuards.AsynchronousWorkCanBeCancelled(Product.Types with { Named = WithoutToken }).ShouldBeEmpty();

    [Test]
    public void Ports_AreImplementedOutside() => CodeGuards.PortsAreImplemented(Product.Types).ShouldBeEmpty();

    [Test]
    public void Writes_ShareATransaction_WhenThereAreSeveral() => ConductGuards.WritesShareATransaction(Product.Types).ShouldBeEmpty();
}
