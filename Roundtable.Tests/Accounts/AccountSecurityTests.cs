using Roundtable.Domain.Common;
using Roundtable.Domain.Roles;
using Roundtable.Tests.Administration;

namespace Roundtable.Tests.Accounts;

/// <summary>How an account is protected, for its owner.</summary>
public sealed class AccountSecurityTests : AccountTests
{
    [Test]
    public async Task NewAccount_HasNothingSet()
    {
        using var person = await Person.ByLinkAsync(App);
        var security = (await person.Browser.GetAsync("/users/me/security")).ShouldSucceed().Data;
        Assert.That(
            security.ToJsonString(),
            Is.EqualTo(
                """{"passwordSet":false,"passwordChangedAt":null,"passkeys":0,"passkeyLastUsedAt":null,"""
                    + """ "twoFactorEnabled":false,"twoFactorEnabledAt":null,"recoveryCodesLeft":0}""".Trim()
            )
        );
    }

    [Test]
    public async Task Password_AndSecondFactor_AreShown_WithTheirTimes()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        var set = App.Now;
        await person.AtNewBrowserAsync();
        var security = (await person.Browser.GetAsync("/users/me/security")).ShouldSucceed().Data;
        Assert.Multiple(() =>
        {
            Assert.That((bool?)security["passwordSet"], Is.True);
            Assert.That((DateTime?)security["passwordChangedAt"], Is.EqualTo(set));
            Assert.That((bool?)security["twoFactorEnabled"], Is.True);
            Assert.That((DateTime?)security["twoFactorEnabledAt"], Is.EqualTo(set));
            Assert.That((int?)security["recoveryCodesLeft"], Is.EqualTo(10));
        });
        (await person.Browser.PostAsync("/auth/two-factor/recovery-codes", new { recoveryCode = "wrong" })).ShouldFail(
            401,
            "invalid_credentials"
        );
        (
            await person.Browser.SendAsync(HttpMethod.Delete, "/auth/two-factor", new { recoveryCode = person.RecoveryCodes[0] })
        ).ShouldSucceed(204);
        var off = (await person.Browser.GetAsync("/users/me/security")).ShouldSucceed().Data;
        Assert.That((off["twoFactorEnabledAt"], (int?)off["recoveryCodesLeft"]), Is.EqualTo(((System.Text.Json.Nodes.JsonNode?)null, 0)));
    }

    [Test]
    public async Task ItIsTheOwnersOnly()
    {
        using var person = await Person.WithPasswordAsync(App);
        (await App.NewBrowser().GetAsync("/users/me/security")).ShouldFail(401, "unauthenticated");
        using var admin = await App.SignInAsAdminAsync();
        await admin.ActAsAsync(person.Id);
        (await admin.GetAsync("/users/me/security")).ShouldFail(403, "not_while_impersonating");
    }

    [Test]
    public async Task Admins_SeeIt_IfTheyMayReadUsers()
    {
        using var person = await Person.WithTwoFactorAsync(App, password: true);
        using var support = await App.NewStaffAsync(Permissions.UsersRead);
        var seen = (await support.GetAsync($"/admin/users/{person.Id}/security")).ShouldSucceed().Data;
        Assert.That(
            ((bool?)seen["passwordSet"], (int?)seen["passkeys"], (bool?)seen["twoFactorEnabled"], (int?)seen["recoveryCodesLeft"]),
            Is.EqualTo(((bool?)true, (int?)0, (bool?)true, (int?)10))
        );
        (await support.GetAsync($"/admin/users/{new string('0', 32)}/security")).ShouldFail(404, "not_found");
        using var lister = await App.NewStaffAsync(Permissions.UsersList);
        (await lister.GetAsync($"/admin/users/{person.Id}/security")).ShouldFail(403, "forbidden");
    }

    [Test]
    public void TimeOfAnId_IsThatOfItsCreation()
    {
        var now = new DateTime(2026, 11, 30, 17, 5, 6, 789, DateTimeKind.Utc);
        Assert.That(EntityId.TimeOf(EntityId.New(now)), Is.EqualTo(now));
        Assert.That(EntityId.TimeOf(EntityId.New(DateTime.UnixEpoch)).Kind, Is.EqualTo(DateTimeKind.Utc));
    }
}
