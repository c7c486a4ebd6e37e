using System.Text.Json;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>A query parameter has one text value at every endpoint; an empty filter is no filter and matches every user.</summary>
public sealed class QueryValueTests
{
    private static readonly string[] Bad =
    [
        "{0}",
        "{0}=",
        "{0}=%20",
        "{0}=+%09",
        "{0}=%E2%80%83",
        "{0}=%E2%80%8B",
        "{0}=%CC%88",
        "{0}=a%00",
        "{0}=%01",
        "{0}=a%0Ab",
        "{0}=%7F",
        "{0}=%C2%85",
        "{0}=%ff",
        "{0}=a%C3",
        "{0}=%ED%A0%80",
        "{0}=1&{0}=1",
        "{0}=1&{1}=2",
    ];

    private static readonly string[] Blank = ["=%20", "=+%09", "=%E2%80%83"];

    private static TestApp App => TestApp.Current;

    [Test]
    [Category("threat-44")]
    public async Task InvalidValues_AreRefusedByName_AtEveryEndpointWithParameters()
    {
        using var admin = await App.NewAdminAsync();
        var parameters = (
            from action in ApiAction.All(App)
            from name in action.Query
            select (action, name: JsonNamingPolicy.CamelCase.ConvertName(name))
        ).ToList();
        Assert.That(parameters, Has.Count.GreaterThan(50));
        foreach (var (action, name) in parameters)
        {
            foreach (
                var query in Bad.Select(b =>
                    string.Format(System.Globalization.CultureInfo.InvariantCulture, b, name, name.ToUpperInvariant())
                )
            )
            {
                var body = Wire.BodyBesideQuery(action.Path);
                // A modified cursor has its own error code.
                if (
                    name == "cursor"
                    && query.Contains('%', StringComparison.Ordinal)
                    && !Blank.Any(b => query.EndsWith(b, StringComparison.Ordinal))
                )
                {
                    continue;
                }

                var answer = await admin.SendAsync(new HttpMethod(action.Method), $"{action.Path}?{query}", body);
                Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "validation_failed")), $"{action}?{query} {answer.Text}");
                Assert.That(
                    answer.Json["errors"]!.AsObject().Select(e => e.Key),
                    Is.EqualTo(new[] { name }),
                    $"{action}?{query} {answer.Text}"
                );
                Assert.That(answer.Json["errors"]![name]!.AsArray(), Has.Count.EqualTo(1), $"{action}?{query} {answer.Text}");
                Assert.That(
                    (string?)answer.Json["reasons"]![name]![0]!["code"],
                    Is.Not.EqualTo("invalid"),
                    $"{action}?{query} {answer.Text}"
                );
            }
        }

        (await admin.GetAsync("/users/me")).ShouldSucceed();
    }

    [Test]
    public async Task RevokeSessions_OfAllUsers_RequiresAllToBeExplicit()
    {
        await using var app = TestApp.Start();
        var root = await app.RootAsync();
        using var ada = await app.NewUserAsync();
        foreach (var query in (string[])["", "?", "?role=", "?all=false", "?all=", "?search=%20"])
        {
            Assert.That((await root.DeleteAsync($"/admin/sessions{query}")).Status, Is.EqualTo(400), query);
        }

        (await ada.GetAsync("/users/me")).ShouldSucceed();
        Assert.That((int?)(await root.DeleteAsync("/admin/sessions?all=true")).ShouldSucceed().Data["count"], Is.EqualTo(1));
        (await ada.GetAsync("/users/me")).ShouldFail(401, "unauthenticated");
    }
}
