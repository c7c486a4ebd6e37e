using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Every GET answers HEAD, with the same status and headers and no body.</summary>
public sealed class HeadTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Head_ReturnsTheHeadersOfGet_AtEveryEndpoint()
    {
        using var admin = await App.NewAdminAsync();
        var paths = (
            from source in App.Services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false
            select "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        )
            .Distinct()
            // A HEAD must not use up a state: 405 (ExternalSignInTests).
            .Where(p => !p.EndsWith("/callback", StringComparison.Ordinal))
            .ToList();
        Assert.That(paths, Has.Count.GreaterThan(25));
        foreach (
            var path in paths.Select(p =>
                p.Replace("{id}", admin.UserId, StringComparison.Ordinal).Replace("{name}", "user", StringComparison.Ordinal)
            )
        )
        {
            var get = await admin.RawAsync(HttpMethod.Get, path);
            var head = await admin.RawAsync(HttpMethod.Head, path);
            Assert.Multiple(() =>
            {
                Assert.That(head.Status, Is.EqualTo(get.Status), path);
                Assert.That(head.Text, Is.Empty, path);
                foreach (var name in (string[])["Content-Type", "ETag", "Cache-Control", "Content-Disposition"])
                {
                    Assert.That(head.Header(name), Is.EqualTo(get.Header(name)), $"{path} {name}");
                }
            });
        }
    }

    [Test]
    public async Task Head_IsRefused_LikeGet()
    {
        using var user = await App.NewUserAsync();
        Assert.That((await user.RawAsync(HttpMethod.Head, "/api/v1/auth/magic-link")).Status, Is.EqualTo(405));
        Assert.That((await user.RawAsync(HttpMethod.Head, "/api/v1/nothing")).Status, Is.EqualTo(404));
        Assert.That((await Wire.SendAsync(App, HttpMethod.Head, "/api/v1/users/me")).Status, Is.EqualTo(401));
        Assert.That((await user.PutAsync("/users/me", "{}")).ShouldFail(405, "method_not_allowed").Header("Allow"), Does.Contain("HEAD"));
    }
}
