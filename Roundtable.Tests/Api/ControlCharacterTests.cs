using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Roundtable.Tests.Administration;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Control characters are rejected in every query and path parameter, before a second parser sees them.</summary>
[Category("threat-44")]
public sealed class ControlCharacterTests
{
    private static readonly string[] Encoded =
    [
        "%00",
        "%01",
        "%09",
        "%0A",
        "%0D",
        "%1B",
        "%1F",
        "%7F",
        "%C2%80",
        "%C2%85",
        "%E2%80%A8",
        "%E2%80%AE",
        "%EF%BF%BE",
    ];

    private TestApp app = null!;

    [OneTimeSetUp]
    public void Start() => app = TestApp.Start();

    [OneTimeTearDown]
    public async Task Stop() => await app.DisposeAsync();

    private IEnumerable<(string Method, string Path, string Parameter)> Parameters() =>
        from source in app.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        let action = endpoint.Metadata.GetMetadata<ControllerActionDescriptor>()
        where action is not null
        from parameter in action.Parameters
        where parameter.BindingInfo?.BindingSource == BindingSource.Query
        from name in parameter.ParameterType.Assembly == typeof(Program).Assembly && parameter.ParameterType.IsClass
            ? parameter.ParameterType.GetProperties().Select(p => p.Name)
            : [parameter.Name]
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select (
            method,
            "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace("{id}", new string('0', 32), StringComparison.Ordinal),
            name
        );

    [Test]
    public async Task EveryQueryParameter_RefusesControlCharacters()
    {
        using var admin = await app.NewAdminAsync();
        var parameters = Parameters().ToList();
        Assert.That(parameters, Has.Count.GreaterThan(50));
        for (var i = 0; i < parameters.Count; i++)
        {
            var (method, path, name) = parameters[i];
            foreach (var encoded in i % 8 == 0 ? Encoded : ["%00", Encoded[i % Encoded.Length]])
            {
                var query = $"{path}?{name}=adm{encoded}in";
                var answer = await admin.SendAsync(new HttpMethod(method), query, Wire.BodyBesideQuery(path));
                Assert.That(answer.Status, Is.EqualTo(400), $"{method} {query}: {answer.Text}");
            }
        }
    }

    [TestCaseSource(nameof(Encoded))]
    public async Task Search_RefusesControlCharacters_AtAnyPosition(string encoded)
    {
        using var admin = await app.NewAdminAsync();
        foreach (var search in (string[])[encoded, encoded + "admin", "adm" + encoded + "in", "admin" + encoded])
        {
            var errors = (await admin.GetAsync($"/admin/users?search={search}")).ShouldFail(400, "validation_failed").Json[
                "errors"
            ]!.AsObject();
            Assert.That(errors.Select(e => e.Key), Is.EqualTo(new[] { "search" }));
        }
    }

    [Test]
    public async Task EveryPath_RefusesControlCharacters()
    {
        using var admin = await app.NewAdminAsync();
        var endpoints = ApiEndpoint.All(app).Where(e => e.Template.Contains('{', StringComparison.Ordinal)).ToList();
        Assert.That(endpoints, Has.Count.GreaterThan(20));
        foreach (var endpoint in endpoints)
        {
            foreach (var encoded in (string[])["%01", "a%0Ab", "%7F", "x%C2%85"])
            {
                var path = "/" + System.Text.RegularExpressions.Regex.Replace(endpoint.Template, "\\{[^}]*\\}", encoded);
                object? body = endpoint.Method is "GET" or "DELETE" or "HEAD" ? null : "{}";
                var answer = await admin.SendAsync(new HttpMethod(endpoint.Method), path, body);
                Assert.That(answer.Status, Is.EqualTo(400), $"{endpoint.Method} {path}: {answer.Text}");
            }
        }
    }
}
