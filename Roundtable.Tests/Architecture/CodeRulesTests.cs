using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>Conventions that reviewers should not have to check.</summary>
public sealed class CodeRulesTests
{
    // Deliberately not sealed: Result is the base of Result<T>, the requests are bases of each list's own parameters.
    private static readonly string[] Unsealed = ["Result", "UserDto", "ListRequest", "UserFilterRequest", "AuditFilterRequest"];

    // Identity's managers and validators take no CancellationToken.
    private static readonly string[] NotCancellable = ["IRoleRepository.AddAsync", "IPasswords.CheckAsync", "PasswordStorage.SetAsync"];

    [Test]
    public void Classes_AreSealed() => CodeGuards.ClassesAreSealed(Product.Types with { Exceptions = Unsealed }).ShouldBeEmpty();

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
    public void Options_HaveASectionAndDocumentTheirDefaults()
    {
        Assert.That(CodeGuards.Options(Product.Types).ToList(), Has.Count.GreaterThanOrEqualTo(5));
        CodeGuards.OptionsDocumentTheirDefaults(Product.Types).ShouldBeEmpty();
    }

    [Test]
    public void Options_HaveTheDefaultsThatTheirCommentsState() => CodeGuards.OptionDefaultsMatchComments(Product.Types).ShouldBeEmpty();

    [Test]
    public void Options_CanBeSetOnTheCommandLine() => CodeGuards.OptionsCanBeSetOnTheCommandLine(Product.Types).ShouldBeEmpty();

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
        SourceGuards.LinesAreShort(Product.Scripts).ShouldBeEmpty();
    }

    [Test]
    public void Comments_UseCommonTerms()
    {
        SourceGuards.CommentsUseCommonTerms(Product.Sources).ShouldBeEmpty();
        SourceGuards.CommentsUseCommonTerms(Product.Tests).ShouldBeEmpty();
    }

    [Test]
    public void Time_IsNeverReadFromTheSystem() => SourceGuards.TimeIsInjected(Product.Sources).ShouldBeEmpty();

    [Test]
    public void CancellationTokens_AreLastAndNamedCt_InApplication() =>
        CodeGuards.CancellationTokensStandLast(Product.Types).ShouldBeEmpty();

    [Test]
    public void AsynchronousWork_CanBeCancelled_InApplication() =>
        CodeGuards.AsynchronousWorkCanBeCancelled(Product.Types with { Exceptions = NotCancellable }).ShouldBeEmpty();

    [Test]
    public void Ports_AreImplementedOutside() => CodeGuards.PortsAreImplemented(Product.Types).ShouldBeEmpty();

    [Test]
    public void Writes_ShareATransaction_WhenThereAreSeveral() => BehaviorGuards.WritesShareATransaction(Product.Types).ShouldBeEmpty();
}
