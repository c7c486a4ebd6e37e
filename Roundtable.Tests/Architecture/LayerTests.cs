using Roundtable.Tests.Guards;

namespace Roundtable.Tests.Architecture;

/// <summary>References point inward only.</summary>
public sealed class LayerTests
{
    [Test]
    public void Domain_RefersToTheRuntimeAndIdentitysEntitiesAlone() =>
        LayerGuards.AssembliesReferInward(Of("Roundtable.Domain")).ShouldBeEmpty();

    [Test]
    public void Application_RefersToDomainAutoMapperIdentityAndTheirAbstractions() =>
        LayerGuards.AssembliesReferInward(Of("Roundtable.Application")).ShouldBeEmpty();

    [Test]
    public void Infrastructure_DoesNotKnowTheApi() => LayerGuards.AssembliesReferInward(Of("Roundtable.Infrastructure")).ShouldBeEmpty();

    [TestCase("Roundtable.Domain")]
    [TestCase("Roundtable.Application")]
    [TestCase("Roundtable.Infrastructure")]
    [TestCase("Roundtable.Api")]
    public void Project_RefersInward(string project) => LayerGuards.ProjectsReferInward(Of(project)).ShouldBeEmpty();

    [Test]
    public void Domain_HasIdentitysEntitiesAlone() => LayerGuards.InnerLayersHaveNoPackages(Of("Roundtable.Domain")).ShouldBeEmpty();

    [Test]
    public void Application_HasAutoMapperAlone()
    {
        Assert.That(Product.ProjectOf("Roundtable.Application").Packages, Is.EqualTo(new[] { "AutoMapper" }));
        LayerGuards.InnerLayersHaveNoPackages(Of("Roundtable.Application")).ShouldBeEmpty();
    }

    [Test]
    public void Controllers_DoNotTouchTheDatabase() => ActionGuards.ControllersLeaveTheDatabaseAlone(Product.Types).ShouldBeEmpty();

    private static Subject Of(string project) => new() { Projects = [Product.ProjectOf(project)] };
}
