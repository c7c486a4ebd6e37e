using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>An endpoint with query parameters rejects unknown ones.</summary>
public sealed class QueryParameterTests
{
    private static TestApp App => TestApp.Current;

    private static IEnumerable<(string Method, string Template)> WithParameters() =>
        from source in App.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        where
            endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action
            && action.Parameters.Any(p => p.BindingInfo?.BindingSource == BindingSource.Query)
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));

    [Test]
    public async Task UnknownParameters_AreRefusedByName_AtEveryEndpointWithParameters()
    {
        using var admin = await App.NewAdminAsync();
        var endpoints = WithParameters().ToList();
        Assert.That(endpoints, Has.Count.GreaterThan(10));
        foreach (var (method, template) in endpoints)
        {
            var path = template.Replace("{id}", new string('0', 32), StringComparison.Ordinal);
            var answer = await admin.SendAsync(new HttpMethod(method), $"{path}?nonsense=1", Wire.BodyBesideQuery(path));
            Assert.That(
                (string?)answer.ShouldFail(400, "validation_failed").Json["errors"]!["nonsense"]?[0],
                Is.EqualTo("There is no such parameter."),
                $"{method} {template}"
            );
        }
    }

    [Test]
    public async Task ParameterNames_IgnoreCase()
    {
        using var admin = await App.NewAdminAsync();
        (await admin.GetAsync("/admin/users?LIMIT=1&includetotal=true")).ShouldSucceed();
    }

    [Test]
    public async Task Response_NamesEveryInvalidParameter()
    {
        using var admin = await App.NewAdminAsync();
        var errors = (await admin.GetAsync("/admin/users?limt=1&limit=0")).ShouldFail(400, "validation_failed").Json["errors"]!.AsObject();
        Assert.That(errors.Select(e => e.Key), Is.EquivalentTo(new[] { "limt", "limit" }));
    }
}
