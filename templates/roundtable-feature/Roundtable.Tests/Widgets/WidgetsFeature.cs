using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Persistence;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Widgets;

/// <summary>What application-wide tests need to know about wid gets.</summary>
internal sealed class WidgetsFeature : IFeature
{
    public const string Own = "/wid-gets";
    public const string All = "/admin/wid-gets";

    public IReadOnlyList<string> AnySession => ["WidgetsController.List", "WidgetsController.Get", "WidgetCallersController.Get"];

    // A created entity is read within the transaction that creates it.
    public IReadOnlyList<string> NeverAnswered => ["WidgetsController.Create: not_found"];

    public IReadOnlyList<string> NotInDashboard => [$"GET {All}", $"GET {All}/{{id}}", $"PATCH {All}/{{id}}", $"DELETE {All}/{{id}}"];

    // API keys need the permission as a scope; a user's own wid gets need the user.
    public IReadOnlyDictionary<string, string> Credentials { get; } =
        new Dictionary<string, string>
        {
            ["GET wid-gets"] = EndpointCredentialTests.Cookie,
            ["POST wid-gets"] = EndpointCredentialTests.Cookie,
            ["GET wid-gets/caller"] = EndpointCredentialTests.Cookie,
            ["GET wid-gets/{id}"] = EndpointCredentialTests.Cookie,
            ["PATCH wid-gets/{id}"] = EndpointCredentialTests.Cookie,
            ["DELETE wid-gets/{id}"] = EndpointCredentialTests.Cookie,
            ["GET admin/wid-gets"] = EndpointCredentialTests.All,
            ["GET admin/wid-gets/{id}"] = EndpointCredentialTests.All,
            ["PATCH admin/wid-gets/{id}"] = EndpointCredentialTests.All,
            ["DELETE admin/wid-gets/{id}"] = EndpointCredentialTests.All,
        };

    public async Task UseAsync(Browser admin, Browser user)
    {
        var ids = new List<string>();
        foreach (var name in (string[])["One", "Two", "Three", "Four"])
        {
            ids.Add((await user.PostAsync(Own, new { name })).ShouldSucceed(201).IdOfData());
        }

        foreach (
            var order in (string[])["sort=createdAt&order=asc", "sort=createdAt&order=desc", "sort=name&order=asc", "sort=name&order=desc"]
        )
        {
            foreach (
                var list in (string[])[$"{Own}?limit=1&{order}", $"{All}?limit=1&{order}", $"{All}?limit=1&{order}&owner={user.UserId}"]
            )
            {
                await LongScenario.PagesAsync(list.StartsWith(Own, StringComparison.Ordinal) ? user : admin, list);
            }
        }

        (await user.GetAsync($"{Own}/caller")).ShouldSucceed();
        await UseEachAsync(user, $"{Own}/{ids[0]}");
        await UseEachAsync(admin, $"{All}/{ids[1]}");
        (await user.GetAsync("/users/me/export")).ShouldSucceed();
    }

    private static async Task UseEachAsync(Browser browser, string path)
    {
        (await browser.GetAsync(path)).ShouldSucceed();
        (await browser.PatchAsync(path, new { name = "Changed" })).ShouldSucceed();
        (await browser.DeleteAsync(path)).ShouldSucceed(204);
    }
}
