using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Infrastructure.Persistence;
using Roundtable.Tests.Guards;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Architecture;

/// <summary>
/// Services are registered by their attribute, repositories in PersistenceRegistration. Missing registrations are found here.
/// </summary>
public sealed class RegistrationTests
{
    private static readonly Assembly Application = typeof(Roundtable.Application.DependencyInjection).Assembly;
    private static readonly Assembly Infrastructure = typeof(Roundtable.Infrastructure.DependencyInjection).Assembly;

    // Created by hand, with the data of one import or the event that occurred.
    private static readonly string[] NotServices = ["ImportRules", "RaisedEvent", "UserApiKeysData", "UserLoginsData", "UserPictureData"];

    private static IServiceProviderIsService Registered => TestApp.Current.Services.GetRequiredService<IServiceProviderIsService>();

    [Test]
    public void ClassesThatTakePorts_AreRegistered()
    {
        Assert.That(CodeGuards.ClassesThatTakePorts(Product.Types).ToList(), Has.Count.GreaterThan(50));
        CodeGuards
            .ServicesAreRegistered(Product.Types with { Registered = Registered.IsService, Exceptions = NotServices })
            .ShouldBeEmpty();
    }

    [Test]
    public void ControllerDependencies_AreRegistered() =>
        CodeGuards.ControllerDependenciesAreRegistered(Product.Types with { Registered = Registered.IsService }).ShouldBeEmpty();

    [Test]
    public void Repositories_AreRegisteredForTheirPorts()
    {
        var repositories = Application
            .GetTypes()
            .Where(t => t.IsInterface && t.Name.EndsWith("Repository", StringComparison.Ordinal))
            .ToList();
        Assert.That(repositories, Has.Count.GreaterThanOrEqualTo(8));
        using var scope = TestApp.Current.Services.CreateScope();
        Assert.Multiple(() =>
        {
            foreach (var port in repositories)
            {
                Assert.That(
                    scope.ServiceProvider.GetService(port)?.GetType().Namespace,
                    Is.EqualTo($"{typeof(RoundtableDbContext).Namespace}.Repositories"),
                    port.Name
                );
            }
        });
    }

    // With two of them, it would be undefined which one is resolved.
    [Test]
    public void Ports_HaveOneRepository()
    {
        var ports = Infrastructure
            .GetTypes()
            .Where(t =>
                t is { IsClass: true, IsAbstract: false, IsNested: false }
                && t.Namespace == $"{typeof(RoundtableDbContext).Namespace}.Repositories"
            )
            .SelectMany(t => t.GetInterfaces())
            .Where(IsPort);
        Assert.That(ports, Is.Unique);
    }

    private static bool IsPort(Type type) => type.IsInterface && type.Assembly == Application;
}
