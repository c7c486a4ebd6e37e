using System.Text;
using Microsoft.EntityFrameworkCore;
using Roundtable.Tests.Accounts;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.ApiKeys;

/// <summary>Admins manage accounts of programs; programs work by their keys.</summary>
public sealed class ServiceAccountTests : AccountTests
{
    [Test]
    public async Task Account_IsCreatedChangedAndDeleted()
    {
        using var admin = await App.NewAdminAsync();
        var created = (
            await admin.PostAsync(
                "/admin/service-accounts",
                new
                {
                    name = "HR sync",
                    description = "Nightly",
                    contactEmail = "hr@example.com",
                    roles = new[] { "user" },
                }
            )
        ).ShouldSucceed(201);
        var path = $"/admin/service-accounts/{created.IdOfData()}";
        Assert.Multiple(() =>
        {
            Assert.That(created.Header("Location"), Is.EqualTo($"/api/v1{path}"));
            Assert.That((bool)created.Data["disabled"]!, Is.False);
            Assert.That((string?)created.Data["createdBy"]!["id"], Is.EqualTo(admin.UserId));
        });
        (await admin.PatchAsync(path, new { name = "x" }, ("If-Match", "\"0\""))).ShouldFail(412, "stale_version");
        var changed = (
            await admin.PatchAsync(path, new { description = (string?)null, disabled = true }, ("If-Match", created.Header("ETag")))
        ).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That((string?)changed.Data["name"], Is.EqualTo("HR sync"));
            Assert.That(changed.Data["description"], Is.Null);
            Assert.That((bool)changed.Data["disabled"]!, Is.True);
            Assert.That(changed.Data["roles"]!.AsArray().Select(r => (string?)r), Is.EqualTo(new[] { "user" }));
        });
        Assert.That(
            (await admin.GetAsync("/admin/service-accounts?limit=100")).Items.Select(a => (string?)a["id"]),
            Does.Contain(created.IdOfData())
        );
        Assert.That((await admin.GetAsync("/admin/users?search=HR+sync")).ShouldSucceed().Items, Is.Empty, "it is no user");
        (await admin.DeleteAsync(path)).ShouldSucceed(204);
        (await admin.GetAsync(path)).ShouldFail(404, "not_found");
    }

    [TestCase("""{"contactEmail":"a@example.com"}""", "name")]
    [TestCase("""{"name":"a","contactEmail":"nobody"}""", "contactEmail")]
    [TestCase("""{"name":"a","contactEmail":"a@example.com","roles":["nothing"]}""", "roles")]
    [TestCase("""{"name":"a","contactEmail":"a@example.com","roles":[null]}""", "roles")]
    [TestCase("""{"name":"a","contactEmail":"a@example.com","disabled":true}""", "disabled")]
    public async Task Account_IsRejected_WithTheField(string body, string field)
    {
        using var admin = await App.NewAdminAsync();
        var answer = (await admin.PostAsync("/admin/service-accounts", body)).ShouldFail(400, "validation_failed");
        Assert.That(answer.Json["errors"]!.AsObject().Select(e => e.Key.Split('[')[0]), Does.Contain(field), answer.Text);
    }

    [Test]
    public async Task Key_DoesTheWorkOfAnAdmin_AndTheAuditLogNamesBoth()
    {
        using var admin = await App.NewAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], [.. Roundtable.Domain.Roles.Permissions.All]);
        var email = TestApp.NewEmail("imported");
        var import = (
            await App.SendAsync(
                sync.Secret,
                HttpMethod.Post,
                "/admin/users/import",
                new StringContent($"email\n{email}\n", Encoding.UTF8, "text/csv")
            )
        ).ShouldSucceed();
        Assert.That((int)import.Data["created"]!, Is.EqualTo(1));
        var user = (await App.GetAsync(sync.Secret, $"/admin/users?search={email}")).ShouldSucceed().Items.Single();
        var id = (string)user["id"]!;
        (await App.SendAsync(sync.Secret, HttpMethod.Put, $"/admin/users/{id}/roles", new { roles = new[] { "admin" } })).ShouldSucceed();
        (await App.SendAsync(sync.Secret, HttpMethod.Patch, $"/admin/users/{id}", new { email = $"new-{email}" })).ShouldSucceed();
        (await App.SendAsync(sync.Secret, HttpMethod.Delete, $"/admin/users/{id}/sessions")).ShouldSucceed(204);
        Assert.That((await App.GetAsync(sync.Secret, "/admin/users/export?format=ndjson")).ShouldSucceed().Text, Does.Contain(email));
        (
            await App.SendAsync(
                sync.Secret,
                HttpMethod.Post,
                "/admin/users",
                new
                {
                    email = TestApp.NewEmail("invited"),
                    roles = new[] { "user" },
                    sendInvitation = true,
                }
            )
        ).ShouldSucceed(201);
        (
            await App.SendAsync(
                sync.Secret,
                HttpMethod.Post,
                "/admin/users",
                new { email = TestApp.NewEmail(), password = "violet stapler fountain" }
            )
        ).ShouldFail(403, "forbidden");
        (await App.GetAsync(sync.Secret, "/users/me")).ShouldFail(403, "forbidden");

        var entry = (await App.GetAsync(sync.Secret, $"/admin/audit-log?actor={sync.AccountId}&action=user.rolesChanged"))
            .ShouldSucceed()
            .Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)entry["actor"]!["id"], Is.EqualTo(sync.AccountId));
            Assert.That((string?)entry["actor"]!["name"], Is.EqualTo("Sync"));
            Assert.That((string?)entry["actor"]!["via"]!["apiKey"], Is.EqualTo(sync.Key.Id));
            Assert.That((string?)entry["target"]!["id"], Is.EqualTo(id));
        });
        var csv = (await admin.GetAsync($"/admin/audit-log/export?format=csv&actor={sync.AccountId}")).ShouldSucceed().Text;
        Assert.That(csv, Does.Contain("actorName,actorApiKey").And.Contains($"Sync,{sync.Key.Id}"));
        var verified = (await admin.GetAsync("/admin/audit-log/verify")).ShouldSucceed();
        Assert.That(verified.Text, Does.Not.Contain("\"intact\":false"), "entries by key are part of the chain");
    }

    [Test]
    public async Task Session_DescribesTheServiceAccount()
    {
        using var admin = await App.NewAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:list", "me:read");
        var session = (await App.GetAsync(sync.Secret, "/auth/session")).ShouldSucceed();
        Assert.Multiple(() =>
        {
            Assert.That(session.Data["user"], Is.Null);
            Assert.That(session.Data["session"], Is.Null);
            Assert.That((string?)session.Data["serviceAccount"]!["id"], Is.EqualTo(sync.AccountId));
            Assert.That((string?)session.Data["serviceAccount"]!["name"], Is.EqualTo("Sync"));
            Assert.That(session.Data["permissions"]!.AsArray().Select(p => (string?)p), Is.EqualTo(new[] { "users:list" }));
        });
    }

    [Test]
    public async Task Contact_IsMailed_AboutKeys()
    {
        using var admin = await App.NewAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var created = (await App.Mail.WaitAsync(sync.Contact))[0];
        Assert.That(
            created.Text,
            Does.Contain("Sync").And.Contains($"/admin/service-accounts/{sync.AccountId}").And.Not.Contains(sync.Secret)
        );
        (await admin.DeleteAsync($"/admin/api-keys/{sync.Key.Id}")).ShouldSucceed(204);
        Assert.That((await App.Mail.WaitAsync(sync.Contact, 2))[1].Text, Does.Contain("ended by an administrator"));
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldFail(401, "unauthenticated");
    }

    [Test]
    [Category("threat-39")]
    public async Task LesserAdmins_CannotTouch_WhatIsAboveThem()
    {
        using var admin = await App.NewAdminAsync();
        var role = $"keeper-{Guid.NewGuid():N}";
        string[] permissions = ["serviceAccounts:read", "serviceAccounts:write", "apiKeys:read", "apiKeys:revoke"];
        (await admin.PutAsync($"/admin/roles/{role}", new { permissions })).ShouldSucceed(201);
        using var keeper = await App.NewUserAsync();
        (await admin.PutAsync($"/admin/users/{keeper.UserId}/roles", new { roles = new[] { role } })).ShouldSucceed();
        var above = await admin.NewServiceKeyAsync(["admin"], "users:list");

        (await keeper.PatchAsync(above.Path, new { name = "mine" })).ShouldFail(403, "forbidden");
        (await keeper.DeleteAsync(above.Path)).ShouldFail(403, "forbidden");
        (await keeper.PostAsync($"{above.Path}/api-keys", new { name = "a", scopes = new[] { "me:read" } })).ShouldFail(403, "forbidden");
        (await keeper.PostAsync($"{above.KeyPath}/rotate")).ShouldFail(403, "forbidden");
        (await keeper.PatchAsync(above.KeyPath, new { name = "a" })).ShouldFail(403, "forbidden");
        (await keeper.DeleteAsync(above.KeyPath)).ShouldFail(403, "forbidden");
        (await keeper.DeleteAsync($"/admin/api-keys/{above.Key.Id}")).ShouldFail(403, "forbidden");
        var admins = await admin.NewKeyAsync("me:read");
        (await keeper.DeleteAsync($"/admin/api-keys/{admins.Id}")).ShouldFail(403, "forbidden");

        // Their own: no role and no scope that they lack.
        var own = await keeper.NewServiceKeyAsync([role], "serviceAccounts:read");
        (await keeper.PatchAsync(own.Path, new { roles = new[] { "admin" } })).ShouldFail(403, "forbidden");
        (await keeper.PatchAsync(own.KeyPath, new { scopes = new[] { "users:list" } })).ShouldFail(403, "forbidden");
        (
            await keeper.PostAsync(
                "/admin/service-accounts",
                new
                {
                    name = "a",
                    contactEmail = "a@example.com",
                    roles = new[] { "admin" },
                }
            )
        ).ShouldFail(403, "forbidden");
        var secret = Key.Of((await keeper.PostAsync($"{own.KeyPath}/rotate")).ShouldSucceed()).Secret;
        (await App.GetAsync(secret, "/auth/session")).ShouldSucceed();
    }

    [Test]
    [Category("threat-58")]
    public async Task Secret_GoesToNoAdmin_WhoLacksTheKeysScopes()
    {
        using var admin = await App.NewAdminAsync();
        var role = $"keeper-{Guid.NewGuid():N}";
        (await admin.PutAsync($"/admin/roles/{role}", new { permissions = new[] { "serviceAccounts:write" } })).ShouldSucceed(201);
        using var keeper = await App.NewUserAsync();
        (await admin.PutAsync($"/admin/users/{keeper.UserId}/roles", new { roles = new[] { role } })).ShouldSucceed();
        // The account may get its role later: then the secret would be worth it.
        var sync = await admin.NewServiceKeyAsync([], "users:delete");
        var refused = (await keeper.PostAsync($"{sync.KeyPath}/rotate")).ShouldFail(403, "forbidden");
        Assert.That((string?)refused.Json["context"]!["scope"], Is.EqualTo("users:delete"));
        (await admin.PatchAsync(sync.KeyPath, new { allowedNetworks = new[] { "192.0.2.0/24" } })).ShouldSucceed();
        (await keeper.PatchAsync(sync.KeyPath, new { allowedNetworks = Array.Empty<string>() })).ShouldFail(403, "forbidden");
        (await keeper.DeleteAsync(sync.KeyPath)).ShouldSucceed(204);
    }

    [Test]
    public async Task KeysOfOneAccount_AreNotFound_UnderAnother()
    {
        using var admin = await App.NewAdminAsync();
        var first = await admin.NewServiceKeyAsync(["user"], "users:list");
        var second = await admin.NewServiceKeyAsync(["user"], "users:list");
        (await admin.DeleteAsync($"{second.Path}/api-keys/{first.Key.Id}")).ShouldFail(404, "not_found");
        (await admin.PostAsync($"{second.Path}/api-keys/{first.Key.Id}/rotate")).ShouldFail(404, "not_found");
        (await admin.GetAsync($"/users/me/api-keys/{first.Key.Id}")).ShouldFail(404, "not_found");
    }

    [Test]
    public async Task AllKeys_AreListed_ByOwnerAndState()
    {
        using var admin = await App.NewAdminAsync();
        var service = await admin.NewServiceKeyAsync(["user"], "users:list");
        var own = await admin.NewKeyAsync("me:read");
        (await admin.DeleteAsync($"/users/me/api-keys/{own.Id}")).ShouldSucceed(204);
        Assert.Multiple(async () =>
        {
            Assert.That(await IdsAsync($"userId={admin.UserId}"), Is.EqualTo(new[] { own.Id }));
            Assert.That(await IdsAsync($"userId={admin.UserId}&live=true"), Is.Empty);
            Assert.That(await IdsAsync($"serviceAccountId={service.AccountId}&live=true"), Is.EqualTo(new[] { service.Key.Id }));
            Assert.That(await IdsAsync("live=false&limit=100"), Does.Contain(own.Id).And.Not.Contains(service.Key.Id));
        });
        var page = (await admin.GetAsync("/admin/api-keys?limit=1&includeTotal=true")).ShouldSucceed();
        var cursor = (string)page.Data["pagination"]!["nextCursor"]!;
        (await admin.GetAsync($"/admin/api-keys?limit=1&cursor={Uri.EscapeDataString(cursor)}")).ShouldSucceed();
        var first = await admin.NewServiceKeyAsync(["user"], "users:list");
        (await admin.PostAsync($"{first.Path}/api-keys", new { name = "b", scopes = new[] { "users:list" } })).ShouldSucceed(201);
        var owns = (await admin.GetAsync($"{first.Path}/api-keys?limit=1")).ShouldSucceed();
        var foreign = Uri.EscapeDataString((string)owns.Data["pagination"]!["nextCursor"]!);
        (await admin.GetAsync($"{first.Path}/api-keys?cursor={foreign}")).ShouldSucceed();
        (await admin.GetAsync($"{service.Path}/api-keys?cursor={foreign}")).ShouldFail(400, "invalid_cursor");
        (await admin.GetAsync($"/admin/api-keys?live=true&cursor={Uri.EscapeDataString(cursor)}")).ShouldFail(400, "invalid_cursor");

        async Task<IEnumerable<string?>> IdsAsync(string query) =>
            (await admin.GetAsync($"/admin/api-keys?{query}")).ShouldSucceed().Items.Select(k => (string?)k["id"]);
    }

    [Test]
    [Category("threat-12")]
    public async Task Account_OutlivesItsCreator_AndNamesThemNoMore()
    {
        using var admin = await App.NewAdminAsync();
        using var creator = await App.NewAdminAsync();
        var sync = await creator.NewServiceKeyAsync(["admin"], "users:list");
        (await admin.DeleteAsync($"/admin/users/{creator.UserId}")).ShouldSucceed(204);
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldSucceed();
        Assert.That((await admin.GetAsync(sync.Path)).ShouldSucceed().Data["createdBy"], Is.Null);
        Assert.That((await admin.GetAsync($"{sync.Path}/api-keys")).ShouldSucceed().Items[0]["createdBy"], Is.Null);
    }

    [Test]
    public async Task Role_IsTakenFromServiceAccounts_WhenItIsDeleted()
    {
        using var admin = await App.NewAdminAsync();
        var role = $"lister-{Guid.NewGuid():N}";
        (await admin.PutAsync($"/admin/roles/{role}", new { permissions = new[] { "users:list" } })).ShouldSucceed(201);
        var sync = await admin.NewServiceKeyAsync([role], "users:list");
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldSucceed();
        (await admin.DeleteAsync($"/admin/roles/{role}")).ShouldSucceed(204);
        (await App.GetAsync(sync.Secret, "/admin/users")).ShouldFail(403, "forbidden");
        Assert.That((await admin.GetAsync(sync.Path)).ShouldSucceed().Data["roles"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task Statistics_CountNoProgram()
    {
        await using var app = TestApp.Start();
        using var admin = await app.NewAdminAsync();
        var sync = await admin.NewServiceKeyAsync(["admin"], "users:list");
        var before = await PeopleAsync();
        (await app.GetAsync(sync.Secret, "/admin/users")).ShouldSucceed();
        Assert.That(await PeopleAsync(), Is.EqualTo(before));
        Assert.That(await app.InspectAsync(db => db.Users.CountAsync()), Is.EqualTo(2), "the configured admin and the test's");

        async Task<string> PeopleAsync()
        {
            var totals = (await admin.GetAsync("/admin/stats")).ShouldSucceed().Data["totals"]!.AsObject();
            totals.Remove("emailsSent");
            return totals.ToJsonString();
        }
    }
}
