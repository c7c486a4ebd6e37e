using System.Net.Http.Json;
using System.Text.Json;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Steps with API keys.</summary>
internal static class KeySteps
{
    /// <summary>Every scope that a key can have.</summary>
    public static readonly string[] AllScopes = [.. Roundtable.Domain.ApiKeys.ApiKeyScopes.All.Order(StringComparer.Ordinal)];

    /// <summary>Creates a key of the browser's user.</summary>
    public static async Task<Key> NewKeyAsync(this Browser owner, params string[] scopes) =>
        Key.Of((await owner.PostAsync("/users/me/api-keys", new { name = "CI", scopes })).ShouldSucceed(201));

    /// <summary>Creates a service account with a key.</summary>
    public static async Task<ServiceKey> NewServiceKeyAsync(this Browser admin, string[] roles, params string[] scopes)
    {
        var account = (
            await admin.PostAsync(
                "/admin/service-accounts",
                new
                {
                    name = "Sync",
                    contactEmail = TestApp.NewEmail("contact"),
                    roles,
                }
            )
        ).ShouldSucceed(201);
        var id = account.IdOfData();
        var key = Key.Of((await admin.PostAsync($"/admin/service-accounts/{id}/api-keys", new { name = "CI", scopes })).ShouldSucceed(201));
        return new ServiceKey(id, (string)account.Data["contactEmail"]!, key);
    }

    public static Task<Answer> SendAsync(
        this TestApp app,
        string secret,
        HttpMethod method,
        string path,
        object? body = null,
        params (string Name, string Value)[] headers
    ) =>
        Wire.SendAsync(
            app,
            method,
            path.StartsWith(Browser.Api, StringComparison.Ordinal) ? path : Browser.Api + path,
            body is null or HttpContent ? body as HttpContent : JsonContent.Create(body, options: JsonSerializerOptions.Web),
            [("Authorization", $"Bearer {secret}"), .. headers]
        );

    public static Task<Answer> GetAsync(this TestApp app, string secret, string path) => app.SendAsync(secret, HttpMethod.Get, path);
}

/// <summary>A key with its secret.</summary>
internal sealed record Key(string Id, string Secret, string Prefix)
{
    public static Key Of(Answer answer) =>
        new((string)answer.Data["apiKey"]!["id"]!, (string)answer.Data["secret"]!, (string)answer.Data["apiKey"]!["prefix"]!);
}

/// <summary>A key of a service account.</summary>
internal sealed record ServiceKey(string AccountId, string Contact, Key Key)
{
    public string Secret => Key.Secret;

    public string Path => $"/admin/service-accounts/{AccountId}";

    public string KeyPath => $"{Path}/api-keys/{Key.Id}";
}
