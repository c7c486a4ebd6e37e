using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Roundtable.Api.MagicLinks;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>Every endpoint reports all missing or invalid body members at once, by name.</summary>
public sealed class BodyMemberTests
{
    // These accept any JSON and are validated when used.
    private static readonly Type[] AnyJson = [typeof(JsonElement), typeof(CallbackUrl)];

    private static TestApp App => TestApp.Current;

    private Browser admin = null!;

    private static IReadOnlyList<ApiAction> Actions => [.. ApiAction.All(App).Where(a => a.Body is not null)];

    [OneTimeSetUp]
    public async Task SignIn() => admin = await App.NewAdminAsync();

    [OneTimeTearDown]
    public void Leave() => admin.Dispose();

    [Test]
    [Category("threat-13")]
    public async Task MissingMembers_AreReportedByName_AtEveryEndpoint()
    {
        Assert.That(Actions, Has.Count.GreaterThan(20));
        foreach (var action in Actions)
        {
            var required = Members(action).Where(p => p.IsRequired).Select(p => p.Name).ToList();
            var errors = Errors(await SendAsync(action, """{"nonsense":1,"Email":2}"""), action);
            Assert.That(errors.Keys, Is.EquivalentTo(required.Append("nonsense").Append("Email")), $"{action}");
            Assert.That(required.Select(r => errors[r]), Is.All.EqualTo("A required member is missing."), $"{action}");
            Assert.That(errors["nonsense"], Is.EqualTo("There is no such member."), $"{action}");
        }
    }

    [Test]
    public async Task InvalidMembers_AreReportedByName_AtEveryEndpoint()
    {
        foreach (var action in Actions)
        {
            var members = Members(action).Where(p => !AnyJson.Contains(p.PropertyType)).ToList();
            if (members.Count == 0)
            {
                continue;
            }

            var body = new JsonObject(members.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)new JsonArray(new JsonArray()))));
            foreach (var missing in Members(action).Where(p => p.IsRequired && AnyJson.Contains(p.PropertyType)))
            {
                body[missing.Name] = new JsonObject();
            }

            var errors = Errors(await SendAsync(action, body.ToJsonString()), action);
            Assert.That(errors.Keys.Select(k => k.Split('[')[0]), Is.EquivalentTo(members.Select(m => m.Name)), $"{action}");
            Assert.That(errors.Values, Is.All.EqualTo("The value has the wrong type."), $"{action}");
        }
    }

    [Test]
    public async Task EmptyBodies_ReportEveryRequiredMember()
    {
        foreach (var action in Actions.Where(a => Members(a).Any(p => p.IsRequired)))
        {
            var required = Members(action).Where(p => p.IsRequired).Select(p => p.Name);
            Assert.That(Errors(await SendAsync(action, "{}"), action).Keys, Is.EquivalentTo(required), $"{action}");
            Assert.That(Errors(await SendAsync(action, "[]"), action).Keys, Is.EqualTo(new[] { "body" }), $"{action}");
            Assert.That(Errors(await SendAsync(action, "null"), action).Keys, Is.EqualTo(new[] { "body" }), $"{action}");
            (await SendAsync(action, "{")).ShouldFail(400, "malformed_json");
        }
    }

    [Test]
    public async Task InvalidValues_AreReportedTogetherWithInvalidTypes()
    {
        var errors = Errors(
            await admin.PostAsync(
                "/admin/users",
                """{"email":"nobody","name":5,"roles":["user",7,null],"sendInvitation":"yes","isAdmin":true,"password":"short"}"""
            )
        );
        Assert.That(
            errors.Keys,
            Is.EquivalentTo(new[] { "email", "name", "roles[1]", "roles[2]", "sendInvitation", "isAdmin", "password" })
        );
        errors = Errors(await admin.PostAsync("/auth/sign-up", """{"email":"nobody","password":"short","name":" "}"""));
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "email", "password", "name" }));
        errors = Errors(
            await admin.PatchAsync(
                "/users/me",
                """{"name":5,"bio":"\u0007","locale":"Klingon","timeZone":"Mars","extra":{"nonsense":1},"isAdmin":true}"""
            )
        );
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "name", "bio", "locale", "timeZone", "extra.nonsense", "isAdmin" }));
        errors = Errors(
            await admin.PatchAsync(
                $"/admin/users/{admin.UserId}",
                """{"email":"nobody","emailVerified":"x","name":" ","image":"ftp://x"}"""
            )
        );
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "email", "emailVerified", "name", "image" }));
        errors = Errors(
            await admin.PostAsync("/admin/users/bulk", """{"action":"explode","ids":"x","expiresAt":"soon","reason":"a","reason":"b"}""")
        );
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "action", "ids", "expiresAt", "reason" }));
        Assert.That(errors["action"], Does.StartWith("The value must be one of: ban, "));
        Assert.That(errors["expiresAt"], Does.StartWith("This is not a time"));
    }

    [Test]
    public async Task NestedMembers_AreReportedByPath()
    {
        await using var app = TestApp.Start(("Profile:Fields:company:MaxLength", "5"), ("Profile:Fields:birthday:Type", "Date"));
        var root = await app.RootAsync();
        var errors = Errors(await root.PatchAsync("/users/me", """{"extra":{"company":"Engines Ltd","birthday":[1],"nonsense":1}}"""));
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "extra.company", "extra.birthday", "extra.nonsense" }));
        errors = Errors(await root.PatchAsync("/users/me", """{"name":1,"extra":{"company":"a","company":"b"},"x":{"y":1}}"""));
        Assert.That(errors.Keys, Is.EquivalentTo(new[] { "name", "extra.company", "x" }));
    }

    [Test]
    public async Task Errors_AreLimitedInNumber()
    {
        var body = "{" + string.Join(',', Enumerable.Range(0, 50_000).Select(i => $"\"m{i}\":1")) + "}";
        var answer = (await admin.PatchAsync("/users/me", body)).ShouldFail(400, "validation_failed");
        Assert.That(answer.Text, Has.Length.LessThan(50_000));
        answer = (await admin.PatchAsync("/users/me", $$"""{"{{new string('x', 100_000)}}":1}""")).ShouldFail(400, "validation_failed");
        Assert.That(answer.Text, Has.Length.LessThan(5_000));
    }

    private static IEnumerable<JsonPropertyInfo> Members(ApiAction action) =>
        App
            .Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Mvc.JsonOptions>>()
            .Value.JsonSerializerOptions.GetTypeInfo(action.Body!)
            .Properties;

    private Task<Answer> SendAsync(ApiAction action, string body) => admin.SendAsync(new HttpMethod(action.Method), action.Path, body);

    private static Dictionary<string, string> Errors(Answer answer, ApiAction? action = null)
    {
        Assert.That((answer.Status, answer.Code), Is.EqualTo((400, "validation_failed")), $"{action} {answer.Text}");
        return answer.Json["errors"]!.AsObject().ToDictionary(e => e.Key, e => (string)e.Value![0]!);
    }
}
