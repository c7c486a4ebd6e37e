using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>References point inward only.</summary>
public sealed class LayerTests
{
    [Test]
    public void Domain_ReferencesOnlyTheRuntimeAndIdentitysEntities() =>
        LayerGuards.AssembliesReferenceInward(Of("Roundtable.Domain")).ShouldBeEmpty();

    [Test]
    public void Application_ReferencesOnlyDomainAutoMapperIdentityAndAbstractions() =>
        LayerGuards.AssembliesReferenceInward(Of("Roundtable.Application")).ShouldBeEmpty();

    [Test]
    public void Infrastructure_DoesNotReferenceTheApi() =>
        LayerGuards.AssembliesReferenceInward(Of("Roundtable.Infrastructure")).ShouldBeEmpty();

    [TestCase("Roundtable.Domain")]
    [TestCase("Roundtable.Application")]
    [TestCase("Roundtable.Infrastructure")]
    [TestCase("Roundtable.Api")]
    public void Projects_ReferenceInnerLayersOnly(string project) => LayerGuards.ProjectsReferenceInward(Of(project)).ShouldBeEmpty();

    [Test]
    public void Domain_HasNoPackages_ExceptIdentitysEntities() =>
        LayerGuards.InnerLayersHaveNoPackages(Of("Roundtable.Domain")).ShouldBeEmpty();

    [Test]
    public void Application_HasNoPackages_ExceptAutoMapperAndCheckDigits()
    {
        Assert.That(Product.ProjectOf("Roundtable.Application").Packages, Is.EqualTo(new[] { "AutoMapper", "System.IO.Hashing" }));
        LayerGuards.InnerLayersHaveNoPackages(Of("Roundtable.Application")).ShouldBeEmpty();
    }

    [Test]
    public void Controllers_DoNotUseTheDatabase() => ActionGuards.ControllersDoNotUseTheDatabase(Product.Types).ShouldBeEmpty();

    private static Subject Of(string project) => new() { Projects = [Product.ProjectOf(project)] };
}
