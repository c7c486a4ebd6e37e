using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Administration;

/// <summary>Checks who may access each endpoint.</summary>
public sealed class AdminAccessTests
{
    private static TestApp App => TestApp.Current;

    private static IEnumerable<(string Method, string Path, EndpointMetadataCollection Metadata)> Endpoints() =>
        from endpoint in App.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        let path = "/"
            + System.Text.RegularExpressions.Regex.Replace(
                endpoint.RoutePattern.RawText!.TrimStart('/'),
                @"\{[^}]+\}",
                "019ab2c4d5e67f8091a2b3c4d5e6f708"
            )
        where path.StartsWith(Browser.Api, StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, path, endpoint.Metadata);

    [Test]
    public async Task AdminRoutes_RefuseAnonymousCallersAndUsers()
    {
        using var stranger = App.NewBrowser();
        using var user = await App.NewUserAsync();
        var routes = Endpoints().Where(e => e.Path.StartsWith($"{Browser.Api}/admin", StringComparison.Ordinal)).ToList();
        Assert.That(routes, Has.Count.GreaterThanOrEqualTo(9));
        foreach (var (method, path, _) in routes)
        {
            (await stranger.SendAsync(new HttpMethod(method), path)).ShouldFail(401, "unauthenticated");
            (await user.SendAsync(new HttpMethod(method), path)).ShouldFail(403, "forbidden");
        }
    }

    [Test]
    public async Task Routes_RequireASession_UnlessAllowAnonymous()
    {
        using var stranger = App.NewBrowser();
        foreach (var (method, path, metadata) in Endpoints())
        {
            var answer = await stranger.SendAsync(new HttpMethod(method), path);
            if (metadata.GetMetadata<IAllowAnonymous>() is null)
            {
                answer.ShouldFail(401, "unauthenticated");
            }
            else
            {
                Assert.That(answer.Status, Is.Not.EqualTo(401).And.LessThan(500), path);
            }
        }
    }

    [Test]
    public async Task AdminRoutes_NameTheMissingPermission()
    {
        using var user = await App.NewUserAsync();
        var answer = (await user.GetAsync("/admin/users")).ShouldFail(403, "forbidden");
        Assert.That((string?)answer.Json["context"]!["permission"], Is.EqualTo("users:list"));
    }

    [Test]
    public async Task AdminRoutes_RefuseOtherMethodsAndUnknownPaths()
    {
        using var user = await App.NewUserAsync();
        (await user.SendAsync(HttpMethod.Put, "/admin/audit-log", "{}")).ShouldFail(405, "method_not_allowed");
        (await user.GetAsync("/admin/nothing")).ShouldFail(404, "not_found");
    }
}
