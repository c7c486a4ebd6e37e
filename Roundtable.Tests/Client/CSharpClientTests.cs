using System.Net;
using System.Text;
using Roundtable.Client;
using Roundtable.Tests.ApiKeys;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Client;

/// <summary>The C# client against the real API.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CSharpClientTests
{
    private static TestApp App => TestApp.Current;

    [Test]
    public async Task Changes_KeepWhatIsNotSet_AndClearWhatIsNull()
    {
        using var client = await NewClientAsync("users:create", "users:read", "users:update");
        var created = await client.AdminUsers.CreateUserAsync(new CreateUserRequest { Email = TestApp.NewEmail() });
        var tag = RoundtableClient.ETagOf(created);
        var id = created.Data.Id;
        await client.AdminUsers.UpdateUserAsync(id, new UpdateUserRequest { Name = "Ada", Bio = "Engines" }, tag);
        var changed = (await client.AdminUsers.UpdateUserAsync(id, new UpdateUserRequest { Bio = null })).Data;
        Assert.That((changed.Name, changed.Profile.Bio), Is.EqualTo(("Ada", (string?)null)));

        var refusal = Assert.ThrowsAsync<ApiException>(() =>
            client.AdminUsers.UpdateUserAsync(id, new UpdateUserRequest { Name = "Late" }, tag)
        )!;
        Assert.That((refusal.Status, refusal.Code), Is.EqualTo((HttpStatusCode.PreconditionFailed, "stale_version")));
    }

    [Test]
    public async Task Files_AreImportedAndExported()
    {
        using var client = await NewClientAsync("users:import", "users:export");
        var email = TestApp.NewEmail();
        using var file = new StringContent($"email,name\n{email},Ada\nnobody,Nobody\n", Encoding.UTF8, "text/csv");
        var report = (await client.AdminUsers.ImportUsersAsync(file)).Data;
        Assert.That((report.Created, report.Failed, report.Rows[^1].Outcome), Is.EqualTo((1, 1, ImportOutcome.Failed)));
        Assert.That(await client.AdminUsers.ExportUsersAsync(search: email, format: ExportFormat.Ndjson), Does.Contain(email));
    }

    [Test]
    public async Task Refusals_SayWhichScopeIsMissing()
    {
        using var client = await NewClientAsync("users:list");
        var refusal = Assert.ThrowsAsync<ApiException>(() => client.AuditLog.ListAuditLogAsync())!;
        Assert.That((refusal.Code, refusal.Context["scope"].GetString()), Is.EqualTo(("forbidden", "audit:read")));
    }

    [Test]
    public async Task Sample_ListsAllUsers()
    {
        using var admin = await App.NewAdminAsync();
        var key = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var output = NodeTools.Run(
            AppContext.BaseDirectory,
            "dotnet",
            ["Sample.dll"],
            ("ROUNDTABLE_URL", App.BaseAddress.ToString()),
            ("ROUNDTABLE_API_KEY", key.Secret)
        );
        Assert.That(output, Does.Contain(admin.UserId));
    }

    private static async Task<RoundtableClient> NewClientAsync(params string[] scopes)
    {
        using var admin = await App.NewAdminAsync();
        var key = await admin.NewServiceKeyAsync(["admin"], scopes);
        return new RoundtableClient(App.BaseAddress, key.Secret);
    }
}
